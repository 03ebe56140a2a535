internal import GraphQL
internal import Postgres
internal import Records

/// `jobRole_Create`: adds a role to a contact.
final class CreateJobRole: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let contact = arguments.text("contactId") ?? ""
        let organization = JobRoleOwner.organization(of: arguments.input)
        guard let owner = try await JobRoleOwner(contact: contact, organization: organization, transaction, context) else {
            throw FieldError("Failed add job role to contact \(contact)", code: .notFound)
        }
        return try await owner.create(arguments.input, transaction, context)
    }
}

/// `jobRole_Update`: replaces a contact's role. What is absent is cleared, except the organization.
final class UpdateJobRole: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let input = arguments.input
        let id = input.text("id") ?? ""
        let missing = FieldError("Failed update role \(id)", code: .notFound)
        guard UUIDKey.isValid(id),
            let owner = try await JobRoleOwner(
                contact: arguments.text("contactId") ?? "", organization: JobRoleOwner.organization(of: input), transaction, context),
            try await owner.update(id, input, by: JobRoleTable.overwrite, transaction, context)
        else { throw missing }
        return id
    }
}

/// `jobRole_Delete`: deletes a contact's role. Succeeds even if there is none.
final class DeleteJobRole: OutcomeMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        let contact = arguments.text("contactId") ?? ""
        let id = arguments.text("roleId") ?? ""
        guard let owner = try await JobRoleOwner(contact: contact, organization: nil, transaction, context) else {
            throw FieldError("Failed remove job role \(id) from contact \(contact)", code: .notFound, field: "contactId")
        }
        if UUIDKey.isValid(id) { try await owner.delete(id, transaction, context) }
        return .done
    }
}

/// `jobRole_Save`: adds a role, or changes the given values of one.
final class SaveJobRole: LeafMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> [String] {
        let input = arguments.input
        let organization = JobRoleOwner.organization(of: input)
        let given = input.text("contactId").flatMap { $0.isEmpty ? nil : $0 }
        guard let id = input.text("id"), !id.isEmpty else {
            guard let given else {
                throw FieldError("Failed to save job role: a contact is needed", code: .badUserInput, field: "input.contactId")
            }
            guard let owner = try await JobRoleOwner(contact: given, organization: organization, transaction, context) else {
                throw FieldError("Failed add job role to contact \(given)", code: .notFound)
            }
            return [try await owner.create(input, transaction, context)]
        }
        guard UUIDKey.isValid(id), let contact = try await contact(of: id, transaction, context),
            given == nil || given?.lowercased() == contact,
            let owner = try await JobRoleOwner(contact: contact, organization: organization, transaction, context),
            try await owner.update(id, input, by: JobRoleTable.change, transaction, context)
        else { throw FieldError("Failed update role \(id)", code: .notFound) }
        return [id]
    }

    private func contact(of role: String, _ transaction: Transaction, _ context: RequestContext) async throws -> String? {
        try await transaction.run(Query(JobRoleTable.find, [context.tenantParameter, .text(role)]), context).firstText
    }
}
