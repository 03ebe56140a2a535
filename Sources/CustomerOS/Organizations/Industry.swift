internal import GraphQL
internal import Postgres
internal import Records

/// An industry that a visible organization is in. One given only as text is its own code.
enum Industry: RecordKind {
    static let type = RecordType(
        "Industry",
        table: """
            (SELECT DISTINCT o.tenant_id, coalesce(o.industry_code, o.industry) AS code, \
            coalesce(i.name, o.industry) AS name \
            FROM organization o LEFT JOIN industry i ON i.code = o.industry_code \
            WHERE o.tenant_id = $1 AND o.state IN ('LIVE', 'HIDDEN')
            AND (o.industry <> '' OR o.industry_code IS NOT NULL))
            """,
        fields: [.value("code", "t.code", .text), .value("name", "t.name", .text)])
}
