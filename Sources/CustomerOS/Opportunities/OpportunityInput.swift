internal import Records

/// What `opportunity_Save`, and `opportunity_Create` and `opportunity_Update`, which have some of its members, are given.
struct OpportunityInput: Decodable {
    let opportunityId: ID<Opportunity>?
    let organizationId: ID<Organization>?
    /// An empty text leaves nobody responsible.
    let ownerId: ID<User>?
    let taskId: ID<UserTask>?
    let internalType: OpportunityType?
    let internalStage: OpportunityStage?
    var values: Patch<Opportunity>
}
