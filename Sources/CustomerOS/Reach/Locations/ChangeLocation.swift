internal import GraphQL
internal import Postgres
internal import Records

/// `…_AddNewLocation`: an empty location for a contact or an organization.
final class AddLocation: ObjectMutation, @unchecked Sendable {
    private let owner: ReachOwner
    private let insert: StatementText

    init(to owner: ReachOwner) {
        self.owner = owner
        insert = StatementText(
            "\(owner.prefix.text)_location.insert",
            """
            WITH made AS (INSERT INTO location (tenant_id, id) VALUES ($1, $3::uuid) RETURNING tenant_id, id) \
            INSERT INTO \(owner.prefix)_location (tenant_id, \(owner.key), location_id) SELECT tenant_id, $2::uuid, id FROM made
            """)
    }

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        guard let id = try await owner.lock(arguments, transaction, context) else {
            throw FieldError(
                "Error creating location for \(owner.word) \(arguments.text(owner.argument) ?? "")", code: .notFound, field: owner.argument)
        }
        let location = Identifiers.uuid()
        try await transaction.run(Query(insert, [context.tenantParameter, .text(id), .text(location)]), context)
        return location
    }
}

/// `location_Update`: replaces a location. What is absent is cleared. The country's codes follow from its name.
final class UpdateLocation: ObjectMutation, @unchecked Sendable {
    private static let patch = ColumnPatch(columns: [
        ColumnPatch.Column("name", "name"),
        ColumnPatch.Column("rawAddress", "raw_address"),
        ColumnPatch.Column("country", "country"),
        ColumnPatch.Column("region", "region"),
        ColumnPatch.Column("district", "district"),
        ColumnPatch.Column("locality", "locality"),
        ColumnPatch.Column("street", "street"),
        ColumnPatch.Column("address", "address"),
        ColumnPatch.Column("address2", "address2"),
        ColumnPatch.Column("zip", "zip"),
        ColumnPatch.Column("addressType", "address_type"),
        ColumnPatch.Column("houseNumber", "house_number"),
        ColumnPatch.Column("postalCode", "postal_code"),
        ColumnPatch.Column("plusFour", "plus_four"),
        ColumnPatch.Column("commercial", "commercial", "boolean", initial: "false"),
        ColumnPatch.Column("predirection", "predirection"),
        ColumnPatch.Column("latitude", "latitude", "double precision", initial: "NULL"),
        ColumnPatch.Column("longitude", "longitude", "double precision", initial: "NULL"),
        ColumnPatch.Column("timeZone", "time_zone"),
        ColumnPatch.Column("utcOffset", "utc_offset", "double precision", initial: "NULL"),
    ])

    private static let update = StatementText(
        "location.overwrite",
        """
        UPDATE location SET updated_at = now(), country_code_a2 = $3, country_code_a3 = $4\
        \(patch.overwrites(from: 5)) WHERE tenant_id = $1 AND id = $2::uuid RETURNING id
        """)

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        var input = arguments.input
        let id = input.text("id") ?? ""
        let failure = "Failed to update location"
        let missing = FieldError(failure, code: .notFound, field: "input.id")
        guard UUIDKey.isValid(id) else { throw missing }
        try input.normalize("timeZone", as: "input.timeZone", failure: failure, by: TimeZoneName.normal)
        var country: Country?
        try input.normalize("country", as: "input.country", failure: failure) { (text) throws(ValueRefusal) in
            let found = try Country(text)
            country = found
            return found.name
        }
        let parameters: [Parameter] =
            [context.tenantParameter, .text(id), .text(country?.code ?? ""), .text(country?.longCode ?? "")]
            + Self.patch.parameters(input)
        guard try await transaction.run(Query(Self.update, parameters), context).rowCount == 1 else { throw missing }
        return id
    }
}

/// `location_RemoveFrom…` and `contact_RemoveLocation`: removes a location from its owner, and deletes it if it was the
/// last.
final class RemoveLocation: ObjectMutation, @unchecked Sendable {
    private let owner: ReachOwner
    private let verb: String
    private let unlink: StatementText

    /// - Parameter verb: The verb in error messages: `detach` or `remove`.
    init(from owner: ReachOwner, verb: String) {
        self.owner = owner
        self.verb = verb
        unlink = StatementText(
            "\(owner.prefix.text)_location.remove",
            "DELETE FROM \(owner.prefix)_location WHERE tenant_id = $1 AND \(owner.key) = $2::uuid AND location_id = $3::uuid")
    }

    /// Concurrent removals from the last two owners wait here, so that the later one sees that it is the last.
    private static let lock = StatementText("location.lock", "SELECT id FROM location WHERE tenant_id = $1 AND id = $2::uuid FOR UPDATE")

    private static let deleteOrphan = StatementText(
        "location.delete_orphan",
        """
        DELETE FROM location t WHERE t.tenant_id = $1 AND t.id = $2::uuid \
        AND NOT EXISTS (SELECT FROM contact_location l WHERE l.tenant_id = t.tenant_id AND l.location_id = t.id) \
        AND NOT EXISTS (SELECT FROM organization_location l WHERE l.tenant_id = t.tenant_id AND l.location_id = t.id) \
        AND NOT EXISTS (SELECT FROM meeting_location l WHERE l.tenant_id = t.tenant_id AND l.location_id = t.id) \
        AND NOT EXISTS (SELECT FROM billing_profile_location l WHERE l.tenant_id = t.tenant_id AND l.location_id = t.id)
        """)

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let location = arguments.text("locationId") ?? ""
        guard let id = try await owner.lock(arguments, transaction, context) else {
            throw FieldError(
                "Could not \(verb) location \(location) from \(owner.word) \(arguments.text(owner.argument) ?? "")", code: .notFound,
                field: owner.argument)
        }
        guard UUIDKey.isValid(location) else { return id }
        let tenant = context.tenantParameter
        try await transaction.run(Query(Self.lock, [tenant, .text(location)]), context)
        let removed = try await transaction.run(Query(unlink, [tenant, .text(id), .text(location)]), context)
        // Only a location of this owner is deleted.
        if removed.affectedRows > 0 { try await transaction.run(Query(Self.deleteOrphan, [tenant, .text(location)]), context) }
        return id
    }
}
