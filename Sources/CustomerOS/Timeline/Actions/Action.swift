internal import GraphQL
internal import Postgres
internal import Records

/// What the system has done.
enum Action: EventRecord {
    static let kind = TimelineKind.action

    struct Columns {
        let origin = Origin()
        let type = Column("type", .word).field("actionType")
        let content = Column("content", .text, read: "nullif(t.content, '')").field("content")
        let metadata = Column("metadata", .text, read: "t.metadata::text").field("metadata")
        let createdBy = Column("created_by_id", .id)
    }

    static let table = Table<Action>("action_record", visible: TimelineEvent.isThere, Columns())

    static let type = RecordType(
        "Action", of: table,
        .recordFieldsWithoutTruth.filter { $0.name != "updatedAt" } + [
            .toOne("createdBy", User.self, by: table.createdBy)
        ])

    static let ofInteractionEvents = Relation.toMany(
        table.name, by: "interaction_event_id", where: TimelineEvent.isShown, order: "t.created_at, t.id"
    ).nullWhenEmpty
}
