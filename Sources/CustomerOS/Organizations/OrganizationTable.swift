internal import GraphQL
internal import Postgres
internal import Records

/// The statements that write organizations and their domains.
enum OrganizationTable {
    /// The members of `OrganizationSaveInput` that are plain columns.
    static let patch = ColumnPatch(columns: [
        ColumnPatch.Column("name", "name"),
        ColumnPatch.Column("description", "description"),
        ColumnPatch.Column("website", "website"),
        ColumnPatch.Column("referenceId", "reference_id"),
        ColumnPatch.Column("notes", "notes"),
        ColumnPatch.Column("industry", "industry"),
        ColumnPatch.Column("subIndustry", "sub_industry"),
        ColumnPatch.Column("industryGroup", "industry_group"),
        ColumnPatch.Column("targetAudience", "target_audience"),
        ColumnPatch.Column("valueProposition", "value_proposition"),
        ColumnPatch.Column("lastFundingAmount", "last_funding_amount"),
        ColumnPatch.Column("lastFundingRound", "last_funding_round", initial: "NULL"),
        ColumnPatch.Column("logoUrl", "logo_url"),
        ColumnPatch.Column("iconUrl", "icon_url"),
        ColumnPatch.Column("employeeGrowthRate", "employee_growth_rate"),
        ColumnPatch.Column("headquarters", "headquarters"),
        ColumnPatch.Column("slackChannelId", "slack_channel_id"),
        ColumnPatch.Column("leadSource", "lead_source"),
        ColumnPatch.Column("market", "market", initial: "NULL"),
        ColumnPatch.Column("employees", "employees", "bigint", initial: "NULL"),
        ColumnPatch.Column("yearFounded", "year_founded", "bigint", initial: "NULL"),
        ColumnPatch.Column("public", "is_public", "boolean", initial: "NULL"),
        ColumnPatch.Column("icpFit", "icp_fit", "boolean", initial: "false"),
    ])

    /// `$1` tenant, `$2` id, `$3` customerOsId, `$4` relationship, `$5` stage, `$6` owner, `$7` the id of the creation
    /// event, `$8` the acting user, then the patch. The event is on no other organization's timeline. No row if the
    /// code is taken.
    static let insert: StatementText = {
        let (columns, values) = patch.insertion(from: 9)
        return StatementText(
            "organization.insert",
            """
            WITH made AS (INSERT INTO organization (tenant_id, id, customer_os_id, relationship, stage, stage_changed_at, owner_id, \
            last_touchpoint_at, last_touchpoint_type, last_touchpoint_id\(columns)) \
            VALUES ($1, $2::uuid, $3, $4, $5, CASE WHEN $5::text IS NOT NULL THEN now() END, $6::uuid, \
            now(), 'ACTION_CREATED', $7::uuid\(values)) ON CONFLICT (tenant_id, customer_os_id) DO NOTHING RETURNING tenant_id, id), \
            event AS (INSERT INTO timeline_event (tenant_id, id, kind) SELECT tenant_id, $7::uuid, 'ACTION' FROM made RETURNING *), \
            creation AS (INSERT INTO action (tenant_id, id, organization_id, created_by_id, type) \
            SELECT tenant_id, id, $2::uuid, $8::uuid, 'CREATED' FROM event) \
            INSERT INTO organization_timeline (tenant_id, timeline_event_id, organization_id, kind, occurred_at) \
            SELECT tenant_id, id, $2::uuid, kind, occurred_at FROM event RETURNING organization_id
            """)
    }()

    /// `$1` tenant, `$2` id, `$3` relationship, `$4` stage, `$5` whether the owner changes, `$6` owner, then the patch.
    static let update = StatementText(
        "organization.update",
        """
        UPDATE organization SET updated_at = now(), relationship = $3, stage = $4, \
        stage_changed_at = CASE WHEN stage IS DISTINCT FROM $4 THEN now() ELSE stage_changed_at END, \
        owner_id = CASE WHEN $5::boolean THEN $6::uuid ELSE owner_id END, \
        wrong_industry = wrong_industry AND industry = \(patch.value(of: "industry", from: 7))\(patch.assignments(from: 7)) \
        WHERE tenant_id = $1 AND id = $2::uuid
        """)

    static let lock = StatementText(
        "organization.lock",
        """
        SELECT relationship, stage FROM organization \
        WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN') FOR NO KEY UPDATE
        """)

    /// Locks several in the order of their ids, as every change of more than one does.
    static let lockAll = StatementText(
        "organization.lock_all",
        """
        SELECT id FROM organization WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state IN ('LIVE', 'HIDDEN') \
        ORDER BY id FOR NO KEY UPDATE
        """)

    static let markChanged = StatementText(
        "organization.mark_changed", "UPDATE organization SET updated_at = now() WHERE tenant_id = $1 AND id = $2::uuid")

    static let fillWebsite = StatementText(
        "organization.fill_website",
        "UPDATE organization SET website = $3 WHERE tenant_id = $1 AND id = $2::uuid AND website = ''")

    /// `$3` is the opportunity's id, `$4` the acting user.
    static let engage = StatementText(
        "organization.engage",
        """
        INSERT INTO opportunity (tenant_id, id, organization_id, owner_id, created_by_id, name, currency, external_stage, stage_changed_at) \
        SELECT o.tenant_id, $3::uuid, o.id, o.owner_id, $4::uuid, o.name, base_currency($1), coalesce((SELECT s.value FROM opportunity_stage s \
        WHERE s.tenant_id = $1 ORDER BY s.visible DESC, s.position LIMIT 1), ''), now() FROM organization o \
        WHERE o.tenant_id = $1 AND o.id = $2::uuid AND NOT EXISTS (SELECT FROM opportunity p \
        WHERE p.tenant_id = $1 AND p.organization_id = o.id AND p.state = 'LIVE') \
        AND NOT EXISTS (SELECT FROM contract c WHERE c.tenant_id = $1 AND c.organization_id = o.id AND c.state = 'LIVE')
        """)

    static let refreshTouchpoint = StatementText(
        "organization.refresh_touchpoint", "CALL organization_touchpoint_refresh($1::integer, $2::uuid[])")

    /// Keeps the organization from being archived, merged or deleted while something is being linked to it.
    static let share = StatementText(
        "organization.share",
        "SELECT id FROM organization WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN') FOR SHARE")

    static let show = StatementText(
        "organization.show",
        """
        UPDATE organization SET state = 'LIVE', state_changed_at = now(), updated_at = now() \
        WHERE tenant_id = $1 AND id = $2::uuid AND state = 'HIDDEN'
        """)

    /// What is known about each domain of `$2`, in order: whether its address identifies no owner, its owner, and that
    /// organization's name and state. `$3` and `$4` are each domain's entries in the list of shared hosts, by the
    /// domain's index.
    static let judgeDomains = StatementText(
        "organization_domain.judge",
        """
        SELECT candidate.domain, \
        EXISTS (SELECT FROM unnest($3::bigint[], $4::text[]) over (place, pattern) WHERE over.place = candidate.place \
        AND (SELECT s.pattern FROM shared_host s WHERE s.pattern = over.pattern) IS NOT NULL), o.id, o.name, o.state \
        FROM unnest($2::text[]) WITH ORDINALITY candidate (domain, place) \
        LEFT JOIN organization_domain d ON d.tenant_id = $1 AND d.domain = candidate.domain \
        LEFT JOIN organization o ON o.tenant_id = $1 AND o.id = d.organization_id ORDER BY candidate.place
        """)

    /// Frees the domains of `$2` that belong to an archived organization.
    static let freeDomains = StatementText(
        "organization_domain.free",
        """
        DELETE FROM organization_domain d USING organization o WHERE d.tenant_id = $1 AND d.domain = ANY ($2::text[]) \
        AND o.tenant_id = $1 AND o.id = d.organization_id AND o.state NOT IN ('LIVE', 'HIDDEN')
        """)

    /// Links the free domains of `$3`; a second transaction waits here for the first and gets fewer rows.
    static let linkDomains = StatementText(
        "organization_domain.insert",
        """
        INSERT INTO organization_domain (tenant_id, domain, organization_id) SELECT $1, domain, $2::uuid \
        FROM unnest($3::text[]) domain ORDER BY domain ON CONFLICT (tenant_id, domain) DO NOTHING RETURNING domain
        """)

    /// Unlinks the domains of `$3`, or all if it is null.
    static let unlinkDomains = StatementText(
        "organization_domain.delete",
        """
        WITH gone AS (DELETE FROM organization_domain WHERE tenant_id = $1 AND organization_id = $2::uuid \
        AND ($3::text[] IS NULL OR domain = ANY ($3::text[])) RETURNING domain) UPDATE organization SET updated_at = now() \
        WHERE tenant_id = $1 AND id = $2::uuid AND EXISTS (SELECT FROM gone)
        """)
}

/// Statements that several domains need.
enum SharedStatements {}
