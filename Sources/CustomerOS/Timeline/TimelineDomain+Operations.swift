internal import GraphQL
internal import Postgres
internal import Records

extension TimelineDomain {
    static let queries: [String: FieldBinding] = [
        "interactionEvent": .lookup(.byID("interaction_event_record") { "InteractionEvent with id \($0) not found" }),
        "interactionEvent_ByEventIdentifier": .lookup(eventByIdentifier),
        "interactionSession": .lookup(.byID("interaction_session_record") { "InteractionSession with id \($0) not found" }),
        "interactionSession_BySessionIdentifier": .lookup(sessionByIdentifier),
        "interactionSession_ByEventIdentifier": .lookup(sessionByEventIdentifier),
        "issue": .lookup(.byID("issue_record") { "Issue with id \($0) not found" }),
        "logEntry": .lookup(.byID("log_entry_record") { "Failed getting log entry with id \($0)" }),
        "meeting": .lookup(.byID("meeting_record") { "Meeting with id \($0) not found" }),
        "externalMeetings": .page(externalMeetings),
        "timelineEvents": .resolved(TimelineEventsByIDResolver()),
    ]

    /// Of several the oldest.
    private static let eventByIdentifier = Lookup(
        from: "interaction_event_record t", condition: "t.tenant_id = $1 AND t.identifier = $2 AND t.identifier <> ''",
        order: "t.created_at, t.id", argument: "eventIdentifier", miss: { "InteractionEvent with EventIdentifier \($0) not found" }
    ) { $0.isEmpty ? nil : .text($0) }

    private static let sessionByIdentifier = Lookup(
        from: "interaction_session_record t", condition: "t.tenant_id = $1 AND t.identifier = $2 AND t.identifier <> ''",
        order: "t.created_at, t.id", argument: "sessionIdentifier", miss: { "InteractionSession with SessionIdentifier \($0) not found" }
    ) { $0.isEmpty ? nil : .text($0) }

    private static let sessionByEventIdentifier = Lookup(
        from: """
            interaction_event_record e JOIN interaction_session_record t ON t.tenant_id = e.tenant_id AND t.id = e.interaction_session_id
            """,
        condition: "e.tenant_id = $1 AND e.identifier = $2 AND e.identifier <> '' AND e.state <> 'ARCHIVED'",
        order: "e.created_at, e.id", argument: "eventIdentifier",
        miss: { "InteractionSession with EventIdentifier \($0) not found" }
    ) { $0.isEmpty ? nil : .text($0) }

    /// `$2` the system in any spelling, `$3` the id there or null.
    private static let externalMeetings = Page(
        scope: .tenant, from: "meeting_record t", condition: "t.tenant_id = $1 AND \(isExternal)",
        sortKeys: [SortKey("NAME", "t.name", ignoresCase: true)], filterProperties: [.text("NAME", "t.name", .name)],
        arguments: ["externalSystemId", "externalId"],
        count: "SELECT count(*) FROM meeting_record t WHERE t.tenant_id = $1 AND t.state <> 'ARCHIVED' AND \(isExternal)")

    private static let isExternal: SQL = """
        t.id IN (SELECT l.timeline_event_id FROM external_link l WHERE l.tenant_id = $1 AND l.system = upper(replace($2, '-', '_')) \
        AND ($3::text IS NULL OR l.external_id = $3) AND l.timeline_event_id IS NOT NULL)
        """

    static let mutations: [String: FieldBinding] = [
        "interactionEvent_Create": .resolved(CreateInteractionEvent()),
        "interactionEvent_LinkAttachment": .resolved(LinkAttachmentToEvent()),
        "interactionSession_Create": .resolved(CreateInteractionSession()),
        "interactionSession_LinkAttachment": .resolved(LinkAttachment(.add(.interactionSession, "sessionId"))),
        "issue_Create": .resolved(CreateIssue()),
        "logEntry_CreateForOrganization": .resolvedLeaf(CreateLogEntry(), .identifier),
        "logEntry_Update": .resolvedLeaf(UpdateLogEntry(), .identifier),
        "logEntry_ResetTags": .resolvedLeaf(ResetLogEntryTags(), .identifier),
        "logEntry_AddTag": .resolvedLeaf(MarkLogEntry.add, .identifier),
        "logEntry_RemoveTag": .resolvedLeaf(MarkLogEntry.remove, .identifier),
        "meeting_Create": .resolved(CreateMeeting()),
        "meeting_Update": .resolved(UpdateMeeting()),
        "meeting_LinkAttendedBy": .resolved(ChangeMeetingAttendee.link),
        "meeting_UnlinkAttendedBy": .resolved(ChangeMeetingAttendee.unlink),
        "meeting_LinkAttachment": .resolved(LinkAttachment(.add(.meeting, "meetingId"))),
        "meeting_UnlinkAttachment": .resolved(LinkAttachment(.remove(.meeting, "meetingId"))),
        "meeting_LinkRecording": .resolved(LinkAttachment(.add(.meeting, "meetingId", .recording))),
        "meeting_UnlinkRecording": .resolved(LinkAttachment(.remove(.meeting, "meetingId", .recording))),
        "meeting_AddNewLocation": .resolved(AddMeetingLocation()),
        "meeting_AddNote": .resolved(AddMeetingNote()),
        "note_CreateForContact": .resolved(CreateNote.aboutContact),
        "note_CreateForOrganization": .resolved(CreateNote.aboutOrganization),
        "note_Update": .resolved(UpdateNote()),
        "note_Delete": .resolved(DeleteNote()),
        "note_LinkAttachment": .resolved(LinkAttachment(.add(.note, "noteId"))),
        "note_UnlinkAttachment": .resolved(LinkAttachment(.remove(.note, "noteId"))),
    ]
}
