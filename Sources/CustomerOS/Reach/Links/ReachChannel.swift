internal import GraphQL
internal import Postgres

/// What a record is reached by: e-mail addresses and phone numbers. Each is one row a tenant, whoever has it.
enum ReachChannel: Sendable {
    case email, phoneNumber

    var table: SQL {
        switch self {
        case .email: "email"
        case .phoneNumber: "phone_number"
        }
    }

    /// Whether the row `e` is the one that a text means: parameters from `$3` on.
    var match: SQL {
        switch self {
        case .email: "(fold(e.raw_email) = fold($3) OR (e.email <> '' AND fold(e.email) = fold($3)))"
        case .phoneNumber: "(coalesce(e.e164, e.raw_phone_number) = coalesce($4::text, $3) OR e.raw_phone_number = $3)"
        }
    }

    /// The parameters of `match`.
    func parameters(_ text: String) -> [Parameter] {
        switch self {
        case .email: [.text(text)]
        case .phoneNumber: [.text(text), Parameter(text: PhoneNumberForm(text, country: nil)?.e164)]
        }
    }

    /// The address or number that an input speaks of, without the blanks around it.
    func text(_ input: InputObject) -> String {
        switch self {
        case .email: (input.text("email") ?? "").trimmingBlanks
        case .phoneNumber: (input.text("phoneNumber") ?? "").trimmingBlanks
        }
    }

    /// The id of the row that an input speaks of, made if there is none.
    func merge(_ input: InputObject, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        switch self {
        case .email: try await EmailTable.merge(text(input), transaction, context)
        case .phoneNumber:
            try await PhoneNumberTable.merge(text(input), country: input.text("countryCodeA2"), transaction, context)
        }
    }

    /// Waits for whoever is writing an event of these addresses, and makes those wait who come later: an event and a link that
    /// are written at once would not see each other.
    var lock: Statement { self == .email ? Self.lockEmails : Self.lockPhoneNumbers }

    private static let lockEmails = Statement(
        "email.lock", "SELECT id FROM email WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id FOR UPDATE")

    private static let lockPhoneNumbers = Statement(
        "phone_number.lock", "SELECT id FROM phone_number WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id FOR UPDATE")
}
