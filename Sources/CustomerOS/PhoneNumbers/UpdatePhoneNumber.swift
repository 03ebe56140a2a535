internal import GraphQL
internal import Postgres
internal import Records

/// `phoneNumber_Update`: corrects a number for all of its owners. If another row already has the new number, the owners
/// get that one, and the old row stays for its events.
struct UpdatePhoneNumber: Change {
    static let fields = ["phoneNumber_Update"]

    struct Input: Decodable {
        let id: ID<PhoneNumber>
        let phoneNumber: String
        let countryCodeA2: String?
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<PhoneNumber> {
        let id = input.id
        guard !input.phoneNumber.trimmingBlanks.isEmpty else {
            throw FieldError(
                "Failed to update phone number \(id): a number is needed", code: .badUserInput, field: "input.phoneNumber")
        }
        let missing = FieldError("Failed to update phone number \(id)", code: .notFound, field: "input.id")
        guard !id.isNobody else { throw missing }
        let (organizations, contacts, users, found) = try await change.run(
            Self.lockOrganizations.with(id), Self.lockContacts.with(id), Self.lockUsers.with(id), Self.lock.with(id))
        guard !found.isEmpty else { throw missing }
        if !users.isEmpty { try change.caller.mayChangeUsers("Failed to update phone number \(id)") }
        let corrected = Corrected(id: id, number: try PhoneNumber(input.phoneNumber, inCountry: input.countryCodeA2))
        guard let other = try await change.run(Self.findOther, corrected).first else {
            do { try await change.run(Self.update, corrected) } catch let error as PostgresError where error.condition == .uniqueViolation {
                // Another transaction has just created the same number.
                try change.again()
            }
            return Written(id)
        }
        try await change.run(Self.moves.map { $0.with((id, other)) })
        let timelines = AddressTimelines(contacts: contacts, organizations: organizations, phoneNumbers: [id, other])
        try await change.run([timelines.refreshed])
        return Written(other)
    }

    private struct Corrected {
        let id: ID<PhoneNumber>
        let number: PhoneNumber

        var line: String { number.line }
        var raw: String { number.raw }
        var e164: String? { number.e164 }
        var `extension`: String { number.extension }
        var country: String? { number.country }
    }

    // MARK: All owners in the common order, then the number itself

    private static let lockOrganizations = Statement<ID<PhoneNumber>, ID<Organization>>("phone_number.lock_organizations") { id in
        """
        SELECT id FROM organization WHERE tenant_id = \(id.tenant) AND id = ANY (ARRAY(\
        SELECT organization_id FROM organization_phone_number WHERE tenant_id = \(id.tenant) AND phone_number_id = \(id.value)
        UNION SELECT j.organization_id FROM contact_phone_number l
        JOIN job_role j ON j.tenant_id = l.tenant_id AND j.contact_id = l.contact_id AND j.organization_id IS NOT NULL
        WHERE l.tenant_id = \(id.tenant) AND l.phone_number_id = \(id.value))) ORDER BY id FOR NO KEY UPDATE
        """
    }

    private static let lockContacts = Statement<ID<PhoneNumber>, ID<Contact>>("phone_number.lock_contacts") { id in
        """
        SELECT id FROM contact WHERE tenant_id = \(id.tenant) AND id = ANY (ARRAY(SELECT contact_id FROM contact_phone_number
        WHERE tenant_id = \(id.tenant) AND phone_number_id = \(id.value))) ORDER BY id FOR NO KEY UPDATE
        """
    }

    private static let lockUsers = Statement<ID<PhoneNumber>, ID<User>>("phone_number.lock_users") { id in
        """
        SELECT id FROM app_user WHERE tenant_id = \(id.tenant) AND id = ANY (ARRAY(SELECT user_id FROM user_phone_number
        WHERE tenant_id = \(id.tenant) AND phone_number_id = \(id.value))) ORDER BY id FOR NO KEY UPDATE
        """
    }

    private static let lock = Statement<ID<PhoneNumber>, ID<PhoneNumber>>("phone_number.lock_one") { id in
        "SELECT id FROM phone_number WHERE tenant_id = \(id.tenant) AND id = \(id.value) FOR UPDATE"
    }

    // MARK: The number

    private static let findOther = Statement<Corrected, ID<PhoneNumber>>("phone_number.find_other") { p in
        let (id, line, raw, `extension`) = (p.id, p.line, p.raw, p.extension)
        return """
            SELECT p.id FROM phone_number p WHERE p.tenant_id = \(p.tenant) AND p.id <> \(id)
            AND \(PhoneNumber.match("p", line: "\(bare: line)", raw: "\(bare: raw)", extension: "\(bare: `extension`)"))
            ORDER BY p.e164 IS NULL, p.created_at, p.id LIMIT 1 FOR UPDATE
            """
    }

    private static let update = Statement<Corrected, Void>("phone_number.update") { p in
        let id = p.id
        return """
            UPDATE phone_number SET raw_phone_number = \(bare: p.raw), e164 = \(bare: p.e164), extension = \(bare: p.extension),
            country_id = (SELECT id FROM country WHERE code_a2 = \(bare: p.country)), validated = false, updated_at = now()
            WHERE tenant_id = \(p.tenant) AND id = \(id)
            """
    }

    // MARK: Its links

    /// For each kind of owner: those with both numbers keep the other one, as primary if either was; then the rest
    /// moves.
    private static let moves = [Contact.word, Organization.word, User.word].flatMap { [collapse($0), move($0)] }

    private typealias Move = Statement<(id: ID<PhoneNumber>, other: ID<PhoneNumber>), Void>

    private static func collapse(_ owner: SQL) -> Move {
        let (link, key): (SQL, SQL) = ("\(owner)_phone_number", "\(owner)_id")
        return Statement("\(link.text).collapse") { p in
            """
            WITH gone AS (DELETE FROM \(link) l USING \(link) o WHERE l.tenant_id = \(p.tenant) AND l.phone_number_id = \(p.id)
            AND o.tenant_id = \(p.tenant) AND o.phone_number_id = \(p.other) AND o.\(key) = l.\(key)
            RETURNING l.\(key) AS owner_id, l.is_primary)
            UPDATE \(link) l SET is_primary = true FROM gone
            WHERE gone.is_primary AND l.tenant_id = \(p.tenant) AND l.\(key) = gone.owner_id AND l.phone_number_id = \(p.other)
            """
        }
    }

    private static func move(_ owner: SQL) -> Move {
        let link: SQL = "\(owner)_phone_number"
        return Statement("\(link.text).move") { p in
            let (id, other) = (p.id, p.other)
            return "UPDATE \(link) SET phone_number_id = \(other) WHERE tenant_id = \(p.tenant) AND phone_number_id = \(id)"
        }
    }
}
