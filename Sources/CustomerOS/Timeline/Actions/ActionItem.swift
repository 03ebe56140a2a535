internal import GraphQL
internal import Postgres
internal import Records

/// What is to be done about an interaction event.
enum ActionItem: Record {
    struct Columns {
        let origin = Origin()
        let content = Column("content", .text).field("content")
    }

    static let table = Table<ActionItem>("action_item", Columns())
    static let type = RecordType("ActionItem", of: table, .recordFieldsWithoutTruth.filter { $0.name != "updatedAt" })

    static let ofInteractionEvents = Relation.toMany(
        table.name, by: "interaction_event_id", order: "t.created_at, t.id"
    ).nullWhenEmpty
}
