internal import GraphQL
internal import Postgres
internal import Records

/// `interactionEvent_Create`: a message, a call, or a part of one.
struct CreateInteractionEvent: Change {
    static let fields = ["interactionEvent_Create"]

    struct Input: Decodable { let event: NewEvent }

    struct NewEvent: Decodable {
        let sentBy: [InteractionParticipant]
        let sentTo: [InteractionParticipant]
        let interactionSession: ID<InteractionSession>?
        let meetingId: ID<Meeting>?
        let repliesTo: ID<InteractionEvent>?
        let externalSystemId: String?
        let externalId: String?
        let appSource: String
        let createdAt: Time?
        let values: Patch<InteractionEvent>
    }

    /// What an event can be related to.
    private struct Relatives {
        let session: ID<InteractionSession>?
        let meeting: ID<Meeting>?
        let parent: ID<InteractionEvent>?
    }

    /// Those that exist.
    private static let relatives = Statement<Relatives, Relatives>(
        "interaction_event.relatives", row: Relatives.init
    ) { p in
        """
        SELECT (SELECT id FROM interaction_session_record
        WHERE tenant_id = \(p.tenant) AND id = \(p.session) AND state <> 'ARCHIVED'),
        (SELECT id FROM meeting_record WHERE tenant_id = \(p.tenant) AND id = \(p.meeting) AND state <> 'ARCHIVED'),
        (SELECT id FROM interaction_event_record
        WHERE tenant_id = \(p.tenant) AND id = \(p.parent) AND state <> 'ARCHIVED')
        """
    }

    private struct New {
        let id: ID<InteractionEvent>
        let session: ID<InteractionSession>?
        let meeting: ID<Meeting>?
        let parent: ID<InteractionEvent>?
        let values: Patch<InteractionEvent>
    }

    private static let insert = Statement<New, Void>("interaction_event.insert") { p in
        let (id, session, meeting, parent) = (p.id, p.session, p.meeting, p.parent)
        return """
            INSERT INTO interaction_event
            (tenant_id, id, interaction_session_id, meeting_id, replies_to_id\(p.values.columns))
            VALUES (\(p.tenant), \(id), \(session), \(meeting), \(parent)\(p.values.values))
            """
    }

    private static let failure = "Failed to create interaction event"

    func perform(_ input: Input, _ change: Changing) async throws -> Written<InteractionEvent> {
        let event = input.event
        var writer = EventWriter(InteractionEvent.self, Self.failure, change)
        try writer.participants.add(event.sentBy, role: "SENT_BY", field: "event.sentBy")
        try writer.participants.add(event.sentTo, role: "SENT_TO", field: "event.sentTo")
        let relatives = try await Self.relatives(of: event, change)
        writer.containers = [relatives.session?.event, relatives.meeting?.event].compactMap { $0 }
        let new = New(
            id: writer.id, session: relatives.session, meeting: relatives.meeting, parent: relatives.parent,
            values: event.values)
        var details = [Self.insert.with(new)]
        if let reference = try Self.reference(of: event) {
            details.append(TimelineEvent.linkExternally.with(ExternalSystem.Link(of: writer.id.event, reference)))
        }
        try await writer.write(appSource: event.appSource, createdAt: event.createdAt, details: details)
        return Written(writer.id)
    }

    /// The session, meeting and event replied to, if named.
    /// - Throws: `NOT_FOUND` if one does not exist.
    private static func relatives(of event: NewEvent, _ change: Changing) async throws -> Relatives {
        let named = Relatives(
            session: event.interactionSession?.unlessEmpty, meeting: event.meetingId?.unlessEmpty,
            parent: event.repliesTo?.unlessEmpty)
        guard named.session != nil || named.meeting != nil || named.parent != nil else { return named }
        let found = try await change.run(relatives, named).first
        if named.session != nil, found?.session == nil { throw missing("session", "event.interactionSession") }
        if named.meeting != nil, found?.meeting == nil { throw missing("meeting", "event.meetingId") }
        if named.parent != nil, found?.parent == nil { throw missing("parent", "event.repliesTo") }
        return named
    }

    private static func missing(_ relative: String, _ field: String) -> FieldError {
        FieldError("\(failure): \(relative) not found", code: .notFound, field: field)
    }

    /// The event's counterpart in another system, if named.
    private static func reference(of event: NewEvent) throws(FieldError) -> ExternalReference? {
        let (system, externalID) = (event.externalSystemId ?? "", event.externalId ?? "")
        if system.isEmpty, externalID.isEmpty { return nil }
        guard !externalID.isEmpty else {
            throw FieldError(
                "\(failure): externalSystemId needs externalId too", code: .badUserInput, field: "event.externalId")
        }
        guard let type = ExternalSystemType(named: system) else {
            throw FieldError(
                "\(failure): externalSystemId must be one of the values of ExternalSystemType", code: .badUserInput,
                field: "event.externalSystemId")
        }
        return ExternalReference(
            externalId: externalID, syncDate: nil, type: type, externalUrl: nil, externalSource: nil)
    }
}
