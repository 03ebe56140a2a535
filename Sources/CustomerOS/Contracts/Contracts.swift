internal import GraphQL
internal import Postgres
internal import Records

/// The reads and changes of contracts, of their services, and of the products these refer to.
enum Contracts {
    static let feature = Feature([
        .type(Contract.self), .type(ServiceLineItem.self), .type(Sku.self),
        .object("BillingDetails", BillingDetails.bindings),
        .object("Tax", ServiceLineItem.tax),
        .object("ContractPage", .page(totalAvailable: true)),
        .lookup("contract", Contract.self) {
            $0.isEmpty ? "Missing contract input id" : "Failed to get contract by id \($0)"
        },
        .lookup("serviceLineItem", ServiceLineItem.self) {
            $0.isEmpty ? "Missing service line item input id" : "Failed to get service line item by id \($0)"
        },
        .page("contracts", Contract.self, from: ofVisibleOrganizations, count: count),
        .list("skus", Sku.self, of: NoInput.self, order: "t.created_at, t.id") { _ in "t.state = 'LIVE'" },
        .change(CreateContract.self), .change(UpdateContract.self), .change(DeleteContract.self),
        .change(RenewContract.self), .change(AddContractAttachment.self), .change(RemoveContractAttachment.self),
        .change(CreateLineItem.self), .change(AddLineItemVersion.self), .change(UpdateLineItem.self),
        .change(CloseLineItem.self), .change(PauseLineItem.self), .change(ResumeLineItem.self),
        .change(DeleteLineItem.self), .change(ChangeLineItemsInBulk.self),
        .change(SaveSku.self), .change(ArchiveSku.self),
        .job(timeJob),
    ])

    /// What time alone changes: renewals become due, contracts begin and end, figures grow.
    private static let timeJob = JobKind(
        "contracts", summary: "Bring contracts, renewals and their figures up to date.", every: .seconds(900),
        step: Statement("job.contracts", isShared: true, row: JobKind.Step.init) { place in
            "SELECT place, changed, busy FROM job_contracts(\(place.value))"
        })

    private static let ofVisibleOrganizations: SQL = """
        contract t JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id AND o.state = 'LIVE'
        """

    private static let count: SQL =
        "SELECT count(*) FROM \(ofVisibleOrganizations) WHERE t.tenant_id = $1 AND t.state = 'LIVE'"
}
