internal import GraphQL
internal import Postgres
internal import Records

/// `contact_AddOrganizationById`: gives the contact a role at the organization, unless it has one.
final class AddContactOrganization: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let contact = arguments.input.text("contactId") ?? ""
        let organization = arguments.input.text("organizationId") ?? ""
        let tenant = context.tenantParameter
        guard let owner = try await JobRoleOwner(ID(contact), ID(organization), Changing(transaction, context)) else {
            guard UUIDKey.isValid(contact),
                try await transaction.run(Query(ContactTable.lock, [tenant, .text(contact)]), context).rowCount == 1
            else { throw FieldError("Contact \(contact) not found", code: .notFound) }
            throw FieldError("Failed to add organization \(organization) to contact \(contact)", code: .notFound)
        }
        try await transaction.run(
            [
                Query(ContactTable.insertMissingRole, [tenant, .text(Identifiers.uuid()), .text(contact), .text(organization)]),
                Query(ContactTable.touch, [tenant, .text(contact)]),
                JobRoleStatements.refreshTimelines.query((owner.contact, owner.organizations), for: context.issuer),
            ], context)
        return contact
    }
}

/// `contact_RemoveOrganizationById`: removes all roles of the contact at the organization, even an archived one.
final class RemoveContactOrganization: ObjectMutation, @unchecked Sendable {
    private static let findOrganization = StatementText(
        "organization.find_any", "SELECT id FROM organization WHERE tenant_id = $1 AND id = $2::uuid")

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let contact = arguments.input.text("contactId") ?? ""
        let organization = arguments.input.text("organizationId") ?? ""
        let tenant = context.tenantParameter
        guard UUIDKey.isValid(organization),
            let owner = try await JobRoleOwner(ID(contact), nil, Changing(transaction, context)),
            try await transaction.run(Query(Self.findOrganization, [tenant, .text(organization)]), context).rowCount == 1
        else { throw FieldError("Failed to remove organization \(organization) from contact \(contact)", code: .notFound) }
        let pair: [Parameter] = [tenant, .text(contact), .text(organization)]
        try await transaction.run(
            [
                Query(ContactTable.keepEventsOfRoles, pair), Query(ContactTable.deleteRoles, pair),
                Query(ContactTable.touch, [tenant, .text(contact)]),
                JobRoleStatements.refreshTimelines.query((owner.contact, owner.organizations), for: context.issuer),
            ], context)
        return contact
    }
}
