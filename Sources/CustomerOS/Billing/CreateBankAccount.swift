internal import GraphQL
internal import Postgres
internal import Records

/// `bankAccount_Create`: in the tenant's base currency unless another is given.
struct CreateBankAccount: Change {
    static let fields = ["bankAccount_Create"]
    static let withoutInput: FieldError? = FieldError(
        "Failed to create bank account", because: "input must not be null", .missing, code: .badUserInput, field: "input")

    struct Input: Decodable { let values: Patch<BankAccount> }

    private static let insert = Statement<(id: ID<BankAccount>, values: Patch<BankAccount>), Void>("bank_account.insert") { p in
        """
        INSERT INTO bank_account (tenant_id, id\(p.values.columns)) VALUES (\(p.tenant), \(p.id)\(p.values.values))
        """
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<BankAccount> {
        let id = ID<BankAccount>.new()
        try await change.run(Self.insert, (id, input.values))
        return Written(id)
    }
}
