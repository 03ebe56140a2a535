internal import GraphQL
internal import Postgres
internal import Records

/// The reads and changes of contacts.
enum Contacts {
    static let feature = Feature([
        .type(Contact.self), .type(OrganizationWithJobRole.self), .type(CustomerContact.self),
        .type(CustomerEmail.self),
        .object("ContactsPage", .page()),
        .object("EnrichDetails", Enrichment.bindings),
        .lookup("contact", Contact.self),
        .page(
            "contacts", Contact.self, where: "t.state = 'LIVE'",
            count: """
                SELECT coalesce(sum(count), 0) FROM kept_count_now
                WHERE tenant_id = $1 AND subject = 'contact' AND state = 'LIVE'
                """),
        .lookup("contact_ByEmail", ContactSearch.byEmail),
        .lookup("contact_ByPhone", ContactSearch.byPhoneNumber),
        .lookup("contact_ByLinkedIn", ContactSearch.byLinkedIn),
        .exists("contact_ExistsByLinkedIn", ContactSearch.byLinkedIn),
        .change(CreateContact.self), .change(CreateCustomerContact.self), .change(CreateContactForOrganization.self),
        .change(CreateContactsByEmail.self), .change(CreateContactsByLinkedIn.self),
        .change(FindFailedAddresses.self), .change(FindFailedProfiles.self),
        .change(UpdateContact.self), .change(MergeContacts.self),
        .change(HideContact.self), .change(ArchiveContact.self), .change(RestoreContact.self),
        .change(HardDeleteContact.self),
        .change(AddContactOrganization.self), .change(RemoveContactOrganization.self),
    ])
}
