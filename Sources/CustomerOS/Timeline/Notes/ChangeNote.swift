internal import GraphQL
internal import Postgres
internal import Records

/// `note_Update`: replaces a note. What is absent is cleared.
struct UpdateNote: Change {
    static let fields = ["note_Update"]

    func perform(_ input: NoteUpdateInput, _ change: Changing) async throws -> Written<Note> {
        try await Self.overwrite(input, field: "input.id", change)
        return Written(input.id)
    }

    /// Overwrites a note; if `meeting` is given, only one of its notes.
    /// - Throws: `NOT_FOUND` if there is no such note.
    static func overwrite(_ input: NoteUpdateInput, of meeting: ID<Meeting>? = nil, field: String, _ change: Changing)
        async throws
    {
        if !input.id.isNobody,
            try await !change.run(NoteStatements.overwrite, (input.id, input.values, meeting)).isEmpty
        {
            return
        }
        throw FieldError("Failed to update note \(input.id)", code: .notFound, field: field)
    }
}

/// `note_Delete`: succeeds even if there is no such note.
struct DeleteNote: Change {
    static let fields = ["note_Delete"]

    struct Input: Decodable { let id: ID<Note> }

    func perform(_ input: Input, _ change: Changing) async throws -> Outcome {
        guard !input.id.isNobody else { return .done }
        // No other transaction writes its timelines meanwhile.
        _ = try await TimelineLock(TimelineLock.Subjects(shown: [input.id.event]), change)
        try await change.run(NoteStatements.delete, input.id)
        return .done
    }
}
