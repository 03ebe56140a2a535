internal import GraphQL
internal import Postgres
internal import Records

/// A conversation of interaction events.
enum InteractionSession: EventRecord {
    static let kind = TimelineKind.interactionSession

    struct Columns {
        let origin = Origin()
        let identifier = Column("identifier", .text).field("identifier").written("sessionIdentifier")
        let name = Column("name", .text).field("name").written()
        let status = Column("status", .text).field("status").written()
        let type = Column("type", .text).field("type").written()
        let channel = Column("channel", .text).field("channel").written()
        let channelData = Column("channel_data", .text).field("channelData").written()
    }

    static let table = Table<InteractionSession>(
        "interaction_session_record", visible: TimelineEvent.isThere, Columns())

    static let type = RecordType(
        "InteractionSession", of: table,
        .recordFields + [
            .relation("events", InteractionEvent.self, InteractionEvent.events(of: InteractionEvent.table.session)),
            .relation("attendedBy", oneOf: Participant.ofSessions, .attendeesOfSession),
        ])
}
