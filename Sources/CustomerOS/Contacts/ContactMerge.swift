internal import Postgres
internal import Records

/// The statements of a merge of contacts: a fixed number, whatever is moved and however many are merged. They cover
/// every table that refers to contacts.
enum ContactMerge {
    /// Wait for transactions that write events of the contacts' addresses, as `Address.lock` does.
    static let addressLocks = [
        Statement<[ID<Contact>], Void>("contact_merge.lock_emails") { contacts in
            """
            SELECT id FROM email WHERE tenant_id = \(contacts.tenant) AND id = ANY (ARRAY(\
            SELECT email_id FROM contact_email WHERE tenant_id = \(contacts.tenant) AND contact_id = ANY (\(contacts.value)))) ORDER BY id FOR UPDATE
            """
        },
        Statement<[ID<Contact>], Void>("contact_merge.lock_phone_numbers") { contacts in
            """
            SELECT id FROM phone_number WHERE tenant_id = \(contacts.tenant) AND id = ANY (ARRAY(SELECT phone_number_id
            FROM contact_phone_number
            WHERE tenant_id = \(contacts.tenant) AND contact_id = ANY (\(contacts.value)))) ORDER BY id FOR UPDATE
            """
        },
    ]

    /// In this order.
    static let moves = [
        fill, statements.emails, statements.phoneNumbers, statements.tags, statements.locations, statements.socials,
        collapsedRoles, roles, statements.participants, statements.reassigned("notes", "note"),
        statements.reassigned("page_views", "page_view"), statements.reassigned("markdown_events", "markdown_event"),
        unique("custom_fields", "custom_field", "name, data_type"),
        unique("external_links", "external_link", "system, external_id"), statements.importKeys,
        unique("flow_participants", "flow_participant", "flow_id"), statements.mark,
    ]

    /// After all moves, for the primary contact.
    static let promotions = [promotedEmail, promotedRole]

    private static let statements = MergeStatements<Contact>(other: "organization")

    private static func unique(_ part: String, _ table: SQL, _ key: SQL) -> Statement<Merge<Contact>, Void> {
        statements.reassigned(part, table, unique: key, assigned: ", updated_at = now()")
    }

    /// Empty values take the first value available.
    private static let fill = statements.move("fill") { p, primary, merged in
        """
        WITH \(statements.place(primary, merged)) UPDATE contact p
        SET updated_at = now()\(Contact.table.mergedAssignments)
        FROM (SELECT \(Contact.table.mergedValues) FROM place
        JOIN contact o ON o.tenant_id = \(p.tenant) AND o.id = place.contact_id WHERE place.place > 1) m
        WHERE p.tenant_id = \(p.tenant) AND p.id = \(primary)
        """
    }

    // MARK: Job roles

    /// At each organization one contact's roles stay. The others' roles fill empty values, and their events move to the
    /// one that stays.
    private static let collapsedRoles = statements.move("collapsed_roles") { p, primary, merged in
        """
        WITH \(statements.place(primary, merged)), ranked AS (SELECT j.*, place.place,
        first_value(j.contact_id) OVER role AS keeper, first_value(j.id) OVER role AS kept_id
        FROM place JOIN job_role j ON j.tenant_id = \(p.tenant) AND j.contact_id = place.contact_id
        WHERE j.organization_id IS NOT NULL
        WINDOW role AS (PARTITION BY j.organization_id ORDER BY place.place, NOT j.is_primary, j.created_at, j.id)),
        lost AS (SELECT * FROM ranked WHERE contact_id <> keeper),
        filled AS (UPDATE job_role k SET job_title = coalesce(nullif(k.job_title, ''), l.job_title, ''),
        description = coalesce(nullif(k.description, ''), l.description),
        company = coalesce(nullif(k.company, ''), l.company)
        FROM (SELECT kept_id, (array_agg(job_title ORDER BY place) FILTER (WHERE job_title <> ''))[1] AS job_title,
        (array_agg(description ORDER BY place) FILTER (WHERE description <> ''))[1] AS description,
        (array_agg(company ORDER BY place) FILTER (WHERE company <> ''))[1] AS company FROM lost GROUP BY kept_id) l
        WHERE k.tenant_id = \(p.tenant) AND k.id = l.kept_id),
        said AS (INSERT INTO timeline_event_participant
        (tenant_id, timeline_event_id, role, job_role_id, type, position)
        SELECT \(p.tenant), p.timeline_event_id, p.role, l.kept_id, min(p.type), min(p.position) FROM lost l
        JOIN timeline_event_participant p ON p.tenant_id = \(p.tenant) AND p.job_role_id = l.id
        GROUP BY p.timeline_event_id, p.role, l.kept_id
        ON CONFLICT (tenant_id, timeline_event_id, role, subject_id) DO NOTHING)
        DELETE FROM job_role j USING lost WHERE j.tenant_id = \(p.tenant) AND j.id = lost.id
        """
    }

    private static let roles = statements.move("roles") { p, primary, merged in
        """
        UPDATE job_role SET contact_id = \(primary), is_primary = false, updated_at = now()
        WHERE tenant_id = \(p.tenant) AND contact_id = ANY (\(merged))
        """
    }

    // MARK: Primaries

    private static let promotedEmail = Statement<ID<Contact>, Void>("contact_merge.promoted_email") { primary in
        """
        UPDATE contact_email SET is_primary = true WHERE tenant_id = \(primary.tenant) AND contact_id = \(primary.value)
        AND email_id = (SELECT l.email_id FROM contact_email l WHERE l.tenant_id = \(primary.tenant)
        AND l.contact_id = \(primary.value)
        ORDER BY l.created_at, l.email_id LIMIT 1)
        AND NOT EXISTS (SELECT FROM contact_email l
        WHERE l.tenant_id = \(primary.tenant) AND l.contact_id = \(primary.value) AND l.is_primary)
        """
    }

    private static let promotedRole = Statement<ID<Contact>, Void>("contact_merge.promoted_role") { primary in
        """
        UPDATE job_role SET is_primary = true WHERE tenant_id = \(primary.tenant)
        AND id = (SELECT j.id FROM job_role j WHERE j.tenant_id = \(primary.tenant) AND j.contact_id = \(primary.value)
        ORDER BY j.created_at, j.id LIMIT 1)
        AND NOT EXISTS (SELECT FROM job_role j
        WHERE j.tenant_id = \(primary.tenant) AND j.contact_id = \(primary.value) AND j.is_primary)
        """
    }
}
