internal import GraphQL
internal import Postgres
internal import Records

/// `invoice_Simulate`: the next cycle of a contract as it would be with other services. Nothing is stored.
struct SimulateInvoice: Change {
    static let fields = ["invoice_Simulate"]
    static let ignored = ["serviceLines.skuId"]

    struct Input: Decodable {
        let contractId: ID<Contract>
        let serviceLines: [SimulatedService]
    }

    private static let failure = "Failed to simulate invoice"

    func perform(_ input: Input, _ change: Changing) async throws -> SimulatedInvoice {
        let id = input.contractId
        guard !id.isNobody else { throw Self.missing(id) }
        let (contracts, parties, stored) = try await change.run(
            BilledContract.read.with(id), SimulatedParties.ofContract.with(id), BilledVersion.ofContract.with(id))
        guard let contract = contracts.first, let parties = parties.first else { throw Self.missing(id) }
        guard !input.serviceLines.isEmpty else {
            throw FieldError("no invoice lines to simulate", code: .badUserInput, field: "serviceLines")
        }
        guard contract.months > 0 else {
            throw FieldError(
                Self.failure, because: InvoiceRefusal.noCycle.reason, .notAllowed, code: .badUserInput, field: "contractId")
        }
        let months = Int(contract.months)
        let period = InvoicePeriod(from: contract.next ?? contract.begins ?? contract.today, months: months)
        let versions = SimulatedService.versions(input.serviceLines, stored)
        do throws(ValueRefusal) {
            let bill = try Bill(
                of: period, months: months, isPostpaid: contract.isPostpaid, versions, in: Money.Unit(currency: contract.currency))
            return SimulatedInvoice(bill, of: period, contract, parties, input.serviceLines)
        } catch {
            throw FieldError(
                Self.failure, because: "an amount \(error.explanation)", error.reason, code: .badUserInput, field: "serviceLines")
        }
    }

    private static func missing(_ id: ID<Contract>) -> FieldError {
        FieldError(failure, because: "contract with id {\(id)} not found", code: .notFound, field: "contractId")
    }
}
