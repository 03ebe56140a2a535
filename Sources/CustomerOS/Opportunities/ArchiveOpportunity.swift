internal import GraphQL
internal import Postgres
internal import Records

/// `opportunity_Archive`: invisible to every reader.
struct ArchiveOpportunity: Change {
    static let fields = ["opportunity_Archive"]

    struct Input: Decodable { let id: ID<Opportunity> }

    private static let archive = Statement<ID<Opportunity>, Void>("opportunity.archive") { id in
        """
        UPDATE opportunity SET state = 'ARCHIVED', state_changed_at = now(), updated_at = now()
        WHERE tenant_id = \(id.tenant) AND id = \(id.value)
        """
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Outcome {
        guard let stored = try await OpportunityWriter(change).lock(input.id) else { return .refused(OpportunityWriter.missing(input.id)) }
        guard !stored.isRenewal else {
            return .refused(FieldError("Renewal opportunity cannot be archived", .notAllowed, field: "id"))
        }
        try await change.run(Self.archive, input.id)
        return .done
    }
}
