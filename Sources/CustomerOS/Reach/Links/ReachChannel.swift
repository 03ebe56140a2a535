internal import GraphQL
internal import Postgres

/// How a record is reached: e-mail addresses and phone numbers. Each is one row per tenant, shared by its owners.
enum ReachChannel: Sendable {
    case email, phoneNumber

    var table: SQL {
        switch self {
        case .email: "email"
        case .phoneNumber: "phone_number"
        }
    }

    /// Whether a text means the row `e`: parameters from `$3` on.
    var match: SQL {
        switch self {
        case .email: "(fold(e.raw_email) = fold($3) OR (e.email <> '' AND fold(e.email) = fold($3)))"
        case .phoneNumber: PhoneNumberTable.match("e", line: "$3", raw: "$4", extension: "$5")
        }
    }

    /// The parameters of `match`.
    func parameters(_ text: String) -> [Parameter] {
        switch self {
        case .email: [.text(EmailAddress.comparable(text))]
        case .phoneNumber: PhoneNumberTable.parameters(PhoneNumber(comparable: text))
        }
    }

    /// The address or number in an input, trimmed.
    func text(_ input: InputObject) -> String {
        switch self {
        case .email: (input.text("email") ?? "").trimmingBlanks
        case .phoneNumber: (input.text("phoneNumber") ?? "").trimmingBlanks
        }
    }

    /// The id of the row an input means, created if missing.
    /// - Parameter path: The path of the input, as errors show it.
    func merge(
        _ input: InputObject, at path: String = "input", _ transaction: Transaction, _ context: RequestContext
    ) async throws -> String {
        switch self {
        case .email: try await EmailTable.merge(Self.email(input, path), transaction, context)
        case .phoneNumber: try await PhoneNumberTable.merge(Self.phoneNumber(input, at: path), transaction, context)
        }
    }

    private static func email(_ input: InputObject, _ path: String) throws(FieldError) -> String {
        do throws(ValueRefusal) { return try EmailAddress(input.text("email") ?? "").text } catch {
            throw FieldError(error, field: "\(path).email")
        }
    }

    /// The number in an input, possibly a national one with its country.
    static func phoneNumber(_ input: InputObject, at path: String = "input") throws(FieldError) -> PhoneNumber {
        let given = input.text("countryCodeA2") ?? ""
        let country: Country?
        do throws(ValueRefusal) { country = given.isEmpty ? nil : try Country(given) } catch {
            throw FieldError(error, field: "\(path).countryCodeA2")
        }
        do throws(ValueRefusal) { return try PhoneNumber(input.text("phoneNumber") ?? "", country: country?.code) } catch {
            throw FieldError(error, field: "\(path).phoneNumber")
        }
    }

    /// Waits for transactions that write events of these addresses, and blocks later ones: a concurrent event and link
    /// would not see each other.
    var lock: StatementText { self == .email ? Self.lockEmails : Self.lockPhoneNumbers }

    private static let lockEmails = StatementText(
        "email.lock", "SELECT id FROM email WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id FOR UPDATE")

    private static let lockPhoneNumbers = StatementText(
        "phone_number.lock", "SELECT id FROM phone_number WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id FOR UPDATE")
}
