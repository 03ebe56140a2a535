internal import GraphQL
internal import Postgres

/// The statements that write job roles of contacts. The caller must hold the lock of `JobRoleOwner`.
enum JobRoleTable {
    /// What `jobRole_Save` changes. The title is never null, since lists are sorted by it.
    static let patch = ColumnPatch(columns: [
        ColumnPatch.Column("jobTitle", "job_title"),
        ColumnPatch.Column("description", "description"),
        ColumnPatch.Column("company", "company"),
        ColumnPatch.Column("primary", "is_primary", "boolean", initial: "false"),
        ColumnPatch.Column("startedAt", "started_at", "timestamptz", initial: "NULL"),
        ColumnPatch.Column("endedAt", "ended_at", "timestamptz", initial: "NULL"),
    ])

    /// Dates before 1900 are other systems' empty dates: none.
    private static let oldest: SQL = "'1900-01-01Z'::timestamptz"

    /// `$1` tenant, `$2` id, `$3` contact, `$4` organization, `$5` title, `$6` description, `$7` company, `$8` primary,
    /// `$9` start or null for now, `$10` end, `$11` application. If not given, the first current role at an
    /// organization is primary.
    static let insert = StatementText(
        "job_role.insert",
        """
        INSERT INTO job_role (tenant_id, id, contact_id, organization_id, job_title, description, company, is_primary, started_at, \
        ended_at, app_source) VALUES ($1, $2::uuid, $3::uuid, $4::uuid, coalesce($5, ''), $6, $7, \
        coalesce($8::boolean, $4::uuid IS NOT NULL AND coalesce($10::timestamptz > now(), true) AND NOT EXISTS (\
        SELECT FROM job_role WHERE tenant_id = $1 AND contact_id = $3::uuid AND is_primary)), \
        CASE WHEN $9::timestamptz < \(oldest) THEN NULL ELSE coalesce($9::timestamptz, now()) END, \
        CASE WHEN $10::timestamptz < \(oldest) THEN NULL ELSE $10::timestamptz END, coalesce(nullif($11, ''), 'customer-os-api'))
        """)

    /// Leaves `$3` as the contact's only primary role.
    static let demote = StatementText(
        "job_role.demote",
        """
        UPDATE job_role SET is_primary = false, updated_at = now() \
        WHERE tenant_id = $1 AND contact_id = $2::uuid AND is_primary AND id <> $3::uuid
        """)

    /// `$1` tenant, `$2` id, `$3` contact, `$4` organization or null to keep it, then the values: what is absent is
    /// cleared.
    static let overwrite = update("job_role.overwrite", patch.overwrites(from: 5))

    /// The same, but what is absent is kept.
    static let change = update("job_role.change", patch.assignments(from: 5))

    private static func update(_ name: String, _ assignments: SQL) -> StatementText {
        StatementText(
            name,
            """
            UPDATE job_role SET updated_at = now(), organization_id = coalesce($4::uuid, organization_id)\(assignments) \
            WHERE tenant_id = $1 AND id = $2::uuid AND contact_id = $3::uuid RETURNING id
            """)
    }

    static let dropEmptyDates = StatementText(
        "job_role.drop_empty_dates",
        """
        UPDATE job_role SET started_at = CASE WHEN started_at >= \(oldest) THEN started_at END, \
        ended_at = CASE WHEN ended_at >= \(oldest) THEN ended_at END \
        WHERE tenant_id = $1 AND id = $2::uuid AND (started_at < \(oldest) OR ended_at < \(oldest))
        """)

    static let find = StatementText(
        "job_role.find", "SELECT contact_id FROM job_role WHERE tenant_id = $1 AND id = $2::uuid AND contact_id IS NOT NULL")

    /// The role's events stay the contact's.
    static let keepEvents = StatementText(
        "job_role.keep_events",
        """
        INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, contact_id, type, position) \
        SELECT p.tenant_id, p.timeline_event_id, p.role, j.contact_id, p.type, p.position FROM job_role j \
        JOIN timeline_event_participant p ON p.tenant_id = j.tenant_id AND p.job_role_id = j.id \
        WHERE j.tenant_id = $1 AND j.id = $2::uuid AND j.contact_id = $3::uuid ON CONFLICT DO NOTHING
        """)

    static let delete = StatementText(
        "job_role.delete", "DELETE FROM job_role WHERE tenant_id = $1 AND id = $2::uuid AND contact_id = $3::uuid")

    /// `$2` the contact, `$3` the organizations.
    static let refreshTimelines = StatementText(
        "timeline.refresh_roles", "CALL timeline_refresh_roles($1::integer, $2::uuid, $3::uuid[])")
}
