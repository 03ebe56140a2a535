internal import Postgres
internal import Records

/// A record of any of the kinds that can be tagged.
enum TaggedRecord {}

/// The statements on the tags of one kind of record.
final class TagLinks: Sendable {
    typealias Pair = (record: ID<TaggedRecord>, tag: ID<Tag>)

    /// Finds a record, which cannot be deleted until the transaction ends.
    let share: Statement<ID<TaggedRecord>, ID<TaggedRecord>>
    /// Repeating it changes nothing.
    let insert: Statement<Pair, Void>
    let remove: Statement<Pair, Void>
    let removeAll: Statement<ID<TaggedRecord>, Void>

    /// - Parameters:
    ///   - table: The records' table. The table of their links is called after it.
    ///   - condition: Which records can be tagged.
    private init(_ table: SQL, where condition: SQL) {
        share = Statement("\(table.text).share_tagged") { id in
            "SELECT id FROM \(table) WHERE tenant_id = \(id.tenant) AND id = \(id.value) AND \(condition) FOR SHARE"
        }
        insert = Statement("\(table.text)_tag.insert") { p in
            """
            INSERT INTO \(table)_tag (tenant_id, \(table)_id, tag_id) VALUES (\(p.tenant), \(p.record), \(p.tag))
            ON CONFLICT DO NOTHING
            """
        }
        remove = Statement("\(table.text)_tag.remove") { p in
            "DELETE FROM \(table)_tag WHERE tenant_id = \(p.tenant) AND \(table)_id = \(p.record) AND tag_id = \(p.tag)"
        }
        removeAll = Statement("\(table.text)_tag.remove_all") { id in
            "DELETE FROM \(table)_tag WHERE tenant_id = \(id.tenant) AND \(table)_id = \(id.value)"
        }
    }

    private static let organizations = TagLinks("organization", where: "state IN ('LIVE', 'HIDDEN')")
    private static let contacts = TagLinks("contact", where: "state IN ('LIVE', 'HIDDEN')")
    private static let opportunities = TagLinks("opportunity", where: "state = 'LIVE'")
    private static let contracts = TagLinks("contract", where: "state = 'LIVE'")
    private static let logEntries = TagLinks("timeline_event", where: "kind = 'LOG_ENTRY' AND state <> 'ARCHIVED'")
    private static let issues = TagLinks("timeline_event", where: "kind = 'ISSUE' AND state <> 'ARCHIVED'")

    static func of(_ type: EntityType) -> TagLinks {
        switch type {
        case .organization: organizations
        case .contact: contacts
        case .opportunity: opportunities
        case .contract: contracts
        case .logEntry: logEntries
        case .issue: issues
        }
    }
}
