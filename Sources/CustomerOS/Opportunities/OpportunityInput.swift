internal import Records

/// The input of `opportunity_Save`, and of `opportunity_Create` and `opportunity_Update`, which have some of its
/// members.
struct OpportunityInput: Decodable {
    let opportunityId: ID<Opportunity>?
    let organizationId: ID<Organization>?
    /// An empty text removes the owner.
    let ownerId: ID<User>?
    let taskId: ID<UserTask>?
    let internalType: OpportunityType?
    let internalStage: OpportunityStage?
    var values: Patch<Opportunity>
}
