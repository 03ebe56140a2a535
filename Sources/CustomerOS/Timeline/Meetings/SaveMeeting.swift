internal import GraphQL
internal import Postgres
internal import Records

/// `meeting_Create`: a meeting with its attendees and its note.
struct CreateMeeting: Change {
    static let fields = ["meeting_Create"]

    struct Input: Decodable { let meeting: NewMeeting }

    struct NewMeeting: Decodable {
        let createdBy: [MeetingParticipant]?
        let attendedBy: [MeetingParticipant]?
        let createdAt: Time?
        let startedAt: Time?
        let appSource: String?
        let externalSystem: ExternalReference?
        let note: NoteInput?
        let values: Patch<Meeting>
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Meeting> {
        let meeting = input.meeting
        var writer = EventWriter(Meeting.self, "failed to create meeting", change)
        try writer.participants.add(meeting.createdBy, role: "CREATED_BY", field: "meeting.createdBy", skipsEmpty: true)
        try writer.participants.add(
            meeting.attendedBy, role: "ATTENDED_BY", field: "meeting.attendedBy", skipsEmpty: true)
        var details = [MeetingStatements.insert.with((writer.id, meeting.values))]
        if let reference = meeting.externalSystem {
            details.append(TimelineEvent.linkExternally.with(ExternalSystem.Link(of: writer.id.event, reference)))
        }
        if let note = meeting.note {
            let new = NoteStatements.New(id: .new(), meeting: writer.id, values: note.values)
            details += [
                NoteStatements.insertHeader.with((new.id, note.appSource)), NoteStatements.insertUnsigned.with(new),
            ]
        }
        try await writer.write(
            appSource: meeting.appSource, createdAt: meeting.createdAt, startedAt: meeting.startedAt, details: details)
        return Written(writer.id)
    }
}

/// `meeting_Update`: changes the given values of a meeting. The application that created it is kept.
struct UpdateMeeting: Change {
    static let fields = ["meeting_Update"]
    static let ignored = ["meeting.appSource"]

    struct Input: Decodable {
        let meetingId: ID<Meeting>
        let meeting: Values
    }

    struct Values: Decodable {
        let startedAt: Time?
        let note: NoteUpdateInput?
        let externalSystem: ExternalReference?
        let values: Patch<Meeting>
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Meeting> {
        let (id, meeting) = (input.meetingId, input.meeting)
        guard !id.isNobody else { throw Meeting.missing(id) }
        var lock: TimelineLock?
        if meeting.startedAt != nil { lock = try await TimelineLock(TimelineLock.Subjects(shown: [id.event]), change) }
        guard try await !change.run(MeetingStatements.update, (id, meeting.startedAt, meeting.values)).isEmpty else {
            throw Meeting.missing(id)
        }
        if let note = meeting.note { try await UpdateNote.overwrite(note, of: id, field: "meeting.note.id", change) }
        var statements: [BoundStatement<Void>] = []
        if let reference = meeting.externalSystem {
            statements.append(TimelineEvent.linkExternally.with(ExternalSystem.Link(of: id.event, reference)))
        }
        if let lock { statements.append(lock.moved(id.event)) }
        try await change.run(statements)
        return Written(id)
    }
}
