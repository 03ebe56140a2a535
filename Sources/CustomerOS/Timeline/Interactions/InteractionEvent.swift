internal import GraphQL
internal import Postgres
internal import Records

/// A message, a call, or a part of one.
enum InteractionEvent: EventRecord {
    static let kind = TimelineKind.interactionEvent

    struct Columns {
        let origin = Origin()
        let identifier = Column("identifier", .text, read: "nullif(t.identifier, '')").field("eventIdentifier")
            .written().imported("identifier")
        let internalIdentifier = Column("internal_identifier", .text, read: "nullif(t.internal_identifier, '')")
            .field("customerOSInternalIdentifier").written(initial: "NULL")
            .imported("internalIdentifier")
        let eventType = Column("event_type", .text).field("eventType").written().imported("eventType")
        let channel = Column("channel", .text).field("channel").written().imported("channel")
        let channelData = Column("channel_data", .text).field("channelData").written().imported("channelData")
        let content = Column("content", .text, read: "nullif(t.content, '')").field("content").written(initial: "NULL")
            .imported("content")
        let contentType = Column("content_type", .text, read: "nullif(t.content_type, '')").field("contentType")
            .written(initial: "NULL").imported("contentType")
        let session = Column("interaction_session_id", .id)
        let meeting = Column("meeting_id", .id)
        let issue = Column("issue_id", .id)
        let repliesTo = Column("replies_to_id", .id)
    }

    static let table = Table<InteractionEvent>("interaction_event_record", visible: TimelineEvent.isThere, Columns())

    static let type = RecordType(
        "InteractionEvent", of: table,
        .recordFieldsWithoutChange + [
            .toOne("interactionSession", InteractionSession.self, by: table.session),
            .toOne("meeting", Meeting.self, by: table.meeting),
            .toOne("issue", SupportIssue.self, by: table.issue),
            .toOne("repliesTo", InteractionEvent.self, by: table.repliesTo),
            .relation("sentBy", oneOf: Participant.ofInteractionEvents, .participants("SENT_BY")),
            .relation("sentTo", oneOf: Participant.ofInteractionEvents, .participants("SENT_TO")),
            .relation("includes", Attachment.self, .attachments("INCLUDES")),
            .relation("actions", Action.self, Action.ofInteractionEvents),
            .relation("actionItems", ActionItem.self, ActionItem.ofInteractionEvents),
            .relation("externalLinks", ExternalSystem.self, .externalLinks("timeline_event_id")),
        ])

    /// The shown events of what `column` names.
    static func events(of column: Column) -> Relation {
        .toMany(table.name, by: column.name, where: TimelineEvent.isShown, order: "t.created_at, t.id")
    }
}
