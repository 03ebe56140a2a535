internal import GraphQL
internal import Postgres
internal import Records

/// Interactions and other events of contacts and organizations, and their timelines.
enum Timeline {
    static let feature = Feature([
        .type(InteractionEvent.self), .type(InteractionSession.self), .type(Meeting.self), .type(SupportIssue.self),
        .type(IssueComment.self), .type(IssueSummary.self), .type(LogEntry.self), .type(Note.self), .type(Action.self),
        .type(ActionItem.self), .type(PageView.self), .type(MarkdownEvent.self),
        .type(EmailParticipant.self), .type(PhoneNumberParticipant.self), .type(ContactParticipant.self),
        .type(UserParticipant.self), .type(OrganizationParticipant.self), .type(JobRoleParticipant.self),
        .object("MeetingsPage", .page()),
        .object("NotePage", .page()),

        .lookup("interactionEvent", InteractionEvent.self) { "InteractionEvent with id \($0) not found" },
        .lookup("interactionSession", InteractionSession.self) { "InteractionSession with id \($0) not found" },
        .lookup("issue", SupportIssue.self) { "Issue with id \($0) not found" },
        .lookup("logEntry", LogEntry.self) { "Failed getting log entry with id \($0)" },
        .lookup("meeting", Meeting.self) { "Meeting with id \($0) not found" },
        .lookup("interactionEvent_ByEventIdentifier", eventByIdentifier),
        .lookup("interactionSession_BySessionIdentifier", sessionByIdentifier),
        .lookup("interactionSession_ByEventIdentifier", sessionByEventIdentifier),
        externalMeetings,
        .query("timelineEvents", .resolved(ReadField.timelineEvents)),

        .change(CreateInteractionEvent.self), .change(LinkInteractionEventAttachment.self),
        .change(CreateInteractionSession.self), .change(LinkInteractionSessionAttachment.self),
        .change(CreateIssue.self),
        .change(CreateLogEntry.self), .change(UpdateLogEntry.self), .change(ResetLogEntryTags.self),
        .change(AddLogEntryTag.self),
        .change(RemoveLogEntryTag.self),
        .change(CreateMeeting.self), .change(UpdateMeeting.self), .change(LinkMeetingAttendee.self),
        .change(UnlinkMeetingAttendee.self),
        .change(LinkMeetingAttachment.self), .change(UnlinkMeetingAttachment.self), .change(LinkMeetingRecording.self),
        .change(UnlinkMeetingRecording.self), .change(AddMeetingLocation.self), .change(AddMeetingNote.self),
        .change(CreateNoteForContact.self), .change(CreateNoteForOrganization.self), .change(UpdateNote.self),
        .change(DeleteNote.self), .change(LinkNoteAttachment.self), .change(UnlinkNoteAttachment.self),
    ])

    private struct ByEventIdentifier: Decodable { let eventIdentifier: String }
    private struct BySessionIdentifier: Decodable { let sessionIdentifier: String }

    /// Of several the oldest.
    private static let eventByIdentifier = Finder(
        InteractionEvent.self, by: { (input: ByEventIdentifier) in nonEmpty(input.eventIdentifier) },
        miss: { "InteractionEvent with EventIdentifier \($0.eventIdentifier) not found" }
    ) { p in
        "t.identifier = \(bare: p.value) AND t.identifier <> ''"
    } order: { _ in
        "t.created_at, t.id"
    }

    /// Of several the oldest.
    private static let sessionByIdentifier = Finder(
        InteractionSession.self, by: { (input: BySessionIdentifier) in nonEmpty(input.sessionIdentifier) },
        miss: { "InteractionSession with SessionIdentifier \($0.sessionIdentifier) not found" }
    ) { p in
        "t.identifier = \(bare: p.value) AND t.identifier <> ''"
    } order: { _ in
        "t.created_at, t.id"
    }

    /// Of several events the oldest.
    private static let sessionByEventIdentifier = Finder(
        InteractionSession.self, by: { (input: ByEventIdentifier) in nonEmpty(input.eventIdentifier) },
        miss: { "InteractionSession with EventIdentifier \($0.eventIdentifier) not found" }
    ) { p in
        """
        t.id = (SELECT e.interaction_session_id FROM interaction_event_record e
        JOIN interaction_session_record s ON s.tenant_id = e.tenant_id AND s.id = e.interaction_session_id
        WHERE e.tenant_id = \(p.tenant) AND e.identifier = \(bare: p.value) AND e.identifier <> ''
        AND e.state <> 'ARCHIVED' AND s.state <> 'ARCHIVED' ORDER BY e.created_at, e.id LIMIT 1)
        """
    }

    private static func nonEmpty(_ text: String) -> String? { text.isEmpty ? nil : text }

    private struct InSystem: Decodable {
        /// The system, in any spelling.
        let externalSystemId: String
        let externalId: String?
    }

    private static let externalMeetings = Feature.Part.page("externalMeetings", Meeting.self, of: InSystem.self) { p in
        """
        t.id IN (SELECT l.timeline_event_id FROM external_link l
        WHERE l.tenant_id = \(p.tenant) AND l.system = upper(replace(\(bare: p.externalSystemId), '-', '_'))
        AND (\(p.externalId) IS NULL OR l.external_id = \(bare: p.externalId)) AND l.timeline_event_id IS NOT NULL)
        """
    }
}
