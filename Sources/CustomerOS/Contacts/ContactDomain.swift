internal import GraphQL
internal import Postgres

/// Contacts: the people a tenant knows.
enum ContactDomain: Domain {
    static let contact = Entity(
        "Contact", table: "contact", visible: "t.state IN ('LIVE', 'HIDDEN')",
        columns: .record.merging(["owner_id": "t.owner_id"]) { $1 },
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
            .relation("owner", .toOne("owner_id", "app_user")),
            .relation("primaryEmail", .emails(of: "contact", primaryOnly: true)),
            .relation("emails", .emails(of: "contact")),
            .relation("phoneNumbers", .phoneNumbers(of: "contact")),
            .relation("jobRoles", .toMany("job_role", by: "contact_id", order: "t.job_title, t.created_at, t.id")),
            .relation(
                "locations", .through("contact_location", "contact_id", "location_id", "location", order: "t.name, t.created_at, t.id")),
            .relation("socials", .through("contact_social", "contact_id", "social_id", "social", order: "t.url, t.created_at, t.id")),
            .relation("tags", .through("contact_tag", "contact_id", "tag_id", "tag", order: "l.tagged_at, t.name, t.id")),
            .page("organizations", OrganizationDomain.pageOfContact),
        ])

    static let entities = [contact]

    static let objects = ["ContactsPage": FieldBinding.page(totalAvailable: false)]

    static let queries: [String: FieldBinding] = [
        "contact": .lookup(.byID("contact")),
        "contacts": .page(page(ofOrganization: false)),
        // Whoever has the address as it was written or as it was cleaned; visible contacts first, then the oldest.
        "contact_ByEmail": .lookup(
            Lookup(
                from: "contact t",
                // Step by step through three indexes: as a join, the planner reads all links of the tenant.
                condition: """
                    t.tenant_id = $1 AND t.id = ANY (ARRAY(SELECT l.contact_id FROM contact_email l \
                    WHERE l.tenant_id = $1 AND l.email_id = ANY (ARRAY(\
                    SELECT e.id FROM email e WHERE e.tenant_id = $1 AND fold(e.raw_email) = fold($2) UNION ALL \
                    SELECT e.id FROM email e WHERE e.tenant_id = $1 AND e.email <> '' AND fold(e.email) = fold($2)))))
                    """,
                order: "t.state = 'HIDDEN', t.created_at, t.id", argument: "email"
            ) { text in
                let address = text.trimmingBlanks
                return address.isEmpty ? nil : .text(address)
            }),
    ]

    static let mutations: [String: FieldBinding] = ["contact_CreateForOrganization": .resolved(CreateContactForOrganization())]

    /// All contacts that are not hidden, of the tenant or of each organization.
    static func page(ofOrganization: Bool) -> Page {
        guard ofOrganization else {
            return Page(
                scope: .tenant, from: "contact t", condition: "t.tenant_id = $1 AND t.state = 'LIVE'", sortKeys: sortKeys,
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
            condition: "t.tenant_id = $1 AND t.state = 'LIVE'", sortKeys: sortKeys,
            count: """
                SELECT j.organization_id, count(DISTINCT j.contact_id) FROM job_role j \
                JOIN contact t ON t.tenant_id = j.tenant_id AND t.id = j.contact_id AND t.state = 'LIVE' \
                WHERE j.tenant_id = $1 AND j.organization_id = ANY ($2::uuid[]) GROUP BY j.organization_id
                """)
    }

    private static let sortKeys = [
        SortKey("PREFIX", "t.prefix", ignoresCase: true),
        SortKey("NAME", "t.name", ignoresCase: true, isIndexed: true),
        SortKey("FIRST_NAME", "t.first_name", ignoresCase: true, isIndexed: true),
        SortKey("LAST_NAME", "t.last_name", ignoresCase: true, isIndexed: true),
        SortKey("DESCRIPTION", "t.description", ignoresCase: true),
        SortKey("TIMEZONE", "t.timezone", ignoresCase: true),
        SortKey("PROFILE_PHOTO_URL", "t.profile_photo_url", ignoresCase: true),
        SortKey("USERNAME", "t.username", ignoresCase: true),
        SortKey("CREATED_AT", "t.created_at", isIndexed: true),
        SortKey("UPDATED_AT", "t.updated_at", isIndexed: true),
        SortKey("HIDE", "t.state = 'HIDDEN'"),
    ]
}
