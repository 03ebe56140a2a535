internal import GraphQL
internal import Postgres
internal import Records

/// The number of issues in a state.
enum IssueSummary: RecordKind {
    static let type = RecordType(
        "IssueSummaryByStatus", table: SupportIssue.table.name,
        fields: [.value("status", "t.status", .text), .value("count", "t.count", .int64)])

    /// The issues that organizations reported, counted by their state.
    static let ofOrganizations = Relation(
        parentColumn: "id",
        from: """
            (SELECT p.tenant_id, p.organization_id, i.status, count(*) AS count FROM timeline_event_participant p \
            JOIN issue_record i ON i.tenant_id = p.tenant_id AND i.id = p.timeline_event_id AND i.state = 'LIVE' \
            WHERE p.tenant_id = $1 AND p.organization_id = ANY ($2::uuid[]) AND p.role = 'REPORTED_BY' \
            GROUP BY p.tenant_id, p.organization_id, i.status) t
            """,
        key: "t.organization_id", tenant: "t.tenant_id", condition: nil, order: "t.status", cardinality: .many,
        overrides: [:])
}
