internal import GraphQL
internal import Postgres
internal import Records

/// Organizations: the companies a tenant knows.
enum OrganizationDomain: Domain {
    static let organization = Entity(
        "Organization", table: "organization", visible: "t.state IN ('LIVE', 'HIDDEN')",
        columns: .record.merging([
            "owner_id": "t.owner_id", "renewal_arr": "coalesce(t.renewal_arr, 0)", "renewal_max_arr": "coalesce(t.renewal_max_arr, 0)",
            "renewal_likelihood": "t.renewal_likelihood || '_RENEWAL'", "next_renewal_at": "t.next_renewal_at",
            "churned_at": "t.churned_at", "lifetime_value": "t.lifetime_value", "lifetime_value_currency": "t.lifetime_value_currency",
            "onboarding_status": "t.onboarding_status", "onboarding_comments": "t.onboarding_comments",
            "onboarding_changed_at": "t.onboarding_changed_at",
        ]) { $1 }.merging(Enrichment.columns) { $1 },
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
            .embedded("accountDetails"),
            .embedded("lastTouchpoint"),
            .embedded("enrichDetails"),
            .column("lastTouchPointAt", "t.last_touchpoint_at", .time),
            .column("lastTouchPointType", "t.last_touchpoint_type", .enumeration),
            .column("lastTouchPointTimelineEventId", "t.last_touchpoint_id", .identifier),

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
            .relation("contracts", .toMany("contract", by: "organization_id", order: "t.created_at DESC, t.id DESC")),
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
            .relation("suggestedMergeTo", suggestedMerges),
            .resolved("timelineEvents", TimelineResolver(.organization)),
            .resolvedLeaf("timelineEventsTotalCount", TimelineCountResolver(.organization), .int64),
            .resolved("lastTouchPointTimelineEvent", TimelineEventRelationResolver("lastTouchPointTimelineEventId")),
            .relation("issueSummaryByStatus", TimelineDomain.issueSummaries),
            .relation("externalLinks", .externalLinks("organization_id")),
            .leaf("inboundCommsCount", communications(sentByUser: false), .int64),
            .leaf("outboundCommsCount", communications(sentByUser: true), .int64),
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
        // The link says which of the two it is.
        columns: ["organization_id": "t.subsidiary_id"],
        fields: [
            .relation("organization", .toOne("organization_id", "organization")),
            .column("type", "nullif(t.type, '')", .text),
        ])

    /// Possible duplicates; `t` is the suggestion, `o` the other.
    private static let suggestedMerges = Relation(
        parentColumn: "id",
        from: """
            organization_suggested_merge t JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.primary_id \
            AND o.state IN ('LIVE', 'HIDDEN')
            """,
        key: "t.organization_id", tenant: "t.tenant_id", condition: nil, order: "o.name, o.created_at, o.id", cardinality: .many,
        overrides: ["organization_id": "t.primary_id"])

    private static let suggestedMerge = Entity(
        "SuggestedMergeOrganization", table: "organization_suggested_merge", columns: ["organization_id": "t.primary_id"],
        fields: [
            .relation("organization", .toOne("organization_id", "organization")),
            .column("confidence", "t.confidence", .float),
            .column("suggestedAt", "t.suggested_at", .time),
            .column("suggestedBy", "t.suggested_by", .text),
        ])

    /// The interaction events on the timeline sent by a user of the tenant, or by others.
    private static func communications(sentByUser: Bool) -> LeafRelation {
        .one(
            """
            SELECT l.organization_id, count(*) FROM organization_timeline l \
            WHERE l.tenant_id = $1 AND l.organization_id = ANY ($2::uuid[]) AND l.kind = 'INTERACTION_EVENT' \
            AND \(sentByUser ? "" : "NOT ")EXISTS (SELECT FROM timeline_event_participant p WHERE p.tenant_id = $1 \
            AND p.timeline_event_id = l.timeline_event_id AND p.role = 'SENT_BY' AND (p.user_id IS NOT NULL OR EXISTS (\
            SELECT FROM user_email u WHERE u.tenant_id = $1 AND u.email_id = p.email_id))) GROUP BY l.organization_id
            """, absent: "0")
    }

    private static let industry = Entity(
        "Industry", table: "industry",
        fields: [
            .column("code", "t.code", .text),
            .column("name", "t.name", .text),
        ])

    static let entities = [organization, linkedOrganization, suggestedMerge, industry]

    static let objects: [String: [String: FieldBinding]] = [
        "OrganizationPage": FieldBinding.page(totalAvailable: true),
        "OrgAccountDetails": [
            "renewalSummary": .embedded(),
            "onboarding": .embedded(),
            "churned": .column("churned_at", .time),
            "ltv": .column("lifetime_value", .float),
            "ltvCurrency": .column("lifetime_value_currency", .enumeration),
        ],
        "RenewalSummary": [
            "arrForecast": .column("renewal_arr", .float),
            "maxArrForecast": .column("renewal_max_arr", .float),
            "renewalLikelihood": .column("renewal_likelihood", .enumeration),
            "nextRenewalDate": .column("next_renewal_at", .time),
        ],
        "OnboardingDetails": [
            "status": .column("onboarding_status", .enumeration),
            "comments": .column("onboarding_comments", .text),
            "updatedAt": .column("onboarding_changed_at", .time),
        ],
        "LastTouchpoint": [
            "lastTouchPointAt": .column("lastTouchPointAt", .time),
            "lastTouchPointType": .column("lastTouchPointType", .enumeration),
            "lastTouchPointTimelineEventId": .column("lastTouchPointTimelineEventId", .identifier),
            "lastTouchPointTimelineEvent": .resolved(TimelineEventRelationResolver("lastTouchPointTimelineEventId")),
        ],
        "WebsiteCheckDetails": [
            "accepted": .column("accepted", .boolean),
            "primary": .column("primary", .boolean),
            "website": .column("website", .text),
            "domain": .column("domain", .text),
            "primaryDomain": .column("primaryDomain", .text),
            // There is no global directory of companies: its columns are always null.
            "globalOrganization": .embedded(presence: "global_id"),
        ],
        "GlobalOrganization": [
            "id": .column("global_id", .int64),
            "organizationId": .column("global_organization_id", .identifier),
            "name": .column("global_name", .text),
            "website": .column("global_website", .text),
            "domains": .column("global_domains", .array(.text)),
            "primaryDomain": .column("global_primary_domain", .text),
            "logoUrl": .column("global_logo_url", .text),
            "iconUrl": .column("global_icon_url", .text),
        ],
    ]

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
        "organization_ByCustomerOsId": .lookup(.organizationByCustomerOsID),
        "organization_ByCustomId": .lookup(.organizationByReference),
        "organization_ByLinkedIn": .lookup(.organizationByLinkedIn),
        "organization_ExistsByLinkedIn": .resolvedLeaf(ExistenceResolver(.organizationByLinkedIn, organization), .boolean),
        "organization_CheckWebsite": .resolved(CheckWebsite()),
        "organization_DistinctOwners": .resolved(
            ListingResolver(
                Listing(
                    from: "app_user t",
                    condition: """
                        t.tenant_id = $1 AND EXISTS (SELECT FROM organization o \
                        WHERE o.tenant_id = $1 AND o.owner_id = t.id AND o.state IN ('LIVE', 'HIDDEN'))
                        """,
                    order: "t.first_name, t.last_name, t.name, t.id"))),
        // An industry given as text only is its own code.
        "industries_InUse": .resolved(
            ListingResolver(
                Listing(
                    from: """
                        (SELECT DISTINCT coalesce(o.industry_code, o.industry) AS code, coalesce(i.name, o.industry) AS name \
                        FROM organization o LEFT JOIN industry i ON i.code = o.industry_code \
                        WHERE o.tenant_id = $1 AND o.state IN ('LIVE', 'HIDDEN') AND (o.industry <> '' OR o.industry_code IS NOT NULL)) t
                        """,
                    condition: "true", order: "t.name, t.code", isSlow: true))),
        "organizations_HiddenAfter": .resolvedLeaf(
            LeafListingResolver(
                """
                SELECT id FROM organization WHERE tenant_id = $1 AND state IN ('HIDDEN', 'MERGED', 'ARCHIVED') \
                AND state_changed_at > $2::timestamptz ORDER BY state_changed_at, id
                """, argument: "date"), .text),
    ]

    static let mutations: [String: FieldBinding] = [
        "organization_Save": .resolved(SaveOrganization()),
        "organization_Update": .resolved(UpdateOrganization()),
        "organization_Merge": .resolved(MergeOrganizations()),
        "organization_AddSubsidiary": .resolved(AddSubsidiary()),
        "organization_RemoveSubsidiary": .resolved(RemoveSubsidiary()),
        "organization_AddDomain": .resolved(AddOrganizationDomain()),
        "organization_RemoveDomain": .resolved(RemoveOrganizationDomains()),
        "organization_RemoveDomains": .resolved(RemoveOrganizationDomains()),
        "organization_UnlinkAllDomains": .resolved(UnlinkAllDomains()),
        "organization_Hide": .resolvedLeaf(SetOrganizationState(.hide), .identifier),
        "organization_Show": .resolvedLeaf(SetOrganizationState(.show), .identifier),
        "organization_HideAll": .resolved(SetOrganizationStates(.hide)),
        "organization_ShowAll": .resolved(SetOrganizationStates(.show)),
        "organization_Archive": .resolved(ArchiveOrganization()),
        "organization_ArchiveAll": .resolved(SetOrganizationStates(.archive)),
        "organization_SetOwner": .resolved(SetOrganizationOwner()),
        "organization_UnsetOwner": .resolved(UnsetOrganizationOwner()),
        "organization_UpdateOnboardingStatus": .resolved(UpdateOnboardingStatus()),
        "flagWrongField": .resolved(FlagWrongField()),
    ]

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
