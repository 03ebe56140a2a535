internal import GraphQL
internal import Postgres
internal import Records

/// A role of a contact, and the organization where it is held.
enum OrganizationWithJobRole: RecordKind {
    static let type = RecordType(
        "OrganizationWithJobRole", table: "job_role",
        columns: ["id": JobRole.table.columns.origin.id.read, "organization_id": JobRole.table.organization.read],
        fields: [
            .toOne("organization", Organization.self, by: JobRole.table.organization),
            .toOne("jobRole", JobRole.self, by: JobRole.table.columns.origin.id),
        ])

    /// Current roles before ended ones, then the latest first. The first row of a contact counts.
    static let latest = Relation(
        parentColumn: "id",
        from: """
            job_role t JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id
            AND o.state IN ('LIVE', 'HIDDEN')
            """,
        key: "t.contact_id", tenant: "t.tenant_id", condition: nil,
        order: "t.ended_at DESC NULLS FIRST, t.started_at DESC NULLS LAST, t.created_at DESC, t.id DESC",
        cardinality: .one,
        overrides: [:])
}
