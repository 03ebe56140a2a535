internal import GraphQL
internal import Postgres
internal import Records

/// `contact_Hide`: removed from every list, but still found by id and addresses. A hidden contact leaves its flows.
struct HideContact: Change {
    static let fields = ["contact_Hide"]

    struct Input: Decodable { let contactId: ID<Contact> }

    private static let hide = Statement<ID<Contact>, ID<Contact>>("contact.hide") { id in
        """
        WITH hidden AS (UPDATE contact SET state = 'HIDDEN', updated_at = now(),
        state_changed_at = CASE WHEN state = 'HIDDEN' THEN state_changed_at ELSE now() END
        WHERE tenant_id = \(id.tenant) AND id = \(id.value) AND state IN ('LIVE', 'HIDDEN') RETURNING tenant_id, id),
        gone AS (DELETE FROM flow_participant p USING hidden WHERE p.tenant_id = hidden.tenant_id
        AND p.contact_id = hidden.id)
        SELECT id FROM hidden
        """
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Outcome {
        let id = input.contactId
        if !id.isNobody, try await !change.run(Self.hide, id).isEmpty { return .done }
        return .refused(FieldError("Contact \(id) not found", code: .notFound))
    }
}
