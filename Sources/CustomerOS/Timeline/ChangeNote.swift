internal import GraphQL
internal import Postgres
internal import Records

/// The statements that write notes.
enum NoteTable {
    /// `$3` meeting, `$4` contact, `$5` organization, `$6` author, `$7` text, `$8` format.
    private static let insert = StatementText(
        "note.insert",
        """
        INSERT INTO note (tenant_id, id, meeting_id, contact_id, organization_id, created_by_id, content, content_type) \
        VALUES ($1, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6::uuid, coalesce($7, ''), coalesce($8, ''))
        """)

    private static let insertHeader = StatementText(
        "note.insert_header",
        """
        INSERT INTO timeline_event (tenant_id, id, kind, app_source) VALUES ($1, $2::uuid, 'NOTE', coalesce(nullif($3, ''), 'customer-os-api'))
        """)

    static func insert(
        _ id: String, meeting: String? = nil, contact: String? = nil, organization: String? = nil, author: String?, _ input: InputObject,
        _ context: RequestContext
    ) -> Query {
        let owners = [meeting, contact, organization, author].map(Parameter.init(text:))
        return Query(
            insert, [context.tenantParameter, .text(id)] + owners + [Parameter(input["content"]), Parameter(input["contentType"])])
    }

    /// A note about a meeting, which is on no timeline.
    static func insert(intoMeeting meeting: String, author: String?, _ input: InputObject, _ context: RequestContext) -> [Query] {
        let id = Identifiers.uuid()
        return [
            Query(insertHeader, [context.tenantParameter, .text(id), Parameter(input["appSource"])]),
            insert(id, meeting: meeting, author: author, input, context),
        ]
    }

    private static let overwrite = StatementText(
        "note.overwrite",
        """
        WITH touched AS (UPDATE timeline_event SET updated_at = now() \
        WHERE tenant_id = $1 AND id = $2::uuid AND kind = 'NOTE' AND state <> 'ARCHIVED' RETURNING tenant_id, id) \
        UPDATE note n SET content = coalesce($3, ''), content_type = coalesce($4, '') FROM touched \
        WHERE n.tenant_id = touched.tenant_id AND n.id = touched.id AND ($5::uuid IS NULL OR n.meeting_id = $5::uuid) RETURNING n.id
        """)

    /// Overwrites a note; if `meeting` is given, only one of its notes.
    /// - Throws: `FieldError` if there is no such note.
    static func overwrite(
        _ input: InputObject, meeting: String? = nil, field: String, _ transaction: Transaction, _ context: RequestContext
    ) async throws -> String {
        let id = input.text("id") ?? ""
        let missing = FieldError("Failed to update note \(id)", code: .notFound, field: field)
        guard UUIDKey.isValid(id) else { throw missing }
        let values = [Parameter(input["content"]), Parameter(input["contentType"]), Parameter(text: meeting)]
        guard try await transaction.run(Query(overwrite, [context.tenantParameter, .text(id)] + values), context).rowCount == 1 else {
            throw missing
        }
        return id
    }

    static let delete = StatementText("note.delete", "DELETE FROM timeline_event WHERE tenant_id = $1 AND id = $2::uuid AND kind = 'NOTE'")
}

/// `note_CreateForContact` and `note_CreateForOrganization`.
final class CreateNote: TimelineMutation, @unchecked Sendable {
    private let isAboutContact: Bool

    private init(isAboutContact: Bool) { self.isAboutContact = isAboutContact }

    static let aboutContact = CreateNote(isAboutContact: true)
    static let aboutOrganization = CreateNote(isAboutContact: false)

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let input = arguments.input
        let owner = arguments.text(isAboutContact ? "contactId" : "organizationId") ?? ""
        guard UUIDKey.isValid(owner) else {
            throw FieldError(
                "Failed to create note: \(isAboutContact ? "contact" : "organization") with id \(owner) not found", code: .notFound,
                field: isAboutContact ? "contactId" : "organizationId")
        }
        var writer = EventWriter(.note, "Failed to create note", transaction, context)
        writer.contact = isAboutContact ? owner : nil
        writer.organization = isAboutContact ? nil : owner
        let note = NoteTable.insert(
            writer.id, contact: writer.contact, organization: writer.organization, author: context.principal.userID, input, context)
        try await writer.write(appSource: input.text("appSource"), details: [note])
        return writer.id
    }
}

/// `note_Update`: replaces a note. What is absent is cleared.
final class UpdateNote: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        try await NoteTable.overwrite(arguments.input, field: "input.id", transaction, context)
    }
}

/// `note_Delete`: succeeds even if there is no such note.
final class DeleteNote: OutcomeMutation, @unchecked Sendable {
    override func run(_ call: FieldCall, _ context: RequestContext) async throws -> FieldResult {
        try await TimelineLock.retrying { try await super.run(call, context) }
    }

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        if let id = arguments.text("id"), UUIDKey.isValid(id) {
            // No other transaction writes its timelines meanwhile.
            _ = try await TimelineLock(TimelineLock.Subjects(shown: [id]), transaction, context)
            try await transaction.run(Query(NoteTable.delete, [context.tenantParameter, .text(id)]), context)
        }
        return .done
    }
}
