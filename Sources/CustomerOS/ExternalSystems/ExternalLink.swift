internal import Postgres
internal import Records

extension ExternalSystem {
    /// The link of a record of one kind.
    struct Link<Owner> {
        let id = ID<ExternalSystem>.new()
        let owner: ID<Owner>
        let system: ExternalSystemType
        let externalID: String
        let url: String?
        let source: String?
        let syncedAt: Time?

        init(of owner: ID<Owner>, _ reference: ExternalReference) {
            self.owner = owner
            system = reference.type
            externalID = reference.externalId
            url = reference.externalUrl
            source = reference.externalSource
            syncedAt = reference.syncDate
        }
    }

    /// Links a record of one kind.
    /// - Parameters:
    ///   - column: The column with the record's id.
    ///   - readNow: Whether it was read now, if the reference does not say when.
    ///   - conflict: What is done if the record has the link already.
    static func insertion<Owner>(
        _ name: String, of _: Owner.Type, by column: SQL, readNow: Bool = false, onConflict conflict: SQL? = nil
    ) -> Statement<Link<Owner>, Void> {
        let onConflict: SQL = conflict.map { " ON CONFLICT (tenant_id, system, external_id, owner_id) \($0)" } ?? ""
        return Statement(name) { p in
            let (id, owner, system, externalID) = (p.id, p.owner, p.system, p.externalID)
            let (url, source, syncedAt) = (p.url, p.source, p.syncedAt)
            let time: SQL = readNow ? "coalesce(\(syncedAt), now())" : "\(syncedAt)"
            return """
                WITH known AS (INSERT INTO external_system (tenant_id, type)
                VALUES (\(p.tenant), \(bare: system)) ON CONFLICT DO NOTHING)
                INSERT INTO external_link
                (tenant_id, id, \(column), system, external_id, external_url, external_source, synced_at)
                VALUES (\(p.tenant), \(id), \(owner), \(bare: system), \(bare: externalID), \(bare: url),
                \(bare: source), \(time))\(onConflict)
                """
        }
    }
}
