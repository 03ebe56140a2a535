internal import Records

/// `opportunity_Save`: creates, also without an organization, or changes what the input names.
struct SaveOpportunity: Change {
    static let fields = ["opportunity_Save"]

    func perform(_ input: OpportunityInput, _ change: Changing) async throws -> Written<Opportunity> {
        Written(try await OpportunityWriter(change).save(input))
    }
}

/// `opportunity_Update`: the id is required, and must not be empty.
struct UpdateOpportunity: Change {
    static let fields = ["opportunity_Update"]

    func perform(_ input: OpportunityInput, _ change: Changing) async throws -> Written<Opportunity> {
        guard input.opportunityId?.unlessEmpty != nil else { throw OpportunityWriter.missing(ID("")) }
        return Written(try await OpportunityWriter(change).save(input))
    }
}

/// `opportunity_Create`: the organization is required, and must not be empty.
struct CreateOpportunity: Change {
    static let fields = ["opportunity_Create"]

    func perform(_ input: OpportunityInput, _ change: Changing) async throws -> Written<Opportunity> {
        guard input.organizationId?.unlessEmpty != nil else { throw OpportunityWriter.missingOrganization(ID("")) }
        return Written(try await OpportunityWriter(change).save(input))
    }
}
