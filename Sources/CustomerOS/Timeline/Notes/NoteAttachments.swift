internal import Records

/// The arguments of `note_LinkAttachment` and `note_UnlinkAttachment`.
struct NoteAttachment: Decodable {
    let noteId: ID<Note>
    let attachmentId: ID<Attachment>

    fileprivate var link: AttachmentLink<Note> { AttachmentLink(noteId, "noteId", attachmentId) }
}

/// `note_LinkAttachment`. Repeating it changes nothing.
struct LinkNoteAttachment: Change {
    static let fields = ["note_LinkAttachment"]

    func perform(_ input: NoteAttachment, _ change: Changing) async throws -> Written<Note> {
        try await input.link.add(change)
    }
}

/// `note_UnlinkAttachment`.
struct UnlinkNoteAttachment: Change {
    static let fields = ["note_UnlinkAttachment"]

    func perform(_ input: NoteAttachment, _ change: Changing) async throws -> Written<Note> {
        try await input.link.remove(change)
    }
}
