internal import GraphQL
internal import Postgres
internal import Records

/// What an address is used for.
enum EmailLabel: String, Word {
    case main = "MAIN"
    case work = "WORK"
    case personal = "PERSONAL"
    case other = "OTHER"
}

/// An e-mail address for an owner.
struct EmailInput: Decodable {
    let email: String
    let label: EmailLabel?
    let primary: Bool?

    /// Trimmed.
    var text: String { email.trimmingBlanks }

    private static let find = Statement<String, ID<Email>>("email.find") { address in
        let text = address.value
        return """
            SELECT id FROM email WHERE tenant_id = \(address.tenant)
            AND (fold(raw_email) = fold(\(bare: text)) OR (email <> '' AND fold(email) = fold(\(bare: text))))
            ORDER BY created_at, id LIMIT 1
            """
    }

    private static let insert = Statement<(id: ID<Email>, address: String), ID<Email>>("email.insert") { p in
        """
        INSERT INTO email (tenant_id, id, raw_email, email)
        VALUES (\(p.tenant), \(p.id), \(bare: p.address), fold(\(bare: p.address)))
        ON CONFLICT (tenant_id, fold(raw_email)) DO NOTHING RETURNING id
        """
    }

    /// The id of the address, created if missing.
    /// - Parameter path: The path of the input, as errors show it.
    func merge(at path: String = "input", _ change: Changing) async throws -> ID<Email> {
        let address: String
        do throws(ValueRefusal) { address = try EmailAddress(email).text } catch {
            throw FieldError(error, field: "\(path).email")
        }
        return try await change.findOrInsert(find: Self.find.with(address), insert: Self.insert.with((ID.new(), address)))
    }
}
