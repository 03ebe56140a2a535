internal import GraphQL
internal import Postgres
internal import Records

/// `contact_Update`: what is absent or null is kept, an empty text clears.
struct UpdateContact: Change {
    static let fields = ["contact_Update"]
    static let ignored = ["patch"]

    struct Input: Decodable {
        let id: ID<Contact>
        let name: String?
        let firstName: String?
        let lastName: String?
        var values: Patch<Contact>
    }

    private static let update = Statement<
        (id: ID<Contact>, name: String, first: String, last: String, values: Patch<Contact>), Void
    >("contact.update") { p in
        """
        UPDATE contact c SET updated_at = now(), name = \(bare: p.name), first_name = \(bare: p.first),
        last_name = \(bare: p.last)\(p.values.assignments(of: "c")) WHERE c.tenant_id = \(p.tenant) AND c.id = \(p.id)
        """
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Contact> {
        let id = input.id
        let failure = "Failed to update contact \(id)"
        guard !id.isNobody, let stored = try await change.run(Contact.lock, id).first else {
            throw FieldError(failure, code: .notFound)
        }
        var values = input.values
        try values.normalize(\.timezone, as: "input.timezone", failure: failure, by: TimeZoneName.normal)
        let name = stored.changed(name: input.name, first: input.firstName, last: input.lastName)
        try await change.run(Self.update, (id, name.name, name.first, name.last, values))
        return Written(id)
    }
}
