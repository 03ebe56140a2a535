internal import Records

/// `NoteInput`: a new note.
struct NoteInput: Decodable {
    let appSource: String?
    let values: Patch<Note>
}

/// `NoteUpdateInput`: all values of a note. What is absent is cleared.
struct NoteUpdateInput: Decodable {
    let id: ID<Note>
    let values: Patch<Note>
}
