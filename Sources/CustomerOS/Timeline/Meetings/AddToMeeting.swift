internal import GraphQL
internal import Records

/// `meeting_AddNewLocation`: an empty location for a meeting.
struct AddMeetingLocation: Change {
    static let fields = ["meeting_AddNewLocation"]

    struct Input: Decodable { let meetingId: ID<Meeting> }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Meeting> {
        try await Meeting.hold(input.meetingId, change)
        try await change.run(MeetingStatements.insertLocation, (input.meetingId, .new()))
        return Written(input.meetingId)
    }
}

/// `meeting_AddNote`: a note about a meeting, by the user for whom the request acts.
struct AddMeetingNote: Change {
    static let fields = ["meeting_AddNote"]

    struct Input: Decodable {
        let meetingId: ID<Meeting>
        let note: NoteInput?
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Meeting> {
        let id = input.meetingId
        guard let note = input.note else {
            throw FieldError(
                "Error creating note for meeting \(id): a note is needed", code: .badUserInput, field: "note")
        }
        try await Meeting.hold(id, change)
        let new = NoteStatements.New(id: .new(), meeting: id, values: note.values)
        try await change.run(
            NoteStatements.insertHeader.with((new.id, note.appSource)), NoteStatements.insert.with(new))
        return Written(id)
    }
}
