internal import GraphQL
internal import Records

/// `contact_Create`: always a new contact, even if its address is known.
struct CreateContact: Change {
    static let fields = ["contact_Create"]
    static let ignored = ["templateId", "customFields", "ownerId", "appSource", "email.appSource"]

    func perform(_ input: ContactInput, _ change: Changing) async throws -> ID<Contact> {
        try await ContactCreation(change).create(input)
    }
}

/// `customer_contact_Create`: a contact identified by its e-mail, which is therefore required.
struct CreateCustomerContact: Change {
    static let fields = ["customer_contact_Create"]
    static let ignored = ["appSource", "email.appSource"]

    func perform(_ input: ContactInput, _ change: Changing) async throws -> Written<CustomerContact> {
        guard input.email?.text.isEmpty == false else {
            throw FieldError(
                "Failed to create contact: an e-mail address is needed. Use contact_Create for a contact without one.",
                code: .badUserInput, field: "input.email")
        }
        return Written(ID(try await ContactCreation(change).create(input).text))
    }
}

/// `contact_CreateForOrganization`: a contact with its first job role, at an existing organization.
struct CreateContactForOrganization: Change {
    static let fields = ["contact_CreateForOrganization"]
    static let ignored = CreateContact.ignored.map { "input.\($0)" }

    struct Input: Decodable {
        let organizationId: ID<Organization>
        let input: ContactInput
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Contact> {
        let organization = input.organizationId
        guard !organization.isNobody, try await !change.run(Organization.lock, organization).isEmpty else {
            throw FieldError("Organization with id \(organization) not found", code: .notFound)
        }
        return Written(try await ContactCreation(change).create(input.input, at: organization))
    }
}
