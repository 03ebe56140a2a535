internal import Postgres
internal import Records

/// The statements of a merge of organizations: a fixed number, whatever is moved and however many are merged. They
/// cover every table that refers to organizations.
enum OrganizationMerge {
    /// `$2` the organizations.
    static let lock = StatementText(
        "organization_merge.lock",
        """
        SELECT id, relationship, stage FROM organization WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state IN ('LIVE', 'HIDDEN') \
        ORDER BY id FOR UPDATE
        """)

    /// `$2` the primary organization, `$3` the merged ones, `$4` the relationship and `$5` the stage to store. Empty
    /// values take the first value available.
    static let fill: StatementText = {
        let texts: [SQL] = [
            "reference_id", "website", "industry", "sub_industry", "industry_group", "name", "description", "notes", "target_audience",
            "value_proposition", "last_funding_amount", "last_funding_round", "headquarters", "logo_url", "icon_url",
            "employee_growth_rate", "market", "lead_source",
        ]
        let numbers: [SQL] = ["employees", "year_founded"]
        var assignments: SQL = ""
        var values: SQL = ""
        for column in texts {
            assignments = "\(assignments), \(column) = coalesce(nullif(p.\(column), ''), m.\(column), p.\(column))"
            values = "\(values), \(first(of: column, where: "o.\(column) <> ''")) AS \(column)"
        }
        for column in numbers {
            assignments = "\(assignments), \(column) = coalesce(nullif(p.\(column), 0), m.\(column), p.\(column))"
            values = "\(values), \(first(of: column, where: "o.\(column) <> 0")) AS \(column)"
        }
        return StatementText(
            "organization_merge.fill",
            """
            WITH \(place) UPDATE organization p SET updated_at = now(), relationship = $4, stage = $5, \
            stage_changed_at = CASE WHEN p.stage IS DISTINCT FROM $5 THEN now() ELSE p.stage_changed_at END, \
            owner_id = coalesce(p.owner_id, m.owner_id), is_public = coalesce(p.is_public, m.is_public), \
            icp_fit = p.icp_fit OR m.icp_fit, industry_code = CASE WHEN p.industry = '' THEN m.industry_code ELSE p.industry_code END\
            \(assignments) FROM (SELECT bool_or(o.icp_fit) AS icp_fit, \
            \(first(of: "owner_id", where: "o.owner_id IS NOT NULL")) AS owner_id, \
            \(first(of: "is_public", where: "o.is_public IS NOT NULL")) AS is_public, \
            \(first(of: "industry_code", where: "o.industry <> ''")) AS industry_code\(values) \
            FROM place JOIN organization o ON o.tenant_id = $1 AND o.id = place.organization_id WHERE place.place > 1) m \
            WHERE p.tenant_id = $1 AND p.id = $2::uuid
            """)
    }()

    /// In this order, with `$2` the primary organization and `$3` the merged ones. Of duplicates the primary's own
    /// stays, otherwise that of the organization named first.
    static let moves =
        [
            domains, jobRoles, links.emails.text, links.phoneNumbers.text, links.locations.text, links.tags.text, links.socials.text,
            innerLinks, subsidiaries,
            parents, suggestedMerges, links.participants.text, actions, customFields, externalLinks,
        ] + owned + [mark]

    /// After all moves, with `$2` all of them.
    static let refreshEvents = StatementText(
        "organization_merge.events_refresh", "CALL organization_events_refresh($1::integer, $2::uuid[])")

    /// With `$2` the primary organization alone.
    static let refreshRenewals = StatementText("organization_merge.renewal_refresh", "CALL renewal_refresh($1::integer, ARRAY[$2::uuid])")

    private static let links = MergeStatements<Organization>(other: "contact")
    private static let place: SQL =
        "place AS (SELECT * FROM unnest(array_prepend($2::uuid, $3::uuid[])) WITH ORDINALITY AS given (organization_id, place))"

    private static func first(of column: SQL, where condition: SQL) -> SQL {
        "(array_agg(o.\(column) ORDER BY place.place) FILTER (WHERE \(condition)))[1]"
    }

    private static let mark = StatementText(
        "organization_merge.mark",
        """
        UPDATE organization SET state = 'MERGED', merged_into_id = $2::uuid, state_changed_at = now(), updated_at = now() \
        WHERE tenant_id = $1 AND id = ANY ($3::uuid[])
        """)

    // MARK: Rows of one organization

    private static let domains = links.reassigned("domains", "organization_domain").text

    private static let jobRoles = StatementText(
        "organization_merge.job_roles",
        """
        UPDATE job_role SET organization_id = $2::uuid, updated_at = now() WHERE tenant_id = $1 AND organization_id = ANY ($3::uuid[])
        """)

    /// Each organization keeps one event of its creation; all other actions move.
    private static let actions = StatementText(
        "organization_merge.actions",
        """
        UPDATE action SET organization_id = $2::uuid \
        WHERE tenant_id = $1 AND organization_id = ANY ($3::uuid[]) AND type <> 'CREATED'
        """)

    private static let owned = [
        links.reassigned("contracts", "contract").text,
        links.reassigned("opportunities", "opportunity").text, links.importKeys.text,
        links.reassigned("billing_profiles", "billing_profile").text,
        links.reassigned("reminders", "reminder").text,
        links.reassigned("log_entries", "log_entry").text,
        links.reassigned("notes", "note").text,
        links.reassigned("markdown_events", "markdown_event").text,
    ]

    // MARK: Other organizations

    /// Removes links between the merged organizations.
    private static let innerLinks = StatementText(
        "organization_merge.inner_links",
        """
        DELETE FROM organization_subsidiary WHERE tenant_id = $1 AND parent_id = ANY (array_prepend($2::uuid, $3::uuid[])) \
        AND subsidiary_id = ANY (array_prepend($2::uuid, $3::uuid[]))
        """)

    private static let subsidiaries = hierarchy("organization_merge.subsidiaries", this: "parent_id", other: "subsidiary_id")
    private static let parents = hierarchy("organization_merge.parents", this: "subsidiary_id", other: "parent_id")

    /// Links that would close a cycle are removed: the primary's own stay.
    private static func hierarchy(_ name: String, this: SQL, other: SQL) -> StatementText {
        StatementText(
            name,
            """
            WITH RECURSIVE \(place), beyond (id) AS (\
            SELECT \(this) FROM organization_subsidiary WHERE tenant_id = $1 AND \(other) = $2::uuid UNION \
            SELECT s.\(this) FROM beyond JOIN organization_subsidiary s ON s.tenant_id = $1 AND s.\(other) = beyond.id), \
            moved AS (DELETE FROM organization_subsidiary WHERE tenant_id = $1 AND \(this) = ANY ($3::uuid[]) RETURNING *) \
            INSERT INTO organization_subsidiary (tenant_id, \(this), \(other), type, created_at) \
            SELECT $1, $2::uuid, m.\(other), coalesce((array_agg(m.type ORDER BY place.place) FILTER (WHERE m.type <> ''))[1], ''), \
            min(m.created_at) FROM moved m JOIN place ON place.organization_id = m.\(this) \
            WHERE m.\(other) NOT IN (SELECT id FROM beyond) GROUP BY m.\(other) \
            ON CONFLICT (tenant_id, parent_id, subsidiary_id) DO NOTHING
            """)
    }

    private static let suggestedMerges = StatementText(
        "organization_merge.suggested_merges",
        """
        WITH moved AS (DELETE FROM organization_suggested_merge \
        WHERE tenant_id = $1 AND (organization_id = ANY ($3::uuid[]) OR primary_id = ANY ($3::uuid[])) RETURNING *), \
        named AS (SELECT CASE WHEN organization_id = ANY ($3::uuid[]) THEN $2::uuid ELSE organization_id END AS organization_id, \
        CASE WHEN primary_id = ANY ($3::uuid[]) THEN $2::uuid ELSE primary_id END AS primary_id, confidence, suggested_by, suggested_at \
        FROM moved) \
        INSERT INTO organization_suggested_merge (tenant_id, organization_id, primary_id, confidence, suggested_by, suggested_at) \
        SELECT DISTINCT ON (organization_id, primary_id) $1, organization_id, primary_id, confidence, suggested_by, suggested_at \
        FROM named WHERE organization_id <> primary_id ORDER BY organization_id, primary_id, confidence DESC NULLS LAST \
        ON CONFLICT (tenant_id, organization_id, primary_id) DO NOTHING
        """)

    // MARK: Unique per key

    private static let customFields = once("organization_merge.custom_fields", "custom_field", key: "name, data_type")
    private static let externalLinks = once("organization_merge.external_links", "external_link", key: "system, external_id")

    /// Moves rows of which an organization has one per `key`.
    private static func once(_ name: String, _ table: SQL, key: SQL) -> StatementText {
        StatementText(
            name,
            """
            WITH \(place), ranked AS (SELECT r.id, r.organization_id, \
            row_number() OVER (PARTITION BY \(key) ORDER BY place.place, r.created_at, r.id) AS rank \
            FROM place JOIN \(table) r ON r.tenant_id = $1 AND r.organization_id = place.organization_id), \
            gone AS (DELETE FROM \(table) r USING ranked WHERE r.tenant_id = $1 AND r.id = ranked.id AND ranked.rank > 1) \
            UPDATE \(table) r SET organization_id = $2::uuid FROM ranked \
            WHERE r.tenant_id = $1 AND r.id = ranked.id AND ranked.rank = 1 AND ranked.organization_id <> $2::uuid
            """)
    }
}
