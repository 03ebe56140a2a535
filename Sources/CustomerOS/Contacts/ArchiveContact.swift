internal import GraphQL
internal import Postgres
internal import Records

/// `contact_Archive`: invisible to every reader, with all links kept.
struct ArchiveContact: Change {
    static let fields = ["contact_Archive"]

    struct Input: Decodable { let contactId: ID<Contact> }

    private static let archive = Statement<ID<Contact>, ID<Contact>>("contact.archive") { id in
        """
        UPDATE contact SET state = 'ARCHIVED', updated_at = now(),
        state_changed_at = CASE WHEN state = 'ARCHIVED' THEN state_changed_at ELSE now() END
        WHERE tenant_id = \(id.tenant) AND id = \(id.value) AND state <> 'MERGED' RETURNING id
        """
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Outcome {
        let id = input.contactId
        if !id.isNobody, try await !change.run(Self.archive, id).isEmpty { return .done }
        return .refused(FieldError("Failed to archive contact \(id)", code: .notFound))
    }
}

/// `contact_RestoreFromArchive`: visible again, even if it was hidden before.
struct RestoreContact: Change {
    static let fields = ["contact_RestoreFromArchive"]

    struct Input: Decodable { let contactId: ID<Contact> }

    private static let restore = Statement<ID<Contact>, ID<Contact>>("contact.restore") { id in
        """
        UPDATE contact SET state = CASE WHEN state = 'ARCHIVED' THEN 'LIVE' ELSE state END, updated_at = now(),
        state_changed_at = CASE WHEN state = 'ARCHIVED' THEN now() ELSE state_changed_at END
        WHERE tenant_id = \(id.tenant) AND id = \(id.value) AND state <> 'MERGED' RETURNING id
        """
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Outcome {
        let id = input.contactId
        if !id.isNobody, try await !change.run(Self.restore, id).isEmpty { return .done }
        return .refused(FieldError("Failed to restore contact \(id) from archive", code: .notFound))
    }
}
