internal import GraphQL
internal import Records

/// The arguments of `meeting_LinkAttendedBy` and `meeting_UnlinkAttendedBy`.
struct MeetingAttendee: Decodable {
    let meetingId: ID<Meeting>
    let participant: MeetingParticipant

    /// Changes the attendees of a meeting.
    /// - Parameter statements: Adds or removes the participant.
    fileprivate func write(
        _ change: Changing,
        _ statements: (EventParticipants, ID<TimelineEvent>, EventParticipants.Addresses) -> [BoundStatement<Void>]
    ) async throws -> Written<Meeting> {
        var attendees = EventParticipants()
        guard try attendees.add(participant, role: "ATTENDED_BY", field: "participant") else {
            throw FieldError("Name a contact, a user or an organization.", code: .badUserInput, field: "participant")
        }
        guard !meetingId.isNobody else { throw Meeting.missing(meetingId) }
        let event = meetingId.event
        let addresses = try await attendees.findAddresses(change)
        var subjects = attendees.subjects(addresses)
        subjects.containers = [event]
        let lock = try await TimelineLock(subjects, change)
        try await Meeting.hold(meetingId, change)
        try await attendees.check("Failed to change meeting \(meetingId)", change)
        try await change.run(statements(attendees, event, addresses) + [lock.changed(event)])
        return Written(meetingId)
    }
}

/// `meeting_LinkAttendedBy`. Repeating it changes nothing.
struct LinkMeetingAttendee: Change {
    static let fields = ["meeting_LinkAttendedBy"]

    func perform(_ input: MeetingAttendee, _ change: Changing) async throws -> Written<Meeting> {
        try await input.write(change) { $0.insertion($1, $2) }
    }
}

/// `meeting_UnlinkAttendedBy`. Repeating it changes nothing.
struct UnlinkMeetingAttendee: Change {
    static let fields = ["meeting_UnlinkAttendedBy"]

    func perform(_ input: MeetingAttendee, _ change: Changing) async throws -> Written<Meeting> {
        try await input.write(change) { attendees, event, _ in attendees.removal(event) }
    }
}
