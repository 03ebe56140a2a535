internal import GraphQL
internal import Records

/// A client's values for a version of a service.
struct LineItemValues {
    var name: String?
    let billed: BilledType?
    let price: Double?
    let quantity: Int64?
    /// Percent.
    let taxRate: Double?
    let comments: String?
    var sku: ID<Sku>?
    let start: Time?
    let application: String?

    init(_ input: LineItemInput) {
        name = input.description
        billed = input.billingCycle
        price = input.price
        quantity = input.quantity
        taxRate = input.tax?.taxRate
        comments = input.comments
        sku = input.skuId?.unlessEmpty
        start = input.serviceStarted
        application = input.appSource
    }

    init(_ item: ChangeLineItemsInBulk.Item) {
        name = item.name
        billed = item.billed
        price = item.price
        quantity = item.quantity
        taxRate = item.vatRate
        comments = item.comments
        sku = nil
        start = item.serviceStarted
        application = nil
    }

    /// - Throws: `FieldError` for a price that the kind of version cannot have.
    func check(billed: BilledType, currency: String, _ failure: LineItemFailure) throws(FieldError) {
        guard let price else { return }
        do throws(ValueRefusal) {
            guard price >= 0 || billed == .once else {
                throw ValueRefusal(.outOfRange, "must not be negative, unless billed once")
            }
            try Amount.check(price, in: currency)
        } catch {
            throw failure.because(error, at: .price)
        }
    }
}
