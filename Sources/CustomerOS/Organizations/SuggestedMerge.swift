internal import Postgres
internal import Records

/// A possible duplicate of an organization.
enum SuggestedMerge: Record {
    struct Columns {
        let organization = Column("primary_id", .id)
        let confidence = Column("confidence", .decimal).field("confidence")
        let suggestedAt = Column("suggested_at", .time).field("suggestedAt")
        let suggestedBy = Column("suggested_by", .text).field("suggestedBy")
    }

    static let table = Table<SuggestedMerge>("organization_suggested_merge", Columns())

    static let type = RecordType(
        "SuggestedMergeOrganization", of: table, [.toOne("organization", Organization.self, by: table.organization)])

    /// Suggestions of visible organizations, `o`.
    static let ofOrganization = Relation(
        parentColumn: "id",
        from: """
            organization_suggested_merge t JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.primary_id \
            AND o.state IN ('LIVE', 'HIDDEN')
            """,
        key: "t.organization_id", tenant: "t.tenant_id", condition: nil, order: "o.name, o.created_at, o.id",
        cardinality: .many,
        overrides: [:])
}
