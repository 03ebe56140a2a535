internal import GraphQL
internal import Postgres
internal import Records

/// A note about a contact, an organization or a meeting.
enum Note: EventRecord {
    static let kind = TimelineKind.note

    struct Columns {
        let origin = Origin()
        let content = Column("content", .text).field("content").written()
        let contentType = Column("content_type", .text).field("contentType").written()
        let createdBy = Column("created_by_id", .id)
    }

    static let table = Table<Note>("note_record", visible: TimelineEvent.isThere, Columns())

    static let type = RecordType(
        "Note", of: table,
        .recordFields + [
            .toOne("createdBy", User.self, by: table.createdBy),
            .relation("includes", Attachment.self, .attachments("INCLUDES")),
        ])

    static let ofMeetings = Relation.toMany(
        table.name, by: "meeting_id", where: TimelineEvent.isShown, order: "t.created_at, t.id")
}
