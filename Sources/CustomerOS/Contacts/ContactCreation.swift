internal import GraphQL
internal import Postgres
internal import Records

/// The creation of a contact, with its input's e-mail, phone number, profile and external links.
struct ContactCreation {
    let id = Identifiers.uuid()
    var input: InputObject
    /// The organization where the contact has its first role, locked by the caller.
    var organization: String?

    mutating func run(_ transaction: Transaction, _ context: RequestContext) async throws {
        let tenant = context.tenantParameter
        try input.normalize("timezone", as: "input.timezone", failure: "Failed to create contact", by: TimeZoneName.normal)
        let names = ContactName(name: input.text("name") ?? "", first: input.text("firstName") ?? "", last: input.text("lastName") ?? "")
            .completed
        let values: [Parameter] = [
            tenant, .text(id), .text(names.name), .text(names.first), .text(names.last), Parameter(input["createdAt"]),
        ]
        var queries = [Query(ContactTable.insert, values + ContactTable.patch.parameters(input))]
        if let organization {
            queries.append(Query(ContactTable.insertFirstRole, [tenant, .text(Identifiers.uuid()), .text(id), .text(organization)]))
        }
        if let query = externalLink(tenant) { queries.append(query) }
        try await transaction.run(queries, context)
        try await linkSocial(transaction, context)
        // The address may exist: its events then belong on the timelines of the contact and its organization.
        let change = Changing(transaction, context)
        if let email = try input.object("email").map({ try EmailInput(from: InputDecoder($0)) }), !email.text.isEmpty {
            let address = try await email.merge(at: "input.email", change)
            try await Contact.emailLinks.put(address, on: ID(id), primary: email.primary, label: nil, change)
        }
        if let phone = try input.object("phoneNumber").map({ try PhoneNumberInput(from: InputDecoder($0)) }), !phone.text.isEmpty {
            let address = try await phone.merge(at: "input.phoneNumber", change)
            try await Contact.phoneNumberLinks.put(
                address, on: ID(id), primary: phone.primary, label: phone.label?.rawValue, change)
        }
    }

    /// A LinkedIn profile identifies one person: two contacts with the same profile would be the same.
    private func linkSocial(_ transaction: Transaction, _ context: RequestContext) async throws {
        guard let url = input.text("socialUrl")?.trimmingBlanks, !url.isEmpty else { return }
        let social: SocialURL
        do throws(ValueRefusal) { social = try SocialURL(url) } catch {
            throw FieldError(error, field: "input.socialUrl", failure: "Failed to create contact")
        }
        let change = Changing(transaction, context)
        guard try await !Contact.socialLinks.isTaken(social, by: ID(id), change) else {
            throw FieldError("Failed to create contact: linkedin url is already used", code: .conflict, field: "input.socialUrl")
        }
        try await Contact.socialLinks.add(social, to: ID(id), change)
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

/// `contact_Create`: always a new contact, even if its address is known.
final class CreateContact: LeafMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> [String] {
        var creation = ContactCreation(input: arguments.input)
        try await creation.run(transaction, context)
        return [creation.id]
    }
}

/// `customer_contact_Create`: a contact identified by its e-mail, which is therefore required.
final class CreateCustomerContact: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let address = arguments.input.object("email")?.text("email")?.trimmingBlanks ?? ""
        guard !address.isEmpty else {
            throw FieldError(
                "Failed to create contact: an e-mail address is needed. Use contact_Create for a contact without one.",
                code: .badUserInput, field: "input.email")
        }
        var creation = ContactCreation(input: arguments.input)
        try await creation.run(transaction, context)
        return creation.id
    }
}

/// `contact_CreateForOrganization`: a contact with its first job role, at an existing organization.
final class CreateContactForOrganization: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let organization = arguments.text("organizationId") ?? ""
        guard UUIDKey.isValid(organization),
            try await transaction.run(Organization.lock.query(ID(organization), for: context.issuer), context).rowCount == 1
        else { throw FieldError("Organization with id \(organization) not found", code: .notFound) }
        var creation = ContactCreation(input: arguments.input, organization: organization)
        try await creation.run(transaction, context)
        return creation.id
    }
}
