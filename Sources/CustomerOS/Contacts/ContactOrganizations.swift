internal import GraphQL
internal import Postgres

/// `contact_AddOrganizationById`: the contact has a role at the organization afterwards, one if it had none.
final class AddContactOrganization: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let contact = arguments.input.text("contactId") ?? ""
        let organization = arguments.input.text("organizationId") ?? ""
        let tenant = context.tenantParameter
        guard UUIDKey.isValid(contact) else { throw Self.missing(contact) }
        guard UUIDKey.isValid(organization) else { throw Self.failure(organization, contact) }
        let found = try await transaction.run(
            [
                Query(OrganizationTable.lock, [tenant, .text(organization)]), Query(ContactTable.lock, [tenant, .text(contact)]),
            ], context)
        guard found[1].rowCount == 1 else { throw Self.missing(contact) }
        guard found[0].rowCount == 1 else { throw Self.failure(organization, contact) }
        try await transaction.run(
            [
                Query(ContactTable.insertMissingRole, [tenant, .text(Identifiers.uuid()), .text(contact), .text(organization)]),
                Query(ContactTable.touch, [tenant, .text(contact)]),
                ContactTable.refreshLinks(of: [contact], and: [organization], tenant),
            ], context)
        return contact
    }

    private static func missing(_ contact: String) -> FieldError { FieldError("Contact \(contact) not found", code: .notFound) }

    private static func failure(_ organization: String, _ contact: String) -> FieldError {
        FieldError("Failed to add organization \(organization) to contact \(contact)", code: .notFound)
    }
}

/// `contact_RemoveOrganizationById`: all roles of the contact at the organization end, also at one that is archived.
final class RemoveContactOrganization: ObjectMutation, @unchecked Sendable {
    private static let lockOrganization = Statement(
        "organization.lock_any", "SELECT id FROM organization WHERE tenant_id = $1 AND id = $2::uuid FOR NO KEY UPDATE")

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let contact = arguments.input.text("contactId") ?? ""
        let organization = arguments.input.text("organizationId") ?? ""
        let tenant = context.tenantParameter
        let failure = FieldError("Failed to remove organization \(organization) from contact \(contact)", code: .notFound)
        guard UUIDKey.isValid(contact), UUIDKey.isValid(organization) else { throw failure }
        let found = try await transaction.run(
            [
                Query(Self.lockOrganization, [tenant, .text(organization)]), Query(ContactTable.lock, [tenant, .text(contact)]),
            ], context)
        guard found[0].rowCount == 1, found[1].rowCount == 1 else { throw failure }
        try await transaction.run(
            [
                Query(ContactTable.deleteRoles, [tenant, .text(contact), .text(organization)]),
                Query(ContactTable.touch, [tenant, .text(contact)]),
                ContactTable.refreshLinks(of: [contact], and: [organization], tenant),
            ], context)
        return contact
    }
}
