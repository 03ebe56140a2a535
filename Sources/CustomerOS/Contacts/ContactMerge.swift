internal import Postgres

/// The statements of a merge of contacts: a fixed number, whatever is moved and however many are merged. They cover
/// every table that refers to contacts.
enum ContactMerge {
    /// `$2` the contacts: waits for transactions that write events of their addresses, as `Address.lock` does.
    static let addressLocks = [
        StatementText(
            "contact_merge.lock_emails",
            """
            SELECT id FROM email WHERE tenant_id = $1 AND id = ANY (ARRAY(SELECT email_id FROM contact_email \
            WHERE tenant_id = $1 AND contact_id = ANY ($2::uuid[]))) ORDER BY id FOR UPDATE
            """),
        StatementText(
            "contact_merge.lock_phone_numbers",
            """
            SELECT id FROM phone_number WHERE tenant_id = $1 AND id = ANY (ARRAY(SELECT phone_number_id FROM contact_phone_number \
            WHERE tenant_id = $1 AND contact_id = ANY ($2::uuid[]))) ORDER BY id FOR UPDATE
            """),
    ]

    /// In this order, with `$2` the primary contact and `$3` the merged ones. Of duplicates the primary's own stays,
    /// otherwise that of the contact named first.
    static let moves = [
        fill, links.emails, links.phoneNumbers, links.tags, links.locations, links.socials, collapsedRoles, roles, links.participants,
        links.reassigned("notes", "note"), links.reassigned("page_views", "page_view"),
        links.reassigned("markdown_events", "markdown_event"), customFields, externalLinks, links.importKeys,
        flowParticipants, mark,
    ]

    /// After all moves, with `$2` the primary contact.
    static let promotions = [promotedEmail, promotedRole]

    private static let links = LinkMerge.contact
    private static let place = links.place

    /// Empty values take the first value available.
    private static let fill: StatementText = {
        let columns: [SQL] = ["prefix", "first_name", "last_name", "name", "description", "timezone", "profile_photo_url", "username"]
        let assignments: SQL = columns.reduce("") { list, column in
            "\(list), \(column) = coalesce(nullif(p.\(column), ''), m.\(column), '')"
        }
        let values: SQL = columns.reduce("") { list, column in
            "\(list), (array_agg(c.\(column) ORDER BY place.place) FILTER (WHERE c.\(column) <> ''))[1] AS \(column)"
        }
        return StatementText(
            "contact_merge.fill",
            """
            WITH \(place) UPDATE contact p SET updated_at = now(), owner_id = coalesce(p.owner_id, m.owner_id)\(assignments) \
            FROM (SELECT (array_agg(c.owner_id ORDER BY place.place) FILTER (WHERE c.owner_id IS NOT NULL))[1] AS owner_id\(values) \
            FROM place JOIN contact c ON c.tenant_id = $1 AND c.id = place.contact_id WHERE place.place > 1) m \
            WHERE p.tenant_id = $1 AND p.id = $2::uuid
            """)
    }()

    private static let mark = StatementText(
        "contact_merge.mark",
        """
        UPDATE contact SET state = 'MERGED', merged_into_id = $2::uuid, state_changed_at = now(), updated_at = now() \
        WHERE tenant_id = $1 AND id = ANY ($3::uuid[])
        """)

    // MARK: Job roles

    /// At each organization one contact's roles stay. The others' roles fill empty values, and their events move to the
    /// one that stays.
    private static let collapsedRoles = StatementText(
        "contact_merge.collapsed_roles",
        """
        WITH \(place), ranked AS (SELECT j.*, place.place, \
        first_value(j.contact_id) OVER role AS keeper, first_value(j.id) OVER role AS kept_id \
        FROM place JOIN job_role j ON j.tenant_id = $1 AND j.contact_id = place.contact_id WHERE j.organization_id IS NOT NULL \
        WINDOW role AS (PARTITION BY j.organization_id ORDER BY place.place, NOT j.is_primary, j.created_at, j.id)), \
        lost AS (SELECT * FROM ranked WHERE contact_id <> keeper), \
        filled AS (UPDATE job_role k SET job_title = coalesce(nullif(k.job_title, ''), l.job_title, ''), \
        description = coalesce(nullif(k.description, ''), l.description), company = coalesce(nullif(k.company, ''), l.company) \
        FROM (SELECT kept_id, (array_agg(job_title ORDER BY place) FILTER (WHERE job_title <> ''))[1] AS job_title, \
        (array_agg(description ORDER BY place) FILTER (WHERE description <> ''))[1] AS description, \
        (array_agg(company ORDER BY place) FILTER (WHERE company <> ''))[1] AS company FROM lost GROUP BY kept_id) l \
        WHERE k.tenant_id = $1 AND k.id = l.kept_id), \
        said AS (INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, job_role_id, type, position) \
        SELECT $1, p.timeline_event_id, p.role, l.kept_id, min(p.type), min(p.position) FROM lost l \
        JOIN timeline_event_participant p ON p.tenant_id = $1 AND p.job_role_id = l.id GROUP BY p.timeline_event_id, p.role, l.kept_id \
        ON CONFLICT (tenant_id, timeline_event_id, role, subject_id) DO NOTHING) \
        DELETE FROM job_role j USING lost WHERE j.tenant_id = $1 AND j.id = lost.id
        """)

    private static let roles = StatementText(
        "contact_merge.roles",
        """
        UPDATE job_role SET contact_id = $2::uuid, is_primary = false, updated_at = now() \
        WHERE tenant_id = $1 AND contact_id = ANY ($3::uuid[])
        """)

    // MARK: Events

    // MARK: Unique per key

    private static let customFields = once("contact_merge.custom_fields", "custom_field", key: "name, data_type")
    private static let externalLinks = once("contact_merge.external_links", "external_link", key: "system, external_id")
    private static let flowParticipants = once("contact_merge.flow_participants", "flow_participant", key: "flow_id")

    /// Moves rows of which a contact has one per `key`.
    private static func once(_ name: String, _ table: SQL, key: SQL) -> StatementText {
        StatementText(
            name,
            """
            WITH \(place), ranked AS (SELECT r.id, r.contact_id, \
            row_number() OVER (PARTITION BY \(key) ORDER BY place.place, r.created_at, r.id) AS rank \
            FROM place JOIN \(table) r ON r.tenant_id = $1 AND r.contact_id = place.contact_id), \
            moved AS (UPDATE \(table) r SET contact_id = $2::uuid, updated_at = now() FROM ranked \
            WHERE r.tenant_id = $1 AND r.id = ranked.id AND ranked.rank = 1 AND ranked.contact_id <> $2::uuid) \
            DELETE FROM \(table) r USING ranked WHERE r.tenant_id = $1 AND r.id = ranked.id AND ranked.rank > 1
            """)
    }

    // MARK: Primaries

    private static let promotedEmail = StatementText(
        "contact_merge.promoted_email",
        """
        UPDATE contact_email SET is_primary = true WHERE tenant_id = $1 AND contact_id = $2::uuid \
        AND email_id = (SELECT l.email_id FROM contact_email l WHERE l.tenant_id = $1 AND l.contact_id = $2::uuid \
        ORDER BY l.created_at, l.email_id LIMIT 1) \
        AND NOT EXISTS (SELECT FROM contact_email l WHERE l.tenant_id = $1 AND l.contact_id = $2::uuid AND l.is_primary)
        """)

    private static let promotedRole = StatementText(
        "contact_merge.promoted_role",
        """
        UPDATE job_role SET is_primary = true WHERE tenant_id = $1 \
        AND id = (SELECT j.id FROM job_role j WHERE j.tenant_id = $1 AND j.contact_id = $2::uuid ORDER BY j.created_at, j.id LIMIT 1) \
        AND NOT EXISTS (SELECT FROM job_role j WHERE j.tenant_id = $1 AND j.contact_id = $2::uuid AND j.is_primary)
        """)
}
