internal import GraphQL
internal import Postgres
internal import Records

/// `contact_AddOrganizationById`: gives the contact a role at the organization, unless it has one.
struct AddContactOrganization: Change {
    static let fields = ["contact_AddOrganizationById"]

    struct Input: Decodable {
        let contactId: ID<Contact>
        let organizationId: ID<Organization>
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Contact> {
        let (contact, organization) = (input.contactId, input.organizationId)
        let lock = contact.isNobody ? nil : try await ContactLock([contact], and: organization, change)
        guard let lock, !lock.contacts.isEmpty else {
            throw FieldError("Contact \(contact) not found", code: .notFound)
        }
        guard lock.organizations.contains(where: { $0.id == organization && $0.isVisible }) else {
            throw FieldError("Failed to add organization \(organization) to contact \(contact)", code: .notFound)
        }
        try await change.run(
            ContactRoles.insertMissing.with((.new(), contact, organization)), Contact.touch.with(contact),
            JobRoleStatements.refreshTimelines.with((contact, lock.organizations.map(\.id))))
        return Written(contact)
    }
}

/// `contact_RemoveOrganizationById`: removes all roles of the contact at the organization, even an archived one.
struct RemoveContactOrganization: Change {
    static let fields = ["contact_RemoveOrganizationById"]

    typealias Input = AddContactOrganization.Input

    private static let findOrganization = Statement<ID<Organization>, ID<Organization>>("organization.find_any") { id in
        "SELECT id FROM organization WHERE tenant_id = \(id.tenant) AND id = \(id.value)"
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Contact> {
        let (contact, organization) = (input.contactId, input.organizationId)
        let missing = FieldError(
            "Failed to remove organization \(organization) from contact \(contact)", code: .notFound)
        guard !contact.isNobody, !organization.isNobody else { throw missing }
        let lock = try await ContactLock([contact], change)
        guard !lock.contacts.isEmpty, try await !change.run(Self.findOrganization, organization).isEmpty else {
            throw missing
        }
        try await change.run(
            ContactRoles.keepEvents.with((contact, organization)), ContactRoles.delete.with((contact, organization)),
            Contact.touch.with(contact),
            JobRoleStatements.refreshTimelines.with((contact, lock.organizations.map(\.id))))
        return Written(contact)
    }
}
