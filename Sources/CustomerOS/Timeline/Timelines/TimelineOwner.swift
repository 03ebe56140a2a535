internal import Postgres

/// The owner of a timeline, with its table.
struct TimelineOwner: Sendable {
    let table: SQL
    let key: SQL

    static let organization = TimelineOwner(table: "organization_timeline", key: "organization_id")
    static let contact = TimelineOwner(table: "contact_timeline", key: "contact_id")
}
