internal import Postgres

/// The statements of a merge of organizations: a fixed number, whatever is moved and however many are merged. Every table that refers
/// to organizations is here.
enum OrganizationMerge {
    /// `$2` the organizations.
    static let lock = Statement(
        "organization_merge.lock",
        """
        SELECT id, relationship, stage FROM organization WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state IN ('LIVE', 'HIDDEN') \
        ORDER BY id FOR UPDATE
        """)

    /// `$2` the primary organization, `$3` the merged ones, `$4` the relationship and `$5` the stage to store. What is empty takes the
    /// first value there is.
    static let fill: Statement = {
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
        return Statement(
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

    /// In this order, with `$2` the primary organization and `$3` the merged ones. Of what collapses the primary's own stays, else that
    /// of the organization named first.
    static let moves =
        [
            domains, jobRoles, emails, phoneNumbers, locations, tags, socials, innerLinks, subsidiaries, parents, suggestedMerges,
            participants, actions, customFields, externalLinks,
        ] + owned + [mark]

    /// Once everything is moved, with `$2` all of them.
    static let refreshEvents = Statement(
        "organization_merge.events_refresh", "CALL organization_events_refresh($1::integer, $2::uuid[])")

    /// With `$2` the primary organization alone.
    static let refreshRenewals = Statement("organization_merge.renewal_refresh", "CALL renewal_refresh($1::integer, ARRAY[$2::uuid])")

    /// All organizations of the merge with their place: the primary first.
    private static let place: SQL =
        "place AS (SELECT * FROM unnest(array_prepend($2::uuid, $3::uuid[])) WITH ORDINALITY AS given (organization_id, place))"

    private static func first(of column: SQL, where condition: SQL) -> SQL {
        "(array_agg(o.\(column) ORDER BY place.place) FILTER (WHERE \(condition)))[1]"
    }

    private static let mark = Statement(
        "organization_merge.mark",
        """
        UPDATE organization SET state = 'MERGED', merged_into_id = $2::uuid, state_changed_at = now(), updated_at = now() \
        WHERE tenant_id = $1 AND id = ANY ($3::uuid[])
        """)

    // MARK: Rows of one organization

    private static let domains = reassign("organization_merge.domains", "organization_domain")

    private static let jobRoles = Statement(
        "organization_merge.job_roles",
        """
        UPDATE job_role SET organization_id = $2::uuid, updated_at = now() WHERE tenant_id = $1 AND organization_id = ANY ($3::uuid[])
        """)

    /// That it was created is said of each organization once; everything else that was done to it moves.
    private static let actions = Statement(
        "organization_merge.actions",
        """
        UPDATE action SET organization_id = $2::uuid \
        WHERE tenant_id = $1 AND organization_id = ANY ($3::uuid[]) AND type <> 'CREATED'
        """)

    private static let owned = [
        reassign("organization_merge.contracts", "contract"),
        reassign("organization_merge.opportunities", "opportunity"), reassign("organization_merge.import_keys", "import_key"),
        reassign("organization_merge.billing_profiles", "billing_profile"),
        reassign("organization_merge.reminders", "reminder"),
        reassign("organization_merge.log_entries", "log_entry"),
        reassign("organization_merge.notes", "note"),
        reassign("organization_merge.markdown_events", "markdown_event"),
    ]

    private static func reassign(_ name: String, _ table: SQL) -> Statement {
        Statement(
            name, "UPDATE \(table) SET organization_id = $2::uuid WHERE tenant_id = $1 AND organization_id = ANY ($3::uuid[])")
    }

    // MARK: Links that collapse

    private static let emails = addresses("organization_merge.emails", "organization_email", "email_id")
    private static let phoneNumbers = addresses("organization_merge.phone_numbers", "organization_phone_number", "phone_number_id")

    /// Whoever comes is not the primary address; the label stays.
    private static func addresses(_ name: String, _ table: SQL, _ key: SQL) -> Statement {
        Statement(
            name,
            """
            WITH \(place), moved AS (DELETE FROM \(table) WHERE tenant_id = $1 AND organization_id = ANY ($3::uuid[]) RETURNING *) \
            INSERT INTO \(table) (tenant_id, organization_id, \(key), is_primary, label, created_at) \
            SELECT $1, $2::uuid, \(key), false, (array_agg(label ORDER BY place.place))[1], min(created_at) \
            FROM moved JOIN place USING (organization_id) GROUP BY \(key) ON CONFLICT (tenant_id, organization_id, \(key)) DO NOTHING
            """)
    }

    private static let tags = Statement(
        "organization_merge.tags",
        """
        WITH moved AS (DELETE FROM organization_tag WHERE tenant_id = $1 AND organization_id = ANY ($3::uuid[]) RETURNING *) \
        INSERT INTO organization_tag (tenant_id, organization_id, tag_id, tagged_at) SELECT $1, $2::uuid, tag_id, min(tagged_at) \
        FROM moved GROUP BY tag_id ON CONFLICT (tenant_id, organization_id, tag_id) DO NOTHING
        """)

    private static let locations = Statement(
        "organization_merge.locations",
        """
        WITH moved AS (DELETE FROM organization_location WHERE tenant_id = $1 AND organization_id = ANY ($3::uuid[]) RETURNING *) \
        INSERT INTO organization_location (tenant_id, organization_id, location_id, created_at) \
        SELECT $1, $2::uuid, location_id, min(created_at) FROM moved GROUP BY location_id \
        ON CONFLICT (tenant_id, organization_id, location_id) DO NOTHING
        """)

    /// One profile a key. A profile that nobody has any more goes.
    private static let socials = Statement(
        "organization_merge.socials",
        """
        WITH \(place), ranked AS (SELECT l.organization_id, l.social_id, l.created_at, \
        row_number() OVER (PARTITION BY s.url_key ORDER BY place.place, s.created_at, s.id) AS rank \
        FROM place JOIN organization_social l ON l.tenant_id = $1 AND l.organization_id = place.organization_id \
        JOIN social s ON s.tenant_id = $1 AND s.id = l.social_id), \
        moved AS (INSERT INTO organization_social (tenant_id, organization_id, social_id, created_at) \
        SELECT $1, $2::uuid, social_id, created_at FROM ranked WHERE rank = 1 AND organization_id <> $2::uuid \
        ON CONFLICT (tenant_id, organization_id, social_id) DO NOTHING), \
        gone AS (DELETE FROM organization_social WHERE tenant_id = $1 AND organization_id = ANY ($3::uuid[])) \
        DELETE FROM social s USING ranked r WHERE s.tenant_id = $1 AND s.id = r.social_id \
        AND NOT EXISTS (SELECT FROM ranked k WHERE k.social_id = s.id AND (k.rank = 1 OR k.organization_id = $2::uuid)) \
        AND NOT EXISTS (SELECT FROM organization_social l WHERE l.tenant_id = $1 AND l.social_id = s.id \
        AND l.organization_id <> $2::uuid AND l.organization_id <> ALL ($3::uuid[])) \
        AND NOT EXISTS (SELECT FROM contact_social l WHERE l.tenant_id = $1 AND l.social_id = s.id)
        """)

    private static let participants = Statement(
        "organization_merge.participants",
        """
        WITH moved AS (DELETE FROM timeline_event_participant WHERE tenant_id = $1 AND organization_id = ANY ($3::uuid[]) RETURNING *) \
        INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, organization_id, type, position) \
        SELECT $1, timeline_event_id, role, $2::uuid, min(type), min(position) FROM moved GROUP BY timeline_event_id, role \
        ON CONFLICT (tenant_id, timeline_event_id, role, subject_id) DO NOTHING
        """)

    // MARK: Other organizations

    /// Between those that become one there is no link.
    private static let innerLinks = Statement(
        "organization_merge.inner_links",
        """
        DELETE FROM organization_subsidiary WHERE tenant_id = $1 AND parent_id = ANY (array_prepend($2::uuid, $3::uuid[])) \
        AND subsidiary_id = ANY (array_prepend($2::uuid, $3::uuid[]))
        """)

    private static let subsidiaries = hierarchy("organization_merge.subsidiaries", this: "parent_id", other: "subsidiary_id")
    private static let parents = hierarchy("organization_merge.parents", this: "subsidiary_id", other: "parent_id")

    /// Links that would close a ring end: the primary's own stay.
    private static func hierarchy(_ name: String, this: SQL, other: SQL) -> Statement {
        Statement(
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

    private static let suggestedMerges = Statement(
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

    // MARK: What there is once for each key

    private static let customFields = once("organization_merge.custom_fields", "custom_field", key: "name, data_type")
    private static let externalLinks = once("organization_merge.external_links", "external_link", key: "system, external_id")

    /// Moves rows of which an organization has one for each `key`.
    private static func once(_ name: String, _ table: SQL, key: SQL) -> Statement {
        Statement(
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
