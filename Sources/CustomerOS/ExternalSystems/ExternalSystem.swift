internal import Postgres
internal import Records

/// The same record in another system. Systems without a name in the schema are not shown.
enum ExternalSystem: Record {
    struct Columns {
        let system = Column("system", .word).field("type")
        let syncedAt = Column("synced_at", .time).field("syncDate")
        let externalID = Column("external_id", .text, read: "nullif(t.external_id, '')").field("externalId")
        let url = Column("external_url", .text).field("externalUrl")
        let source = Column("external_source", .text).field("externalSource")
    }

    static let table = Table<ExternalSystem>("external_link", visible: "t.system IN (\(ExternalSystemType.list))", Columns())
    static let type = RecordType("ExternalSystem", of: table, [])
}

extension Relation {
    /// The same records in other systems; `column` is the link's.
    static func externalLinks(_ column: SQL) -> Relation {
        .toMany("external_link", by: column, order: "t.system, t.synced_at, t.external_id, t.id")
    }
}
