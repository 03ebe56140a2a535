internal import GraphQL
internal import Postgres
internal import Records

/// A kind of record that can be tagged.
struct TagTarget: Sendable {
    /// `$2` the record: a row if it exists. It cannot be deleted until the transaction ends.
    let share: StatementText
    /// `$2` the record, `$3` the tag. Repeating it changes nothing.
    let link: StatementText
    /// `$2` the record, `$3` the tag.
    let unlink: StatementText
    /// `$2` the record.
    let unlinkAll: StatementText

    private init(_ prefix: SQL, table: SQL, where condition: SQL) {
        share = StatementText(
            "\(table.text).share_tagged", "SELECT id FROM \(table) WHERE tenant_id = $1 AND id = $2::uuid AND \(condition) FOR SHARE")
        link = StatementText(
            "\(prefix.text)_tag.insert",
            "INSERT INTO \(prefix)_tag (tenant_id, \(prefix)_id, tag_id) VALUES ($1, $2::uuid, $3::uuid) ON CONFLICT DO NOTHING")
        unlink = StatementText(
            "\(prefix.text)_tag.remove", "DELETE FROM \(prefix)_tag WHERE tenant_id = $1 AND \(prefix)_id = $2::uuid AND tag_id = $3::uuid")
        unlinkAll = StatementText(
            "\(prefix.text)_tag.remove_all", "DELETE FROM \(prefix)_tag WHERE tenant_id = $1 AND \(prefix)_id = $2::uuid")
    }

    static let organization = TagTarget("organization", table: "organization", where: "state IN ('LIVE', 'HIDDEN')")
    static let contact = TagTarget("contact", table: "contact", where: "state IN ('LIVE', 'HIDDEN')")

    /// By the names of `EntityType`.
    static let all: [String: TagTarget] = [
        "ORGANIZATION": organization,
        "CONTACT": contact,
        "OPPORTUNITY": TagTarget("opportunity", table: "opportunity", where: "state = 'LIVE'"),
        "CONTRACT": TagTarget("contract", table: "contract", where: "state = 'LIVE'"),
        "LOG_ENTRY": TagTarget("timeline_event", table: "timeline_event", where: "kind = 'LOG_ENTRY' AND state <> 'ARCHIVED'"),
        "ISSUE": TagTarget("timeline_event", table: "timeline_event", where: "kind = 'ISSUE' AND state <> 'ARCHIVED'"),
    ]

    /// Whether the record is there.
    func isThere(_ id: String, _ transaction: Transaction, _ context: RequestContext) async throws -> Bool {
        guard UUIDKey.isValid(id) else { return false }
        return try await transaction.run(Query(share, [context.tenantParameter, .text(id)]), context).rowCount == 1
    }
}
