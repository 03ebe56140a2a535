internal import Postgres

/// The columns that every record has: identity, times and origin.
package struct Origin: Sendable {
    package let id = Column.id
    package let createdAt = Column.createdAt
    package let updatedAt = Column.updatedAt
    package let source = Column.source
    package let appSource = Column.appSource

    package init() {}
}

/// The same one by one, for tables whose lists are sorted or filtered by them.
extension Column {
    package static let id = Column("id", .id)
    package static let createdAt = Column("created_at", .time)
    package static let updatedAt = Column("updated_at", .time)
    package static let source = Column("source", .word, read: "coalesce(nullif(t.source, ''), 'NA')")
    package static let appSource = Column("app_source", .text)
}
