internal import Records

/// The input of `contract_Create` and `contract_Update`, which have most members in common. Several values have an
/// older name as well.
struct ContractInput: Decodable {
    /// Of the contract to change.
    let contractId: ID<Contract>?
    /// Of a new contract.
    let organizationId: ID<Organization>?
    let externalReference: ExternalReference?
    /// Whether null keeps a date, instead of clearing it.
    let patch: Bool?
    let values: Patch<Contract>
    let billingDetails: BillingDetailsInput?
    let appSource: String?

    let serviceStarted: Given<Time>
    let serviceStartedAt: Given<Time>
    let contractSigned: Given<Time>
    let signedAt: Given<Time>
    let contractEnded: Given<Time>
    let endedAt: Given<Time>
    let invoicingStartDate: Given<Time>

    let name: String?
    let zip: String?
    let invoiceEmail: String?
    let billingCycle: ContractBillingCycle?
    let contractRenewalCycle: ContractRenewalCycle?
    let renewalCycle: ContractRenewalCycle?
    let committedPeriods: Int64?
    let renewalPeriods: Int64?
}

/// The member `billingDetails` of a contract's input.
struct BillingDetailsInput: Decodable {
    let values: Patch<Contract>
    let billingCycle: ContractBillingCycle?
    let invoicingStarted: Given<Time>
    let billingEmailCC: [String]?
    let billingEmailBCC: [String]?
}
