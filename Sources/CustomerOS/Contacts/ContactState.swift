internal import GraphQL
internal import Postgres
internal import Records

/// `contact_Hide`: removed from every list, but still found by id and addresses. A hidden contact leaves its flows.
final class HideContact: OutcomeMutation, @unchecked Sendable {
    private static let hide = StatementText(
        "contact.hide",
        """
        WITH hidden AS (UPDATE contact SET state = 'HIDDEN', updated_at = now(), \
        state_changed_at = CASE WHEN state = 'HIDDEN' THEN state_changed_at ELSE now() END \
        WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN') RETURNING tenant_id, id), \
        gone AS (DELETE FROM flow_participant p USING hidden WHERE p.tenant_id = hidden.tenant_id AND p.contact_id = hidden.id) \
        SELECT id FROM hidden
        """)

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        let id = arguments.text("contactId") ?? ""
        guard UUIDKey.isValid(id),
            try await transaction.run(Query(Self.hide, [context.tenantParameter, .text(id)]), context).rowCount == 1
        else { return .action(false, remark: FieldError("Contact \(id) not found", code: .notFound)) }
        return .action(true)
    }
}

/// `contact_Archive` and `contact_RestoreFromArchive`: invisible to every reader, with all links kept, and back again.
final class ArchiveContact: OutcomeMutation, @unchecked Sendable {
    /// Archiving ends hiding: a restored contact is visible.
    private static let archive = StatementText(
        "contact.archive",
        """
        UPDATE contact SET state = 'ARCHIVED', updated_at = now(), \
        state_changed_at = CASE WHEN state = 'ARCHIVED' THEN state_changed_at ELSE now() END \
        WHERE tenant_id = $1 AND id = $2::uuid AND state <> 'MERGED' RETURNING id
        """)

    private static let restore = StatementText(
        "contact.restore",
        """
        UPDATE contact SET state = CASE WHEN state = 'ARCHIVED' THEN 'LIVE' ELSE state END, updated_at = now(), \
        state_changed_at = CASE WHEN state = 'ARCHIVED' THEN now() ELSE state_changed_at END \
        WHERE tenant_id = $1 AND id = $2::uuid AND state <> 'MERGED' RETURNING id
        """)

    private let statement: StatementText
    private let failure: @Sendable (String) -> String

    private init(_ statement: StatementText, failure: @escaping @Sendable (String) -> String) {
        self.statement = statement
        self.failure = failure
    }

    static let toArchive = ArchiveContact(archive) { "Failed to archive contact \($0)" }
    static let fromArchive = ArchiveContact(restore) { "Failed to restore contact \($0) from archive" }

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        let id = arguments.text("contactId") ?? ""
        guard UUIDKey.isValid(id),
            try await transaction.run(Query(statement, [context.tenantParameter, .text(id)]), context).rowCount == 1
        else { return .result(false, remark: FieldError(failure(id), code: .notFound)) }
        return .result(true)
    }
}
