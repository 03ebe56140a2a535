internal import Records

/// The input of `contractLineItem_Create`, `contractLineItem_NewVersion` and `contractLineItem_Update`, which have most
/// members in common.
struct LineItemInput: Decodable {
    struct Tax: Decodable {
        /// Percent.
        let taxRate: Double
    }

    /// Of a new service.
    let contractId: ID<Contract>?
    /// Of the version to change or to follow.
    let id: ID<ServiceLineItem>?
    let description: String?
    let billingCycle: BilledType?
    let price: Double?
    let quantity: Int64?
    let tax: Tax?
    let comments: String?
    let appSource: String?
    let isRetroactiveCorrection: Bool?
    let serviceStarted: Time?
    let serviceEnded: Time?
    let skuId: ID<Sku>?
}
