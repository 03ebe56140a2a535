internal import GraphQL
internal import Postgres

/// `opportunity_Archive`: invisible to every reader.
final class ArchiveOpportunity: OutcomeMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        let id = arguments.text("id") ?? ""
        guard let stored = try await OpportunityWriter(transaction: transaction, context: context).lock(id) else {
            return .action(false, remark: OpportunityWriter.missing(id))
        }
        guard !stored.isRenewal else {
            return .action(false, remark: FieldError("Renewal opportunity cannot be archived", code: .badUserInput, field: "id"))
        }
        try await transaction.run(Query(OpportunityTable.archive, [context.tenantParameter, .text(id)]), context)
        return .action(true)
    }
}

/// `opportunity_SetOwner` and `opportunity_RemoveOwner`.
final class SetOpportunityOwner: OutcomeMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        let id = arguments.text("opportunityId") ?? ""
        let writer = OpportunityWriter(transaction: transaction, context: context)
        guard try await writer.lock(id) != nil else { return .action(false, remark: OpportunityWriter.missing(id)) }
        let owner: String?
        if let user = arguments.text("userId") {
            guard !user.isEmpty else { return .action(false, remark: FieldError("User with id  not found", code: .notFound)) }
            do {
                owner = try await writer.existingOwner(user)
            } catch let error as FieldError {
                return .action(false, remark: error)
            }
        } else {
            owner = nil
        }
        try await transaction.run(
            Query(OpportunityTable.setOwner, [context.tenantParameter, .text(id), Parameter(text: owner)]), context)
        return .action(true)
    }
}
