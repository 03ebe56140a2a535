internal import GraphQL
internal import Postgres
internal import Records

/// `bankAccount_Update`: what is omitted is kept. Another currency clears what its accounts do not have.
struct UpdateBankAccount: Change {
    static let fields = ["bankAccount_Update"]
    static let withoutInput: FieldError? = missing(ID(""))

    struct Input: Decodable {
        let id: ID<BankAccount>
        var values: Patch<BankAccount>
    }

    private static let lock = Statement<ID<BankAccount>, String?>("bank_account.lock") { id in
        "SELECT currency FROM bank_account WHERE tenant_id = \(id.tenant) AND id = \(id.value) FOR NO KEY UPDATE"
    }

    private static let update = Statement<Input, Void>("bank_account.update") { p in
        let id = p.id
        return """
            UPDATE bank_account t SET updated_at = now()\(p.values.assignments(of: "t"))
            WHERE t.tenant_id = \(p.tenant) AND t.id = \(id)
            """
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<BankAccount> {
        guard !input.id.isNobody, let stored = try await change.run(Self.lock, input.id).first else { throw Self.missing(input.id) }
        guard !input.values.isEmpty else { return Written(input.id) }
        var input = input
        if let currency = input.values[\.currency], currency != stored {
            for column in Self.foreign(to: currency) { input.values[column] = "" }
        }
        try await change.run(Self.update, input)
        return Written(input.id)
    }

    /// What accounts in a currency do not have.
    private static func foreign(to currency: String) -> [KeyPath<BankAccount.Columns, Column>] {
        switch currency {
        case "USD": [\.sortCode, \.iban, \.bic]
        case "GBP": [\.routingNumber, \.iban, \.bic]
        case "EUR": [\.routingNumber, \.accountNumber, \.sortCode]
        default: [\.iban, \.sortCode, \.routingNumber]
        }
    }

    private static func missing(_ id: ID<BankAccount>) -> FieldError {
        guard !id.text.isEmpty else { return FieldError("Missing bank account id", code: .badUserInput, field: "id") }
        return FieldError(
            "Failed to update bank account", because: "bank account with id {\(id)} not found", code: .notFound, field: "id")
    }
}
