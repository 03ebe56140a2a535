internal import GraphQL
internal import Postgres
internal import Records

/// A company the tenant deals with.
enum Organization: Record {
    struct Columns {
        let name = Column("name", .text).field("name").written().sorted("NAME", ignoringCase: true, indexed: true)
            .filtered("NAME", .name).merged(.firstFilled).imported("name")
        let description = Column("description", .text).field("description").written()
            .sorted("DESCRIPTION", ignoringCase: true).filtered("DESCRIPTION").merged(.firstFilled)
            .imported("description")
        let notes = Column("notes", .text).field("notes").written().merged(.firstFilled).imported("notes")
        let website = Column("website", .text).field("website").written().sorted("WEBSITE", ignoringCase: true)
            .filtered("WEBSITE").merged(.firstFilled).imported("website")
        let industry = Column("industry", .text).field("industry").written().sorted("INDUSTRY", ignoringCase: true)
            .filtered("INDUSTRY").merged(.firstFilled).imported("industry")
        let referenceID = Column("reference_id", .text, read: "nullif(t.reference_id, '')").field("referenceId")
            .written().sorted("REFERENCE_ID", by: "t.reference_id", ignoringCase: true)
            .filtered("REFERENCE_ID", by: "t.reference_id")
            .sorted("CUSTOMER_ID", by: "t.reference_id", ignoringCase: true)
            .filtered("CUSTOMER_ID", by: "t.reference_id").merged(.firstFilled).imported("referenceId")
        let leadSource = Column("lead_source", .text).field("leadSource").written()
            .sorted("LEAD_SOURCE", ignoringCase: true).filtered("LEAD_SOURCE").merged(.firstFilled)
            .imported("leadSource")
        let customerOsID = Column("customer_os_id", .text).field("customerOsId").sorted("CUSTOMER_OS_ID")
            .filtered("CUSTOMER_OS_ID", .exact)
        let subIndustry = Column("sub_industry", .text).field("subIndustry").written().merged(.firstFilled)
            .imported("subIndustry")
        let industryGroup = Column("industry_group", .text).field("industryGroup").written().merged(.firstFilled)
            .imported("industryGroup")
        let targetAudience = Column("target_audience", .text).field("targetAudience").written().merged(.firstFilled)
            .imported("targetAudience")
        let valueProposition = Column("value_proposition", .text).field("valueProposition").written()
            .merged(.firstFilled).imported("valueProposition")
        let lastFundingAmount = Column("last_funding_amount", .text).field("lastFundingAmount").written()
            .merged(.firstFilled).imported("lastFundingAmount")
        let lastFundingRound = Column("last_funding_round", .word, read: "nullif(t.last_funding_round, '')")
            .field("lastFundingRound").written(initial: "NULL").merged(.firstFilled)
            .imported("lastFundingRound", .choice(fundingRounds))
        let logoURL = Column("logo_url", .text).field("logoUrl").written().merged(.firstFilled)
            .imported("logoUrl")
        let iconURL = Column("icon_url", .text).field("iconUrl").written().merged(.firstFilled)
            .imported("iconUrl")
        let employeeGrowthRate = Column("employee_growth_rate", .text).field("employeeGrowthRate").written()
            .merged(.firstFilled).imported("employeeGrowthRate")
        let headquarters = Column("headquarters", .text).field("headquarters").written().merged(.firstFilled)
            .imported("headquarters")
        let slackChannelID = Column("slack_channel_id", .text).field("slackChannelId").written()
            .imported("slackChannelId")
        let market = Column("market", .word).field("market").written(initial: "NULL").merged(.firstFilled)
            .imported("market", .choice(["B2B", "B2C", "B2B2C", "MARKETPLACE"]))
        let relationship = Column("relationship", .word).field("relationship").sorted("RELATIONSHIP")
            .filtered("RELATIONSHIP", among: OrganizationRelationship.words)
            .imported("relationship", .choice(OrganizationRelationship.words), initial: "'PROSPECT'")
        let stage = Column("stage", .word, read: "nullif(t.stage, '')").field("stage").sorted("STAGE", by: "t.stage")
            .filtered("STAGE", among: OrganizationStage.words)
            .imported("stage", .choice(OrganizationStage.words), initial: "'LEAD'")
        let stageChangedAt = Column("stage_changed_at", .time).field("stageLastUpdated")
        let touchpoint = LastTouchpoint()
        let account = AccountDetails()
        let createdAt = Column.createdAt.sorted("CREATED_AT", indexed: true).filtered("CREATED_AT")
        let updatedAt = Column.updatedAt.sorted("UPDATED_AT", indexed: true).filtered("UPDATED_AT")
        let employees = Column("employees", .whole, read: "coalesce(t.employees, 0)").field("employees")
            .written(initial: "NULL").sorted("EMPLOYEES", by: "t.employees").filtered("EMPLOYEES", by: "t.employees")
            .merged(.firstFilled).imported("employees", .whole(Bounds.employees.range))
        let yearFounded = Column("year_founded", .whole).field("yearFounded").written(initial: "NULL")
            .sorted("YEAR_FOUNDED").filtered("YEAR_FOUNDED").merged(.firstFilled)
            .imported("yearFounded", .whole(Bounds.year.range))
        let isPublic = Column("is_public", .flag, read: "coalesce(t.is_public, false)").field("public")
            .written(initial: "NULL").merged(.firstKnown).imported("public", .flag)
        let isHidden = Column("state", .flag, read: "t.state = 'HIDDEN'").field("hide").sorted("HIDE")
            .filtered("HIDE", by: "(t.state = 'HIDDEN')")
        let icpFit = Column("icp_fit", .flag).field("icpFit").written().sorted("ICP_FIT").filtered("ICP_FIT")
            .merged(.anyTrue).imported("icpFit", .flag)
        let wrongIndustry = Column("wrong_industry", .flag).field("wrongIndustry")
        let industryCode = Column("industry_code", .text).merged(.with("industry"))
        let qualificationStatus = Column("qualification_status", .word).field("qualificationStatus")
        let qualifiedBy = Column("qualified_by", .word).field("qualifiedBy")
        let enrichment = Enrichment()
        let id = Column.id.filtered("ID")
        let source = Column.source
        let appSource = Column.appSource
        let owner = Column("owner_id", .id).filtered("OWNER_ID").merged(.firstKnown)
    }

    private static let fundingRounds = [
        "PRE_SEED", "SEED", "SERIES_A", "SERIES_B", "SERIES_C", "IPO", "SERIES_D", "SERIES_E", "SERIES_F",
        "FRIENDS_AND_FAMILY", "ANGEL", "BRIDGE",
    ]

    static let table = Table<Organization>(
        "organization", visible: "t.state IN ('LIVE', 'HIDDEN')", Columns(),
        filters: [FilterProperty.text("DOMAIN", "d.domain", .hostName).of(webDomains)]
            + FilterProperty.tags(of: "organization") + FilterProperty.addresses(of: "organization")
            + FilterProperty.locations(of: "organization"))

    private static let webDomains = FilterProperty.Related(
        rows: "organization_domain d WHERE d.tenant_id = $1", owner: "d.organization_id")

    static let type = RecordType(
        "Organization", of: table, .metadata + .recordFields + older + computed + relations + communications)

    /// Older names of fields.
    private static let older: [RecordField] = [
        .alias("logo", of: "logo_url", .text), .alias("icon", of: "icon_url", .text),
        .alias("customId", of: "reference_id", .text),
        .alias("note", of: "notes", .text), .alias("isPublic", of: "is_public", .boolean),
        .value("isCustomer", "coalesce(t.relationship = 'CUSTOMER', false)", .boolean),
    ]

    private static let computed: [RecordField] = [
        .embedded("accountDetails"), .embedded("lastTouchpoint"),
        .embedded("enrichDetails"), .leaf("domains", domains, .text), .leaf("contactCount", contactCount, .int64),
    ]

    private static let relations: [RecordField] = [
        .toOne("owner", User.self, by: table.owner),
        .relation(
            "contracts", Contract.self,
            .toMany("contract", by: "organization_id", order: "t.created_at DESC, t.id DESC")),
        .relation(
            "opportunities", Opportunity.self,
            .toMany("opportunity", by: "organization_id", order: "t.created_at DESC, t.id DESC")),
        .relation(
            "jobRoles", JobRole.self,
            .toMany(
                "job_role", by: "organization_id", where: "t.contact_id IS NOT NULL",
                order: "t.job_title, t.created_at, t.id")),
        .relation(
            "locations", Location.self,
            .through(
                "organization_location", "organization_id", "location_id", "location",
                order: "t.name, t.created_at, t.id")),
        .relation("socialMedia", Social.self, socials),
        .relation("socials", Social.self, socials),
        .relation(
            "tags", Tag.self,
            .through("organization_tag", "organization_id", "tag_id", "tag", order: "l.tagged_at, t.name, t.id")),
        .relation("emails", Email.self, .emails(of: "organization")),
        .relation("phoneNumbers", PhoneNumber.self, .phoneNumbers(of: "organization")),
        .relation("subsidiaries", LinkedOrganization.self, LinkedOrganization.subsidiaries),
        .relation("parentCompanies", LinkedOrganization.self, LinkedOrganization.parents),
        .relation("subsidiaryOf", LinkedOrganization.self, LinkedOrganization.parents),
        .relation("suggestedMergeTo", SuggestedMerge.self, SuggestedMerge.ofOrganization),
        .relation("externalLinks", ExternalSystem.self, .externalLinks("organization_id")),
        contacts,
    ]

    /// The organizations of a contact, through its job roles.
    static let pageOfContact = RecordField.page(
        "organizations", Organization.self, by: "j.contact_id",
        from: """
            (SELECT DISTINCT tenant_id, contact_id, organization_id FROM job_role
            WHERE tenant_id = $1 AND contact_id = ANY ($2::uuid[]) AND organization_id IS NOT NULL) j
            JOIN organization t ON t.tenant_id = j.tenant_id AND t.id = j.organization_id
            """,
        count: """
            SELECT j.contact_id, count(DISTINCT j.organization_id) FROM job_role j
            JOIN organization t ON t.tenant_id = j.tenant_id AND t.id = j.organization_id
            AND t.state IN ('LIVE', 'HIDDEN')
            WHERE j.tenant_id = $1 AND j.contact_id = ANY ($2::uuid[]) GROUP BY j.contact_id
            """)

    private static let socials = Relation.through(
        "organization_social", "organization_id", "social_id", "social", order: "t.url, t.created_at, t.id")

    private static let domains = LeafRelation.many(
        """
        SELECT organization_id, domain FROM organization_domain
        WHERE tenant_id = $1 AND organization_id = ANY ($2::uuid[]) ORDER BY domain
        """)

    private static let contactCount = LeafRelation.one(
        """
        SELECT j.organization_id, count(DISTINCT j.contact_id) FROM job_role j
        JOIN contact c ON c.tenant_id = j.tenant_id AND c.id = j.contact_id AND c.state = 'LIVE'
        WHERE j.tenant_id = $1 AND j.organization_id = ANY ($2::uuid[]) GROUP BY j.organization_id
        """, absent: "0")
}
