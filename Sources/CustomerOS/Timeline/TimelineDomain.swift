internal import GraphQL
internal import Postgres
internal import Records

/// Interactions and other events of contacts and organizations, and their timelines. `t` is a view with the columns
/// that all kinds of events share. A hidden event is on no timeline, but is found by its id.
enum TimelineDomain: Domain {
    private static let isThere: SQL = "t.state <> 'ARCHIVED'"

    private static let interactionEvent = Entity(
        "InteractionEvent", table: "interaction_event_record", visible: isThere,
        columns: .record.merging([
            "interaction_session_id": "t.interaction_session_id", "meeting_id": "t.meeting_id", "issue_id": "t.issue_id",
            "replies_to_id": "t.replies_to_id",
        ]) { $1 },
        fields: .recordFieldsWithoutChange + [
            .column("eventIdentifier", "nullif(t.identifier, '')", .text),
            .column("customerOSInternalIdentifier", "nullif(t.internal_identifier, '')", .text),
            .column("channel", "t.channel", .text),
            .column("channelData", "t.channel_data", .text),
            .column("eventType", "t.event_type", .text),
            .column("content", "nullif(t.content, '')", .text),
            .column("contentType", "nullif(t.content_type, '')", .text),
            .relation("interactionSession", .toOne("interaction_session_id", "interaction_session_record")),
            .relation("meeting", .toOne("meeting_id", "meeting_record")),
            .relation("issue", .toOne("issue_id", "issue_record")),
            .relation("repliesTo", .toOne("replies_to_id", "interaction_event_record")),
            .relation("sentBy", .participants("SENT_BY")),
            .relation("sentTo", .participants("SENT_TO")),
            .relation("includes", .attachments("INCLUDES")),
            .relation(
                "actions",
                .toMany("action_record", by: "interaction_event_id", where: "t.state = 'LIVE'", order: "t.created_at, t.id").nullWhenEmpty),
            .relation("actionItems", .toMany("action_item", by: "interaction_event_id", order: "t.created_at, t.id").nullWhenEmpty),
            .relation("externalLinks", .externalLinks("timeline_event_id")),
        ])

    /// The visible events of what `column` names.
    private static func events(of column: SQL) -> Relation {
        .toMany("interaction_event_record", by: column, where: "t.state = 'LIVE'", order: "t.created_at, t.id")
    }

    private static let interactionSession = Entity(
        "InteractionSession", table: "interaction_session_record", visible: isThere, columns: .record,
        fields: .recordFields + [
            .column("identifier", "t.identifier", .text),
            .column("name", "t.name", .text),
            .column("status", "t.status", .text),
            .column("type", "t.type", .text),
            .column("channel", "t.channel", .text),
            .column("channelData", "t.channel_data", .text),
            .relation("events", events(of: "interaction_session_id")),
            .relation("attendedBy", .attendeesOfSession),
        ])

    private static let meeting = Entity(
        "Meeting", table: "meeting_record", visible: isThere, columns: .record,
        fields: .recordFields + [
            .column("name", "t.name", .text),
            .column("startedAt", "t.started_at", .time),
            .column("endedAt", "t.ended_at", .time),
            .column("conferenceUrl", "t.conference_url", .text),
            .column("meetingExternalUrl", "t.meeting_external_url", .text),
            .column("agenda", "t.agenda", .text),
            .column("agendaContentType", "t.agenda_content_type", .text),
            .column("status", "t.status", .enumeration),
            .relation("attendedBy", .participants("ATTENDED_BY")),
            .relation("createdBy", .participants("CREATED_BY")),
            .relation("includes", .attachments("INCLUDES")),
            .relation("recording", .attachments("RECORDING", cardinality: .one)),
            .relation("note", .toMany("note_record", by: "meeting_id", where: "t.state = 'LIVE'", order: "t.created_at, t.id")),
            .relation("events", events(of: "meeting_id")),
            .relation("externalSystem", .externalLinks("timeline_event_id")),
        ])

    private static let issue = Entity(
        "Issue", table: "issue_record", visible: isThere, columns: .record,
        fields: .recordFields + [
            .column("subject", "t.subject", .text),
            .column("issueStatus", "t.status", .text),
            .alias("status", of: "issueStatus", .text),
            .column("priority", "t.priority", .text),
            .column("description", "t.description", .text),
            .relation("tags", tags.nullWhenEmpty),
            .relation("interactionEvents", events(of: "issue_id")),
            .relation("comments", .toMany("comment", by: "issue_id", order: "t.created_at, t.id")),
            .relation("submittedBy", .participants("SUBMITTED_BY", cardinality: .one)),
            .relation("reportedBy", .participants("REPORTED_BY", cardinality: .one)),
            .relation("assignedTo", .participants("ASSIGNED_TO")),
            .relation("followedBy", .participants("FOLLOWED_BY")),
            .relation("externalLinks", .externalLinks("timeline_event_id")),
        ])

    private static let tags = Relation.through(
        "timeline_event_tag", "timeline_event_id", "tag_id", "tag", order: "l.tagged_at, t.name, t.id")

    private static let comment = Entity(
        "Comment", table: "comment", columns: .record.merging(["created_by_id": "t.created_by_id"]) { $1 },
        fields: .recordFields + [
            .column("content", "t.content", .text),
            .column("contentType", "t.content_type", .text),
            .relation("createdBy", .toOne("created_by_id", "app_user")),
            .relation("externalLinks", .externalLinks("comment_id")),
        ])

    private static let logEntry = Entity(
        "LogEntry", table: "log_entry_record", visible: isThere, columns: .record.merging(["created_by_id": "t.created_by_id"]) { $1 },
        fields: .recordFields + [
            .column("content", "t.content", .text),
            .column("contentType", "t.content_type", .text),
            .column("startedAt", "t.occurred_at", .time),
            .relation("createdBy", .toOne("created_by_id", "app_user")),
            .relation("tags", tags),
            .relation("externalLinks", .externalLinks("timeline_event_id")),
        ])

    private static let note = Entity(
        "Note", table: "note_record", visible: isThere, columns: .record.merging(["created_by_id": "t.created_by_id"]) { $1 },
        fields: .recordFields + [
            .column("content", "t.content", .text),
            .column("contentType", "t.content_type", .text),
            .relation("createdBy", .toOne("created_by_id", "app_user")),
            .relation("includes", .attachments("INCLUDES")),
        ])

    private static let action = Entity(
        "Action", table: "action_record", visible: isThere, columns: .record.merging(["created_by_id": "t.created_by_id"]) { $1 },
        fields: [EntityField].recordFieldsWithoutChange.filter { $0.name != "sourceOfTruth" } + [
            .column("actionType", "t.type", .enumeration),
            .column("content", "nullif(t.content, '')", .text),
            .column("metadata", "t.metadata::text", .text),
            .relation("createdBy", .toOne("created_by_id", "app_user")),
        ])

    private static let actionItem = Entity(
        "ActionItem", table: "action_item", columns: .record,
        fields: [EntityField].recordFieldsWithoutChange.filter { $0.name != "sourceOfTruth" } + [.column("content", "t.content", .text)])

    private static let pageView = Entity(
        "PageView", table: "page_view_record", visible: isThere, columns: .record,
        fields: [EntityField].recordFieldsWithoutChange.filter { $0.name != "createdAt" } + [
            .column("startedAt", "t.occurred_at", .time),
            .column("endedAt", "coalesce(t.ended_at, t.occurred_at)", .time),
            .column("pageTitle", "t.page_title", .text),
            .column("pageUrl", "t.page_url", .text),
            .column("application", "t.application", .text),
            .column("sessionId", "t.session_id", .text),
            .column("orderInSession", "t.order_in_session", .int64),
            .column("engagedTime", "t.engaged_time", .int64),
        ])

    private static let markdownEvent = Entity(
        "MarkdownEvent", table: "markdown_event_record", visible: isThere, columns: .record,
        fields: .metadata + [.column("content", "t.content", .text)])

    private static let issueSummary = Entity(
        "IssueSummaryByStatus", table: "issue_record",
        fields: [.column("status", "t.status", .text), .column("count", "t.count", .int64)])

    /// The issues that organizations reported, counted by their state.
    static let issueSummaries = Relation(
        parentColumn: "id",
        from: """
            (SELECT p.tenant_id, p.organization_id, i.status, count(*) AS count FROM timeline_event_participant p \
            JOIN issue_record i ON i.tenant_id = p.tenant_id AND i.id = p.timeline_event_id AND i.state = 'LIVE' \
            WHERE p.tenant_id = $1 AND p.organization_id = ANY ($2::uuid[]) AND p.role = 'REPORTED_BY' \
            GROUP BY p.tenant_id, p.organization_id, i.status) t
            """,
        key: "t.organization_id", tenant: "t.tenant_id", condition: nil, order: "t.status", cardinality: .many, overrides: [:])

    static let entities =
        [
            interactionEvent, interactionSession, meeting, issue, comment, logEntry, note, action, actionItem, pageView, markdownEvent,
            issueSummary,
        ] + Participants.entities

    static let objects: [String: [String: FieldBinding]] = [
        "MeetingsPage": FieldBinding.page(totalAvailable: false),
        "NotePage": FieldBinding.page(totalAvailable: false),
    ]
}
