internal import GraphQL
internal import Postgres
internal import Records

/// The latest event between the tenant and an organization. The columns, and the object made from them.
struct LastTouchpoint: Sendable {
    let at = Column("last_touchpoint_at", .time).sorted("LAST_TOUCHPOINT_AT", indexed: true)
        .filtered("LAST_TOUCHPOINT_AT")
    let event = Column("last_touchpoint_id", .id).sorted("LAST_TOUCHPOINT_ID").filtered("LAST_TOUCHPOINT_ID")
    let type = Column("last_touchpoint_type", .word).sorted("LAST_TOUCHPOINT_TYPE")
        .filtered(
            "LAST_TOUCHPOINT_TYPE",
            among: [
                "PAGE_VIEW", "INTERACTION_SESSION", "NOTE", "INTERACTION_EVENT_EMAIL_SENT",
                "INTERACTION_EVENT_EMAIL_RECEIVED", "INTERACTION_EVENT_PHONE_CALL", "INTERACTION_EVENT_CHAT", "MEETING",
                "ACTION_CREATED", "ACTION", "LOG_ENTRY", "ISSUE_CREATED", "ISSUE_UPDATED",
            ])

    static let object = Feature.Part.object(
        "LastTouchpoint",
        [
            "lastTouchPointAt": .column("last_touchpoint_at", .time),
            "lastTouchPointType": .column("last_touchpoint_type", .enumeration),
            "lastTouchPointTimelineEventId": .column("last_touchpoint_id", .identifier),
            "lastTouchPointTimelineEvent": .resolved(ReadField.timelineEvent(by: "last_touchpoint_id")),
        ])
}
