internal import GraphQL
internal import Postgres

/// A contact that comes into being, with what its input says of e-mail, phone number, profile and other systems.
struct ContactCreation {
    let id = Identifiers.uuid()
    let input: InputObject
    /// The organization where the contact has its first role, locked by the caller.
    var organization: String?

    func run(_ transaction: Transaction, _ context: RequestContext) async throws {
        let tenant = context.tenantParameter
        let names = ContactName(input)
        let values: [Parameter] = [
            tenant, .text(id), .text(names.name), .text(names.first), .text(names.last), Parameter(input["createdAt"]),
        ]
        var queries = [Query(ContactTable.insert, values + ContactTable.patch.parameters(input))]
        if let organization {
            queries.append(Query(ContactTable.insertFirstRole, [tenant, .text(Identifiers.uuid()), .text(id), .text(organization)]))
        }
        if let query = socialLink(tenant) { queries.append(query) }
        if let query = externalLink(tenant) { queries.append(query) }
        try await transaction.run(queries, context)
        let hasEmail = try await linkEmail(transaction, context)
        let hasPhoneNumber = try await linkPhoneNumber(transaction, context)
        // The address may be known: what was said through it is now said by the contact.
        guard hasEmail || hasPhoneNumber else { return }
        try await transaction.run(ContactTable.refreshLinks(of: [id], and: organization.map { [$0] } ?? [], tenant), context)
    }

    private func linkEmail(_ transaction: Transaction, _ context: RequestContext) async throws -> Bool {
        guard let address = input.object("email")?.text("email")?.trimmingBlanks, !address.isEmpty else { return false }
        let email = try await EmailTable.merge(address, transaction, context)
        // The first address of a contact is its primary one.
        try await transaction.run(Query(ContactTable.linkEmail, [context.tenantParameter, .text(id), .text(email)]), context)
        return true
    }

    private func linkPhoneNumber(_ transaction: Transaction, _ context: RequestContext) async throws -> Bool {
        guard let phone = input.object("phoneNumber"), let number = phone.text("phoneNumber")?.trimmingBlanks, !number.isEmpty else {
            return false
        }
        let numberID = try await PhoneNumberTable.merge(number, transaction, context)
        let isPrimary = phone.flag("primary") ?? false
        try await transaction.run(
            Query(
                ContactTable.linkPhoneNumber,
                [
                    context.tenantParameter, .text(id), .text(numberID), .text(isPrimary ? "true" : "false"),
                    Parameter(text: phone.text("label")),
                ]), context)
        return true
    }

    private func socialLink(_ tenant: Parameter) -> Query? {
        guard let url = input.text("socialUrl")?.trimmingBlanks, !url.isEmpty else { return nil }
        let social = SocialURL(url)
        return Query(
            ContactTable.insertSocial,
            [tenant, .text(Identifiers.uuid()), .text(id), .text(social.url), .text(social.key), .text(social.alias)])
    }

    private func externalLink(_ tenant: Parameter) -> Query? {
        guard let reference = input.object("externalReference"), let system = reference.text("type"),
            let externalID = reference.text("externalId")
        else { return nil }
        return Query(
            ContactTable.insertExternalLink,
            [
                tenant, .text(Identifiers.uuid()), .text(id), .text(system), .text(externalID),
                Parameter(text: reference.text("externalUrl")),
                Parameter(text: reference.text("externalSource")), Parameter(reference["syncDate"]),
            ])
    }
}

/// `contact_Create`: always a new contact, also when its address is known.
final class CreateContact: LeafMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> [String] {
        let creation = ContactCreation(input: arguments.input)
        try await creation.run(transaction, context)
        return [creation.id]
    }
}

/// `customer_contact_Create`: a contact known by its e-mail, which is therefore demanded.
final class CreateCustomerContact: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let address = arguments.input.object("email")?.text("email")?.trimmingBlanks ?? ""
        guard !address.isEmpty else {
            throw FieldError(
                "Failed to create contact: an e-mail address is needed. Use contact_Create for a contact without one.",
                code: .badUserInput, details: [GraphQLError.Detail(name: "field", value: .string("input.email"))])
        }
        let creation = ContactCreation(input: arguments.input)
        try await creation.run(transaction, context)
        return creation.id
    }
}

/// `contact_CreateForOrganization`: a contact with its first job role, at an organization that must be there.
final class CreateContactForOrganization: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let organization = arguments.text("organizationId") ?? ""
        guard UUIDKey.isValid(organization),
            try await transaction.run(Query(OrganizationTable.lock, [context.tenantParameter, .text(organization)]), context).rowCount == 1
        else { throw FieldError("Organization with id \(organization) not found", code: .notFound) }
        let creation = ContactCreation(input: arguments.input, organization: organization)
        try await creation.run(transaction, context)
        return creation.id
    }
}
