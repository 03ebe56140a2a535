internal import GraphQL
internal import Postgres

/// The statements that write contacts and their links. Lock organizations first, then contacts, each in the order of
/// their ids, to avoid deadlocks.
enum ContactTable {
    static let patch = ColumnPatch(columns: [
        ColumnPatch.Column("prefix", "prefix"),
        ColumnPatch.Column("description", "description"),
        ColumnPatch.Column("timezone", "timezone"),
        ColumnPatch.Column("profilePhotoUrl", "profile_photo_url"),
        ColumnPatch.Column("username", "username"),
    ])

    /// `$1` tenant, `$2` id, `$3` name, `$4` first name, `$5` last name, `$6` creation or null for now, then the patch.
    static let insert: StatementText = {
        let (columns, values) = patch.insertion(from: 7)
        return StatementText(
            "contact.insert",
            """
            INSERT INTO contact (tenant_id, id, name, first_name, last_name, created_at\(columns)) \
            VALUES ($1, $2::uuid, $3, $4, $5, coalesce($6::timestamptz, now())\(values))
            """)
    }()

    /// `$1` tenant, `$2` id, `$3` name, `$4` first name, `$5` last name, then the patch.
    static let update = StatementText(
        "contact.update",
        """
        UPDATE contact SET updated_at = now(), name = $3, first_name = $4, last_name = $5\(patch.assignments(from: 6)) \
        WHERE tenant_id = $1 AND id = $2::uuid
        """)

    /// Keeps others from changing, merging or archiving the contact until the transaction ends.
    static let lock = StatementText(
        "contact.lock",
        """
        SELECT name, first_name, last_name FROM contact \
        WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN') FOR NO KEY UPDATE
        """)

    static let touch = StatementText(
        "contact.touch", "UPDATE contact SET updated_at = now() WHERE tenant_id = $1 AND id = $2::uuid")

    // MARK: Links

    /// The first role of a new contact.
    static let insertFirstRole = StatementText(
        "job_role.insert_first",
        """
        INSERT INTO job_role (tenant_id, id, contact_id, organization_id, is_primary, started_at) \
        VALUES ($1, $2::uuid, $3::uuid, $4::uuid, true, now())
        """)

    /// A role `$2` of the contact `$3` at the organization `$4`, unless it has one.
    static let insertMissingRole = StatementText(
        "job_role.insert_missing",
        """
        INSERT INTO job_role (tenant_id, id, contact_id, organization_id, started_at) SELECT $1, $2::uuid, $3::uuid, $4::uuid, now() \
        WHERE NOT EXISTS (SELECT FROM job_role WHERE tenant_id = $1 AND contact_id = $3::uuid AND organization_id = $4::uuid)
        """)

    /// Events of the roles of the contact `$2` at the organization `$3` stay the contact's.
    static let keepEventsOfRoles = StatementText(
        "job_role.keep_all_events",
        """
        INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, contact_id, type, position) \
        SELECT p.tenant_id, p.timeline_event_id, p.role, $2::uuid, min(p.type), min(p.position) FROM job_role j \
        JOIN timeline_event_participant p ON p.tenant_id = j.tenant_id AND p.job_role_id = j.id \
        WHERE j.tenant_id = $1 AND j.contact_id = $2::uuid AND j.organization_id = $3::uuid \
        GROUP BY p.tenant_id, p.timeline_event_id, p.role ON CONFLICT (tenant_id, timeline_event_id, role, subject_id) DO NOTHING
        """)

    /// All roles of the contact `$2` at the organization `$3`.
    static let deleteRoles = StatementText(
        "job_role.delete_all",
        "DELETE FROM job_role WHERE tenant_id = $1 AND contact_id = $2::uuid AND organization_id = $3::uuid")

    /// `$3` contact, `$4` system, `$5` the id there, `$6` its URL, `$7` its kind there, `$8` when it was read.
    static let insertExternalLink = StatementText(
        "external_link.insert",
        """
        WITH known AS (INSERT INTO external_system (tenant_id, type) VALUES ($1, $4) ON CONFLICT DO NOTHING) \
        INSERT INTO external_link (tenant_id, id, contact_id, system, external_id, external_url, external_source, synced_at) \
        VALUES ($1, $2::uuid, $3::uuid, $4, $5, $6, $7, $8::timestamptz) ON CONFLICT (tenant_id, system, external_id, owner_id) DO NOTHING
        """)

    // MARK: What follows

    /// After a change of the links of the contacts `$2`, or of the organizations `$3` to them.
    static let refreshLinks = StatementText(
        "contact.links_refresh", "CALL contact_links_refresh($1::integer, $2::uuid[], $3::uuid[])")

    static func refreshLinks(of contacts: [String], and organizations: [String], _ tenant: Parameter) -> Query {
        Query(refreshLinks, [tenant, .text(arrayText(contacts)), .text(arrayText(organizations))])
    }
}
