internal import GraphQL
internal import Postgres
internal import Records

/// Contacts: the people a tenant knows.
enum ContactDomain: Domain {
    static let contact = Entity(
        "Contact", table: "contact", visible: "t.state IN ('LIVE', 'HIDDEN')",
        columns: .record.merging(["owner_id": "t.owner_id"]) { $1 }.merging(Enrichment.columns) { $1 },
        fields: .metadata + .recordFields + [
            .column("prefix", "t.prefix", .text),
            .constant("title", json: "null"),
            .constant("label", json: "null"),
            .column("name", "t.name", .text),
            .column("firstName", "t.first_name", .text),
            .column("lastName", "t.last_name", .text),
            .column("username", "t.username", .text),
            .column("description", "t.description", .text),
            .column("timezone", "t.timezone", .text),
            .column("profilePhotoUrl", "t.profile_photo_url", .text),
            .column("hide", "t.state = 'HIDDEN'", .boolean),
            .embedded("enrichDetails"),
            .relation("owner", .toOne("owner_id", "app_user")),
            .relation("primaryEmail", .emails(of: "contact", primaryOnly: true)),
            .relation("emails", .emails(of: "contact")),
            .relation("phoneNumbers", .phoneNumbers(of: "contact")),
            .relation("jobRoles", .toMany("job_role", by: "contact_id", order: "t.job_title, t.created_at, t.id")),
            .relation("latestOrganizationWithJobRole", latestRole),
            .relation(
                "locations", .through("contact_location", "contact_id", "location_id", "location", order: "t.name, t.created_at, t.id")),
            .relation("socials", .through("contact_social", "contact_id", "social_id", "social", order: "t.url, t.created_at, t.id")),
            .relation("tags", .through("contact_tag", "contact_id", "tag_id", "tag", order: "l.tagged_at, t.name, t.id")),
            .relation("connectedUsers", connectedUsers),
            .relation("customFields", .toMany("custom_field", by: "contact_id", order: "t.name, t.data_type, t.id")),
            Organization.pageOfContact,
            .resolved("timelineEvents", ReadField.timeline(.contact)),
            .resolvedLeaf("timelineEventsTotalCount", ReadField.timelineCount(.contact), .int64),
        ])

    /// Current roles before ended ones, then the latest first. The first row of a contact counts.
    private static let latestRole = Relation(
        parentColumn: "id",
        from: """
            job_role t JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id AND o.state IN ('LIVE', 'HIDDEN')
            """,
        key: "t.contact_id", tenant: "t.tenant_id", condition: nil,
        order: "t.ended_at DESC NULLS FIRST, t.started_at DESC NULLS LAST, t.created_at DESC, t.id DESC", cardinality: .one,
        overrides: [:])

    private static let organizationWithJobRole = Entity(
        "OrganizationWithJobRole", table: "job_role", columns: ["id": "t.id", "organization_id": "t.organization_id"],
        fields: [
            .relation("organization", .toOne("organization_id", "organization")),
            .relation("jobRole", .toOne("id", "job_role")),
        ])

    /// The users who took part, as themselves or through an address, in an event on the contact's timeline.
    private static let connectedUsers = Relation(
        parentColumn: "id",
        from: """
            (SELECT c.tenant_id, c.contact_id, p.user_id FROM contact_timeline c \
            JOIN timeline_event_participant p ON p.tenant_id = c.tenant_id AND p.timeline_event_id = c.timeline_event_id \
            WHERE c.tenant_id = $1 AND c.contact_id = ANY ($2::uuid[]) AND p.user_id IS NOT NULL UNION \
            SELECT c.tenant_id, c.contact_id, u.user_id FROM contact_timeline c \
            JOIN timeline_event_participant p ON p.tenant_id = c.tenant_id AND p.timeline_event_id = c.timeline_event_id \
            JOIN user_email u ON u.tenant_id = p.tenant_id AND u.email_id = p.email_id \
            WHERE c.tenant_id = $1 AND c.contact_id = ANY ($2::uuid[])) l \
            JOIN app_user t ON t.tenant_id = l.tenant_id AND t.id = l.user_id
            """,
        key: "l.contact_id", tenant: "l.tenant_id", condition: nil, order: "t.first_name, t.last_name, t.id", cardinality: .many,
        overrides: [:])

    private static let customerContact = Entity(
        "CustomerContact", table: "contact", columns: ["id": "t.id"],
        fields: [
            .alias("id", of: "id", .identifier),
            .relation("email", .emails(of: "contact", primaryOnly: true)),
        ])

    private static let customerEmail = Entity(
        "CustomerEmail", table: "email", columns: ["id": "t.id"], fields: [.alias("id", of: "id", .identifier)])

    static let entities = [contact, organizationWithJobRole, customerContact, customerEmail, CustomField.value, CustomField.template]

    static let objects: [String: [String: FieldBinding]] = [
        "ContactsPage": FieldBinding.page(totalAvailable: false),
        "EnrichDetails": Enrichment.bindings,
        "CreateContactBulkResponse": [
            "createdIds": .column("createdIds", .array(.text)), "failedInputs": .column("failedInputs", .array(.text)),
        ],
    ]

    static let queries: [String: FieldBinding] = [
        "contact": .lookup(.byID("contact")),
        "contacts": .page(page(ofOrganization: false)),
        "contact_ByEmail": .lookup(.contactByEmail),
        "contact_ByPhone": .lookup(.contactByPhone),
        "contact_ByLinkedIn": .lookup(.contactByLinkedIn),
        "contact_ExistsByLinkedIn": .resolvedLeaf(ExistenceResolver(.contactByLinkedIn, contact), .boolean),
    ]

    static let mutations: [String: FieldBinding] = [
        "contact_Create": .resolvedLeaf(CreateContact(), .identifier),
        "contact_CreateForOrganization": .resolved(CreateContactForOrganization()),
        "customer_contact_Create": .resolved(CreateCustomerContact()),
        "contact_CreateBulkByEmailV2": .resolved(CreateContactsInBulk(.email)),
        "contact_CreateBulkByLinkedInV2": .resolved(CreateContactsInBulk(.linkedIn)),
        "contact_CreateBulkByEmail": .resolvedLeaf(FailedContactsInBulk(.email), .text),
        "contact_CreateBulkByLinkedIn": .resolvedLeaf(FailedContactsInBulk(.linkedIn), .text),
        "contact_Update": .resolved(UpdateContact()),
        "contact_Merge": .resolved(MergeContacts()),
        "contact_Hide": .resolved(HideContact()),
        "contact_Archive": .resolved(ArchiveContact.toArchive),
        "contact_RestoreFromArchive": .resolved(ArchiveContact.fromArchive),
        "contact_HardDelete": .resolved(HardDeleteContact()),
        "contact_AddOrganizationById": .resolved(AddContactOrganization()),
        "contact_RemoveOrganizationById": .resolved(RemoveContactOrganization()),
    ]

    /// All contacts that are not hidden, of the tenant or of each organization.
    static func page(ofOrganization: Bool) -> Page {
        guard ofOrganization else {
            return Page(
                scope: .tenant, from: "contact t", condition: "t.tenant_id = $1 AND t.state = 'LIVE'", sortKeys: ContactList.sortKeys,
                filterProperties: ContactList.filterProperties,
                count: """
                    SELECT coalesce(sum(count), 0) FROM kept_count_now \
                    WHERE tenant_id = $1 AND subject = 'contact' AND state = 'LIVE'
                    """)
        }
        return Page(
            scope: .parent(key: "j.organization_id"),
            from: """
                (SELECT DISTINCT tenant_id, organization_id, contact_id FROM job_role \
                WHERE tenant_id = $1 AND organization_id = ANY ($2::uuid[]) AND contact_id IS NOT NULL) j \
                JOIN contact t ON t.tenant_id = j.tenant_id AND t.id = j.contact_id
                """,
            condition: "t.tenant_id = $1 AND t.state = 'LIVE'", sortKeys: ContactList.sortKeys,
            filterProperties: ContactList.filterProperties,
            count: """
                SELECT j.organization_id, count(DISTINCT j.contact_id) FROM job_role j \
                JOIN contact t ON t.tenant_id = j.tenant_id AND t.id = j.contact_id AND t.state = 'LIVE' \
                WHERE j.tenant_id = $1 AND j.organization_id = ANY ($2::uuid[]) GROUP BY j.organization_id
                """)
    }
}
