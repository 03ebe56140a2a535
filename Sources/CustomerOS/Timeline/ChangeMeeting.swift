internal import GraphQL
internal import Postgres
internal import Records

/// The statements that write meetings.
enum MeetingTable {
    static let patch = ColumnPatch(columns: [
        ColumnPatch.Column("name", "name", initial: "NULL"),
        ColumnPatch.Column("endedAt", "ended_at", "timestamptz", initial: "now()"),
        ColumnPatch.Column("conferenceUrl", "conference_url"),
        ColumnPatch.Column("meetingExternalUrl", "meeting_external_url"),
        ColumnPatch.Column("agenda", "agenda"),
        ColumnPatch.Column("agendaContentType", "agenda_content_type"),
        ColumnPatch.Column("status", "status", initial: "'UNDEFINED'"),
    ])

    static let insert: StatementText = {
        let (columns, values) = patch.insertion(from: 3)
        return StatementText("meeting.insert", "INSERT INTO meeting (tenant_id, id\(columns)) VALUES ($1, $2::uuid\(values))")
    }()

    /// `$3` the new start, or null to keep it.
    static let update = StatementText(
        "meeting.update",
        """
        WITH touched AS (UPDATE timeline_event SET updated_at = now(), started_at = coalesce($3::timestamptz, started_at) \
        WHERE tenant_id = $1 AND id = $2::uuid AND kind = 'MEETING' AND state <> 'ARCHIVED' RETURNING tenant_id, id) \
        UPDATE meeting SET id = meeting.id\(patch.assignments(from: 4)) FROM touched \
        WHERE meeting.tenant_id = touched.tenant_id AND meeting.id = touched.id RETURNING meeting.id
        """)

    static let insertLocation = StatementText(
        "meeting_location.insert",
        """
        WITH made AS (INSERT INTO location (tenant_id, id) VALUES ($1, $3::uuid) RETURNING tenant_id, id) \
        INSERT INTO meeting_location (tenant_id, meeting_id, location_id) SELECT tenant_id, $2::uuid, id FROM made
        """)

    /// The participants a meeting's input can name, in order of precedence.
    static let choices: [(member: String, subject: EventParticipants.Subject)] = [
        ("contactId", .contact), ("userId", .user), ("organizationId", .organization),
    ]

    static func missing(_ id: String) -> FieldError {
        FieldError("Meeting with id \(id) not found", code: .notFound, field: "meetingId")
    }
}

/// `meeting_Create`: a meeting with its attendees and its note.
final class CreateMeeting: TimelineMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let input = arguments.values.object("meeting") ?? InputObject()
        var writer = EventWriter(.meeting, "failed to create meeting", transaction, context)
        try writer.participants.add(
            input["createdBy"], MeetingTable.choices, role: "CREATED_BY", field: "meeting.createdBy", skipsEmpty: true)
        try writer.participants.add(
            input["attendedBy"], MeetingTable.choices, role: "ATTENDED_BY", field: "meeting.attendedBy", skipsEmpty: true)
        var details = [
            Query(MeetingTable.insert, [context.tenantParameter, .text(writer.id)] + MeetingTable.patch.parameters(input))
        ]
        details += TimelineTable.externalLink(of: writer.id, input.object("externalSystem"), context)
        if let note = input.object("note") { details += NoteTable.insert(intoMeeting: writer.id, author: nil, note, context) }
        try await writer.write(
            appSource: input.text("appSource"), createdAt: Parameter(input["createdAt"]), startedAt: Parameter(input["startedAt"]),
            details: details)
        return writer.id
    }
}

/// `meeting_Update`: changes the given values of a meeting. The application that created it is kept.
final class UpdateMeeting: TimelineMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let input = arguments.values.object("meeting") ?? InputObject()
        let id = arguments.text("meetingId") ?? ""
        guard UUIDKey.isValid(id) else { throw MeetingTable.missing(id) }
        let start = Parameter(input["startedAt"])
        let lock = start == .null ? nil : try await TimelineLock(TimelineLock.Subjects(shown: [id]), transaction, context)
        let values = [context.tenantParameter, .text(id), start] + MeetingTable.patch.parameters(input)
        guard try await transaction.run(Query(MeetingTable.update, values), context).rowCount == 1 else { throw MeetingTable.missing(id) }
        if let note = input.object("note") {
            _ = try await NoteTable.overwrite(note, meeting: id, field: "meeting.note.id", transaction, context)
        }
        var queries = TimelineTable.externalLink(of: id, input.object("externalSystem"), context)
        if let lock { queries.append(lock.moved(id, context)) }
        if !queries.isEmpty { try await transaction.run(queries, context) }
        return id
    }
}

/// `meeting_LinkAttendedBy` and `meeting_UnlinkAttendedBy`. Idempotent.
final class ChangeMeetingAttendee: TimelineMutation, @unchecked Sendable {
    private let isAdding: Bool

    private init(isAdding: Bool) { self.isAdding = isAdding }

    static let link = ChangeMeetingAttendee(isAdding: true)
    static let unlink = ChangeMeetingAttendee(isAdding: false)

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let id = arguments.text("meetingId") ?? ""
        var attendees = EventParticipants()
        guard
            try attendees.add(
                arguments.values.object("participant") ?? InputObject(), MeetingTable.choices, role: "ATTENDED_BY", field: "participant")
        else {
            throw FieldError("Name a contact, a user or an organization.", code: .badUserInput, field: "participant")
        }
        guard UUIDKey.isValid(id) else { throw MeetingTable.missing(id) }
        let addresses = try await attendees.findAddresses(transaction, context)
        var subjects = attendees.subjects(addresses)
        subjects.containers = [id]
        let lock = try await TimelineLock(subjects, transaction, context)
        guard try await TimelineTable.isThere(id, .meeting, transaction, context) else { throw MeetingTable.missing(id) }
        try await attendees.check("Failed to change meeting \(id)", transaction, context)
        let change = isAdding ? attendees.insertion(id, addresses, context) : attendees.removal(id, context)
        try await transaction.run(change + [lock.changed(id, context)], context)
        return id
    }
}

/// `meeting_AddNewLocation`: an empty location for a meeting.
final class AddMeetingLocation: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let id = arguments.text("meetingId") ?? ""
        guard try await TimelineTable.isThere(id, .meeting, transaction, context) else { throw MeetingTable.missing(id) }
        try await transaction.run(
            Query(MeetingTable.insertLocation, [context.tenantParameter, .text(id), .text(Identifiers.uuid())]), context)
        return id
    }
}

/// `meeting_AddNote`: a note about a meeting, by the user for whom the request acts.
final class AddMeetingNote: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let id = arguments.text("meetingId") ?? ""
        guard let note = arguments.values.object("note") else {
            throw FieldError("Error creating note for meeting \(id): a note is needed", code: .badUserInput, field: "note")
        }
        guard try await TimelineTable.isThere(id, .meeting, transaction, context) else { throw MeetingTable.missing(id) }
        try await transaction.run(
            NoteTable.insert(intoMeeting: id, author: context.principal.userID, note, context), context)
        return id
    }
}
