internal import GraphQL
internal import Postgres

/// `opportunity_Save`, and `opportunity_Create` and `opportunity_Update`, which have some of its members: creates, even
/// without an organization, or changes what the input names.
final class SaveOpportunity: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        try await OpportunityWriter(transaction: transaction, context: context).save(arguments.input)
    }
}

/// `opportunity_Update`: the id is required, and must not be empty.
final class UpdateOpportunity: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        guard let id = arguments.input.text("opportunityId"), !id.isEmpty else { throw OpportunityWriter.missing("") }
        return try await OpportunityWriter(transaction: transaction, context: context).save(arguments.input)
    }
}

/// `opportunity_Create`: the organization is required, and must not be empty.
final class CreateOpportunity: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        guard let id = arguments.input.text("organizationId"), !id.isEmpty else {
            throw FieldError("Organization with id  not found", code: .notFound)
        }
        return try await OpportunityWriter(transaction: transaction, context: context).save(arguments.input)
    }
}
