internal import Postgres
internal import Records

/// An organization that owns another, or is owned by it, and the kind of the link.
enum LinkedOrganization: Record {
    struct Columns {
        /// The organization at the other end. Seen from there, it is the parent.
        let organization = Column("subsidiary_id", .id)
        let type = Column("type", .text, read: "nullif(t.type, '')").field("type")
    }

    static let table = Table<LinkedOrganization>("organization_subsidiary", Columns())

    static let type = RecordType(
        "LinkedOrganization", of: table, [.toOne("organization", Organization.self, by: table.organization)])

    static let subsidiaries = linked(from: "parent_id", to: "subsidiary_id", condition: "o.state = 'LIVE'")
    static let parents = linked(from: "subsidiary_id", to: "parent_id", condition: "o.state IN ('LIVE', 'HIDDEN')")

    /// Links seen from one end; `o` is the organization at the other.
    private static func linked(from: SQL, to: SQL, condition: SQL) -> Relation {
        Relation(
            parentColumn: "id",
            from: "organization_subsidiary t JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.\(to)",
            key: "t.\(from)", tenant: "t.tenant_id", condition: condition, order: "o.name, o.created_at, o.id",
            cardinality: .many,
            overrides: [table.organization.name.text: "t.\(to)"])
    }
}
