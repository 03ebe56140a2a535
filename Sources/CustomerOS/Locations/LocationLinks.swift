internal import Postgres
internal import Records

/// A kind of record that has locations.
protocol LocationOwner: LinkOwner {
    static var locationLinks: LocationLinks<Self> { get }
}

/// The statements on the locations of one kind of owner.
final class LocationLinks<Owner: LocationOwner>: Sendable {
    /// Inserts an empty location.
    let insert: Statement<(owner: ID<Owner>, id: ID<Location>), Void>
    /// Returns what it removes.
    let remove: Statement<(owner: ID<Owner>, id: ID<Location>), ID<Location>>

    init() {
        let (key, link): (SQL, SQL) = (Owner.key, "\(Owner.word)_location")
        insert = Statement("\(link.text).insert") { p in
            let (owner, id) = (p.owner, p.id)
            return """
                WITH made AS (INSERT INTO location (tenant_id, id) VALUES (\(p.tenant), \(id)) RETURNING tenant_id, id)
                INSERT INTO \(link) (tenant_id, \(key), location_id) SELECT tenant_id, \(owner), id FROM made
                """
        }
        remove = Statement("\(link.text).remove") { p in
            """
            DELETE FROM \(link) WHERE tenant_id = \(p.tenant) AND \(key) = \(p.owner) AND location_id = \(p.id) RETURNING location_id
            """
        }
    }

    /// Removes a location from its owner, and deletes it if it was the last.
    func remove(_ id: ID<Location>, from owner: ID<Owner>, _ change: Changing) async throws {
        guard !id.isNobody else { return }
        try await change.run(LocationStatements.lock, id)
        let removed = try await change.run(remove, (owner, id))
        // Only a location of this owner is deleted.
        if !removed.isEmpty { try await change.run(LocationStatements.deleteOrphan, id) }
    }
}

/// The statements on locations, whatever their owners.
private enum LocationStatements {
    /// Concurrent removals from the last two owners wait here, so that the later one sees that it is the last.
    static let lock = Statement<ID<Location>, Void>("location.lock") { id in
        "SELECT id FROM location WHERE tenant_id = \(id.tenant) AND id = \(id.value) FOR UPDATE"
    }

    static let deleteOrphan = Statement<ID<Location>, Void>("location.delete_orphan") { id in
        """
        DELETE FROM location t WHERE t.tenant_id = \(id.tenant) AND t.id = \(id.value)
        AND NOT EXISTS (SELECT FROM contact_location l WHERE l.tenant_id = t.tenant_id AND l.location_id = t.id)
        AND NOT EXISTS (SELECT FROM organization_location l WHERE l.tenant_id = t.tenant_id AND l.location_id = t.id)
        AND NOT EXISTS (SELECT FROM meeting_location l WHERE l.tenant_id = t.tenant_id AND l.location_id = t.id)
        AND NOT EXISTS (SELECT FROM billing_profile_location l WHERE l.tenant_id = t.tenant_id AND l.location_id = t.id)
        """
    }
}
