internal import GraphQL
internal import Postgres
internal import Records

/// `contract_Update`: what is absent is kept. Status, renewal and figures follow.
struct UpdateContract: Change {
    static let fields = ["contract_Update"]

    func perform(_ input: ContractInput, _ change: Changing) async throws -> Written<Contract> {
        let id = input.contractId ?? ID("")
        let writer = ContractWriter(change)
        guard try await writer.lock(id) != nil else {
            throw FieldError(
                "Failed to update contract \(id)",
                because: id.text.isEmpty ? "contract id is missing" : "contract with id {\(id)} not found",
                code: .notFound)
        }
        try await writer.update(try ContractForm(id, input))
        return Written(id)
    }
}
