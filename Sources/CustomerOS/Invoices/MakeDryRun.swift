internal import GraphQL
internal import Records

/// `invoice_NextDryRunForContract`: an invoice of the next cycle that nobody pays.
struct MakeDryRun: Change {
    static let fields = ["invoice_NextDryRunForContract"]

    struct Input: Decodable { let contractId: ID<Contract> }

    private static let failure = "Failed to dry run next invoice for contract"

    func perform(_ input: Input, _ change: Changing) async throws -> ID<Invoice> {
        let id = input.contractId
        guard !id.isNobody else { throw Self.missing(id) }
        let (_, contracts, versions) = try await change.run(
            BilledContract.lockOrganization.with(id), BilledContract.lock.with(id), BilledVersion.ofContract.with(id))
        guard let contract = contracts.first else { throw Self.missing(id) }
        do {
            guard let start = contract.next ?? contract.begins else { throw InvoiceRefusal.noStart }
            guard contract.months > 0 else { throw InvoiceRefusal.noCycle }
            let months = Int(contract.months)
            let period = InvoicePeriod(from: start, months: months)
            let bill = try Bill(
                of: period, months: months, isPostpaid: contract.isPostpaid, versions, in: Money.Unit(currency: contract.currency))
            let draft = InvoiceWriter.Draft(kind: .dryRun, number: InvoiceNumber.random(), period: period, bill: bill)
            return try await InvoiceWriter(change).store(draft, of: id, contract)
        } catch let refusal as InvoiceRefusal {
            throw FieldError(Self.failure, because: refusal.reason, .notAllowed, code: .badUserInput, field: "contractId")
        } catch let refusal as ValueRefusal {
            throw FieldError(
                Self.failure, because: "an amount \(refusal.explanation)", refusal.reason, code: .badUserInput, field: "contractId")
        }
    }

    private static func missing(_ id: ID<Contract>) -> FieldError {
        FieldError(failure, because: "contract with id {\(id)} not found", code: .notFound, field: "contractId")
    }
}
