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

    // MARK: Links

    /// The first role of a new contact.
    static let insertFirstRole = StatementText(
        "job_role.insert_first",
        """
        INSERT INTO job_role (tenant_id, id, contact_id, organization_id, is_primary, started_at) \
        VALUES ($1, $2::uuid, $3::uuid, $4::uuid, true, now())
        """)

    /// `$3` contact, `$4` system, `$5` the id there, `$6` its URL, `$7` its kind there, `$8` when it was read.
    static let insertExternalLink = StatementText(
        "external_link.insert",
        """
        WITH known AS (INSERT INTO external_system (tenant_id, type) VALUES ($1, $4) ON CONFLICT DO NOTHING) \
        INSERT INTO external_link (tenant_id, id, contact_id, system, external_id, external_url, external_source, synced_at) \
        VALUES ($1, $2::uuid, $3::uuid, $4, $5, $6, $7, $8::timestamptz) ON CONFLICT (tenant_id, system, external_id, owner_id) DO NOTHING
        """)
}
