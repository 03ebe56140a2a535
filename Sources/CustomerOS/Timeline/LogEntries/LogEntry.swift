internal import GraphQL
internal import Postgres
internal import Records

/// What a user writes down about an organization.
enum LogEntry: EventRecord {
    static let kind = TimelineKind.logEntry

    struct Columns {
        let origin = Origin()
        let content = Column("content", .text).field("content").written()
        let contentType = Column("content_type", .text).field("contentType").written()
        let occurredAt = Column("occurred_at", .time).field("startedAt")
        let createdBy = Column("created_by_id", .id)
    }

    static let table = Table<LogEntry>("log_entry_record", visible: TimelineEvent.isThere, Columns())

    static let type = RecordType(
        "LogEntry", of: table,
        .recordFields + [
            .toOne("createdBy", User.self, by: table.createdBy),
            .relation("tags", Tag.self, TimelineEvent.tags),
            .relation("externalLinks", ExternalSystem.self, .externalLinks("timeline_event_id")),
        ])
}
