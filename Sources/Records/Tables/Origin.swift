internal import Postgres

/// The columns that every record has: identity, times and origin.
package struct Origin: Sendable {
    package let id = Column("id", .id)
    package let createdAt = Column("created_at", .time)
    package let updatedAt = Column("updated_at", .time)
    package let source = Column("source", .word, read: "coalesce(nullif(t.source, ''), 'NA')")
    package let appSource = Column("app_source", .text)

    package init() {}
}
