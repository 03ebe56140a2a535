internal import GraphQL
internal import Postgres
internal import Records

/// `bankAccount_Delete`: for good, since nothing refers to it.
struct DeleteBankAccount: Change {
    static let fields = ["bankAccount_Delete"]

    struct Input: Decodable { let id: ID<BankAccount> }

    private static let delete = Statement<ID<BankAccount>, ID<BankAccount>>("bank_account.delete") { id in
        "DELETE FROM bank_account WHERE tenant_id = \(id.tenant) AND id = \(id.value) RETURNING id"
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Outcome {
        if !input.id.isNobody, try await !change.run(Self.delete, input.id).isEmpty { return .done }
        return .refused(
            FieldError(
                "Failed to delete bank account", because: "bank account with id {\(input.id)} not found", code: .notFound, field: "id"))
    }
}
