internal import GraphQL
internal import Postgres
internal import Records

/// `opportunity_SetOwner` and `opportunity_RemoveOwner`.
struct SetOpportunityOwner: Change {
    static let fields = ["opportunity_SetOwner", "opportunity_RemoveOwner"]

    struct Input: Decodable {
        let opportunityId: ID<Opportunity>
        /// Absent to remove the owner.
        let userId: ID<User>?
    }

    private static let setOwner = Statement<(id: ID<Opportunity>, owner: ID<User>?), Void>("opportunity.set_owner") { p in
        let (id, owner) = (p.id, p.owner)
        return "UPDATE opportunity SET owner_id = \(owner), updated_at = now() WHERE tenant_id = \(p.tenant) AND id = \(id)"
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Outcome {
        let writer = OpportunityWriter(change)
        guard try await writer.lock(input.opportunityId) != nil else { return .refused(OpportunityWriter.missing(input.opportunityId)) }
        if let user = input.userId, try await !writer.mayOwn(user) { return .refused(OpportunityWriter.missingUser(user)) }
        try await change.run(Self.setOwner, (input.opportunityId, input.userId))
        return .done
    }
}
