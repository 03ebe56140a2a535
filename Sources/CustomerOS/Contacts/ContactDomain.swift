internal import GraphQL
internal import Postgres
internal import Records

/// The creation of contacts.
enum ContactDomain: Domain {
    static let objects: [String: [String: FieldBinding]] = [
        "CreateContactBulkResponse": [
            "createdIds": .column("createdIds", .array(.text)), "failedInputs": .column("failedInputs", .array(.text)),
        ]
    ]

    static let mutations: [String: FieldBinding] = [
        "contact_Create": .resolvedLeaf(CreateContact(), .identifier),
        "contact_CreateForOrganization": .resolved(CreateContactForOrganization()),
        "customer_contact_Create": .resolved(CreateCustomerContact()),
        "contact_CreateBulkByEmailV2": .resolved(CreateContactsInBulk(.email)),
        "contact_CreateBulkByLinkedInV2": .resolved(CreateContactsInBulk(.linkedIn)),
        "contact_CreateBulkByEmail": .resolvedLeaf(FailedContactsInBulk(.email), .text),
        "contact_CreateBulkByLinkedIn": .resolvedLeaf(FailedContactsInBulk(.linkedIn), .text),
    ]
}
