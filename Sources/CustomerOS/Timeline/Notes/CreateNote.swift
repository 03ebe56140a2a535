internal import GraphQL
internal import Postgres
internal import Records

/// `note_CreateForContact`.
struct CreateNoteForContact: Change {
    static let fields = ["note_CreateForContact"]

    struct Input: Decodable {
        let contactId: ID<Contact>
        let input: NoteInput
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Note> {
        var writer = EventWriter(Note.self, "Failed to create note", change)
        writer.contact = input.contactId
        let note = NoteStatements.New(id: writer.id, contact: input.contactId, values: input.input.values)
        try await writer.write(appSource: input.input.appSource, details: [NoteStatements.insert.with(note)])
        return Written(writer.id)
    }
}

/// `note_CreateForOrganization`.
struct CreateNoteForOrganization: Change {
    static let fields = ["note_CreateForOrganization"]

    struct Input: Decodable {
        let organizationId: ID<Organization>
        let input: NoteInput
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Note> {
        var writer = EventWriter(Note.self, "Failed to create note", change)
        writer.organization = input.organizationId
        let note = NoteStatements.New(id: writer.id, organization: input.organizationId, values: input.input.values)
        try await writer.write(appSource: input.input.appSource, details: [NoteStatements.insert.with(note)])
        return Written(writer.id)
    }
}
