internal import GraphQL
internal import Postgres

/// Organizations: the companies a tenant knows.
enum OrganizationDomain: Domain {
    static let organization = Entity(
        "Organization", table: "organization", visible: "t.state IN ('LIVE', 'HIDDEN')",
        columns: .record.merging([
            "owner_id": "t.owner_id"
        ]) { $1 },
        fields: .metadata + .recordFields + [
            .column("customerOsId", "t.customer_os_id", .text),
            .column("name", "t.name", .text),
            .column("description", "t.description", .text),
            .column("website", "t.website", .text),
            .column("employees", "coalesce(t.employees, 0)", .int64),
            .column("market", "t.market", .enumeration),
            .column("stage", "nullif(t.stage, '')", .enumeration),
            .column("stageLastUpdated", "t.stage_changed_at", .time),
            .column("relationship", "t.relationship", .enumeration),
            .column("yearFounded", "t.year_founded", .int64),
            .column("logoUrl", "t.logo_url", .text),
            .alias("logo", of: "logoUrl", .text),
            .column("iconUrl", "t.icon_url", .text),
            .alias("icon", of: "iconUrl", .text),
            .column("referenceId", "nullif(t.reference_id, '')", .text),
            .alias("customId", of: "referenceId", .text),
            .column("slackChannelId", "t.slack_channel_id", .text),
            .column("employeeGrowthRate", "t.employee_growth_rate", .text),
            .column("headquarters", "t.headquarters", .text),
            .column("industry", "t.industry", .text),
            .column("subIndustry", "t.sub_industry", .text),
            .column("industryGroup", "t.industry_group", .text),
            .column("wrongIndustry", "t.wrong_industry", .boolean),
            .column("lastFundingAmount", "t.last_funding_amount", .text),
            .column("lastFundingRound", "nullif(t.last_funding_round, '')", .enumeration),
            .column("notes", "t.notes", .text),
            .alias("note", of: "notes", .text),
            .column("public", "coalesce(t.is_public, false)", .boolean),
            .alias("isPublic", of: "public", .boolean),
            .column("targetAudience", "t.target_audience", .text),
            .column("valueProposition", "t.value_proposition", .text),
            .column("leadSource", "t.lead_source", .text),
            .column("icpFit", "t.icp_fit", .boolean),
            .column("hide", "t.state = 'HIDDEN'", .boolean),
            .column("isCustomer", "coalesce(t.relationship = 'CUSTOMER', false)", .boolean),
            .column("qualificationStatus", "t.qualification_status", .enumeration),
            .column("qualifiedBy", "t.qualified_by", .enumeration),

            .relation("owner", .toOne("owner_id", "app_user")),
            .leaf(
                "domains",
                .many(
                    """
                    SELECT organization_id, domain FROM organization_domain \
                    WHERE tenant_id = $1 AND organization_id = ANY ($2::uuid[]) ORDER BY domain
                    """), .text),
            .leaf(
                "contactCount",
                .one(
                    """
                    SELECT j.organization_id, count(DISTINCT j.contact_id) FROM job_role j \
                    JOIN contact c ON c.tenant_id = j.tenant_id AND c.id = j.contact_id AND c.state = 'LIVE' \
                    WHERE j.tenant_id = $1 AND j.organization_id = ANY ($2::uuid[]) GROUP BY j.organization_id
                    """, absent: "0"), .int64),
            .relation("opportunities", .toMany("opportunity", by: "organization_id", order: "t.created_at DESC, t.id DESC")),
            .relation(
                "jobRoles",
                .toMany("job_role", by: "organization_id", where: "t.contact_id IS NOT NULL", order: "t.job_title, t.created_at, t.id")),
            .relation(
                "locations",
                .through("organization_location", "organization_id", "location_id", "location", order: "t.name, t.created_at, t.id")),
            .relation("socialMedia", socials),
            .relation("socials", socials),
            .relation("tags", .through("organization_tag", "organization_id", "tag_id", "tag", order: "l.tagged_at, t.name, t.id")),
            .relation("emails", .emails(of: "organization")),
            .relation("phoneNumbers", .phoneNumbers(of: "organization")),
            .relation("subsidiaries", linked(from: "parent_id", to: "subsidiary_id", condition: "o.state = 'LIVE'")),
            .relation("parentCompanies", linked(from: "subsidiary_id", to: "parent_id", condition: "o.state IN ('LIVE', 'HIDDEN')")),
            .relation("subsidiaryOf", linked(from: "subsidiary_id", to: "parent_id", condition: "o.state IN ('LIVE', 'HIDDEN')")),
            .page("contacts", ContactDomain.page(ofOrganization: true)),
        ])

    private static let socials = Relation.through(
        "organization_social", "organization_id", "social_id", "social", order: "t.url, t.created_at, t.id")

    /// A link between two organizations, seen from one of them: `t` is the link, `o` the other.
    private static func linked(from: SQL, to: SQL, condition: SQL) -> Relation {
        Relation(
            parentColumn: "id",
            from: "organization_subsidiary t JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.\(to)",
            key: "t.\(from)", tenant: "t.tenant_id", condition: condition, order: "o.name, o.created_at, o.id", cardinality: .many,
            overrides: ["organization_id": "t.\(to)"])
    }

    private static let linkedOrganization = Entity(
        "LinkedOrganization", table: "organization_subsidiary",
        fields: [
            .relation("organization", .toOne("organization_id", "organization")),
            .column("type", "nullif(t.type, '')", .text),
        ])

    static let entities = [organization, linkedOrganization]

    static let objects = ["OrganizationPage": FieldBinding.page(totalAvailable: true)]

    static let queries: [String: FieldBinding] = [
        "organization": .lookup(.byID("organization")),
        "organizations": .page(
            Page(
                scope: .tenant, from: "organization t", condition: "t.tenant_id = $1", sortKeys: OrganizationList.sortKeys,
                filterProperties: OrganizationList.filterProperties,
                count: """
                    SELECT coalesce(sum(count), 0) FROM kept_count_now \
                    WHERE tenant_id = $1 AND subject = 'organization' AND state IN ('LIVE', 'HIDDEN')
                    """)),
    ]

    static let mutations: [String: FieldBinding] = ["organization_Save": .resolved(SaveOrganization())]

    /// The organizations of a contact, through its job roles.
    static let pageOfContact = Page(
        scope: .parent(key: "j.contact_id"),
        from: """
            (SELECT DISTINCT tenant_id, contact_id, organization_id FROM job_role \
            WHERE tenant_id = $1 AND contact_id = ANY ($2::uuid[]) AND organization_id IS NOT NULL) j \
            JOIN organization t ON t.tenant_id = j.tenant_id AND t.id = j.organization_id
            """,
        condition: "t.tenant_id = $1", sortKeys: OrganizationList.sortKeys, filterProperties: OrganizationList.filterProperties,
        count: """
            SELECT j.contact_id, count(DISTINCT j.organization_id) FROM job_role j \
            JOIN organization t ON t.tenant_id = j.tenant_id AND t.id = j.organization_id AND t.state IN ('LIVE', 'HIDDEN') \
            WHERE j.tenant_id = $1 AND j.contact_id = ANY ($2::uuid[]) GROUP BY j.contact_id
            """)
}
