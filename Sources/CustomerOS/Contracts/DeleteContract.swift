internal import GraphQL
internal import Postgres
internal import Records

/// `contract_Delete`: it and its renewals become invisible. One that has been invoiced is refused.
struct DeleteContract: Change {
    static let fields = ["contract_Delete"]

    func perform(_ input: ByID<Contract>, _ change: Changing) async throws -> Outcome {
        let id = input.id
        let failure = "failed to delete contract \(id)"
        let missing = Outcome.refused(
            FieldError(failure, because: "contract with id {\(id)} not found", code: .notFound))
        guard !id.isNobody else { return missing }
        let (_, contracts, invoiced) = try await change.run(
            ContractLock.organization.with(id), ContractLock.contract.with(id), ContractStatements.isInvoiced.with(id))
        guard let stored = contracts.first else { return missing }
        guard !invoiced.contains(true) else {
            return .refused(
                FieldError(
                    failure, because: "contract with id {\(id)} has invoices", .notAllowed, code: .badUserInput,
                    field: "id"))
        }
        try await change.run(
            ContractStatements.archive.with(id), ContractStatements.archiveRenewals.with(id),
            ContractStatements.deletePreviews.with(id), ContractEngine.refreshOrganization.with(stored.organization))
        return .done
    }
}
