internal import Records

/// The arguments of the fields that link an attachment or a recording with a meeting.
struct MeetingAttachment: Decodable {
    let meetingId: ID<Meeting>
    let attachmentId: ID<Attachment>

    fileprivate func link(as relation: AttachmentRelation) -> AttachmentLink<Meeting> {
        AttachmentLink(meetingId, "meetingId", attachmentId, as: relation)
    }
}

/// `meeting_LinkAttachment`. Repeating it changes nothing.
struct LinkMeetingAttachment: Change {
    static let fields = ["meeting_LinkAttachment"]

    func perform(_ input: MeetingAttachment, _ change: Changing) async throws -> Written<Meeting> {
        try await input.link(as: .includes).add(change)
    }
}

/// `meeting_UnlinkAttachment`.
struct UnlinkMeetingAttachment: Change {
    static let fields = ["meeting_UnlinkAttachment"]

    func perform(_ input: MeetingAttachment, _ change: Changing) async throws -> Written<Meeting> {
        try await input.link(as: .includes).remove(change)
    }
}

/// `meeting_LinkRecording`. Repeating it changes nothing.
struct LinkMeetingRecording: Change {
    static let fields = ["meeting_LinkRecording"]

    func perform(_ input: MeetingAttachment, _ change: Changing) async throws -> Written<Meeting> {
        try await input.link(as: .recording).add(change)
    }
}

/// `meeting_UnlinkRecording`.
struct UnlinkMeetingRecording: Change {
    static let fields = ["meeting_UnlinkRecording"]

    func perform(_ input: MeetingAttachment, _ change: Changing) async throws -> Written<Meeting> {
        try await input.link(as: .recording).remove(change)
    }
}
