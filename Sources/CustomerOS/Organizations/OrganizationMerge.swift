internal import Postgres
internal import Records

/// The statements of a merge of organizations: a fixed number, whatever is moved and however many are merged. They
/// cover every table that refers to organizations.
enum OrganizationMerge {
    struct Stored {
        let id: ID<Organization>
        let standing: Standing
    }

    /// Locks all of them in the order of their ids, so that crossing merges do not deadlock.
    static let lock = Statement<[ID<Organization>], Stored>(
        "organization_merge.lock",
        row: { (id: ID<Organization>, relationship: String?, stage: String?) in
            Stored(id: id, standing: Standing(relationship: relationship, stage: stage))
        }
    ) { ids in
        """
        SELECT id, relationship, stage FROM organization
        WHERE tenant_id = \(ids.tenant) AND id = ANY (\(ids.value)) AND state IN ('LIVE', 'HIDDEN')
        ORDER BY id FOR UPDATE
        """
    }

    struct Fill {
        let primary: ID<Organization>
        let merged: [ID<Organization>]
        let relationship: OrganizationRelationship?
        let stage: OrganizationStage?

        /// - Parameter standing: What to store.
        init(_ merge: Merge<Organization>, _ standing: Standing) {
            primary = merge.primary
            merged = merge.merged
            relationship = standing.relationship
            stage = standing.stage
        }
    }

    /// Empty values take the first value available.
    static let fill = Statement<Fill, Void>("organization_merge.fill") { p in
        let (primary, merged, relationship, stage) = (p.primary, p.merged, p.relationship, p.stage)
        return """
            WITH \(statements.place(primary, merged)) UPDATE organization p SET updated_at = now(),
            relationship = \(bare: relationship), stage = \(bare: stage),
            stage_changed_at = CASE WHEN p.stage IS DISTINCT FROM \(bare: stage) THEN now() ELSE p.stage_changed_at END\
            \(Organization.table.mergedAssignments) FROM (SELECT \(Organization.table.mergedValues)
            FROM place JOIN organization o ON o.tenant_id = \(p.tenant) AND o.id = place.organization_id
            WHERE place.place > 1) m WHERE p.tenant_id = \(p.tenant) AND p.id = \(primary)
            """
    }

    /// In this order.
    static let moves =
        [
            statements.reassigned("domains", "organization_domain"), jobRoles, statements.emails,
            statements.phoneNumbers, statements.locations, statements.tags, statements.socials, innerLinks,
            subsidiaries, parents, suggestedMerges, statements.participants, actions,
            statements.reassigned("custom_fields", "custom_field", unique: "name, data_type"),
            statements.reassigned("external_links", "external_link", unique: "system, external_id"),
        ] + owned + [statements.mark]

    /// After all moves, for all of them.
    static let refreshEvents = Statement<[ID<Organization>], Void>("organization_merge.events_refresh") { ids in
        "CALL organization_events_refresh(\(ids.tenant)::integer, \(ids.value))"
    }

    /// After all moves, for the primary organization.
    static let refreshRenewals = Statement<ID<Organization>, Void>("organization_merge.renewal_refresh") { id in
        "CALL renewal_refresh(\(id.tenant)::integer, ARRAY[\(id.value)])"
    }

    private static let statements = MergeStatements<Organization>(other: "contact")

    // MARK: Rows of one organization

    private static let jobRoles = statements.move("job_roles") { p, primary, merged in
        """
        UPDATE job_role SET organization_id = \(primary), updated_at = now()
        WHERE tenant_id = \(p.tenant) AND organization_id = ANY (\(merged))
        """
    }

    /// Each organization keeps one event of its creation; all other actions move.
    private static let actions = statements.move("actions") { p, primary, merged in
        """
        UPDATE action SET organization_id = \(primary)
        WHERE tenant_id = \(p.tenant) AND organization_id = ANY (\(merged)) AND type <> 'CREATED'
        """
    }

    private static let owned = [
        statements.reassigned("contracts", "contract"),
        statements.reassigned("opportunities", "opportunity"), statements.importKeys,
        statements.reassigned("billing_profiles", "billing_profile"),
        statements.reassigned("reminders", "reminder"),
        statements.reassigned("log_entries", "log_entry"),
        statements.reassigned("notes", "note"),
        statements.reassigned("markdown_events", "markdown_event"),
    ]

    // MARK: Other organizations

    /// Removes links between the merged organizations.
    private static let innerLinks = statements.move("inner_links") { p, primary, merged in
        let all: SQL = "array_prepend(\(primary), \(merged))"
        return """
            DELETE FROM organization_subsidiary
            WHERE tenant_id = \(p.tenant) AND parent_id = ANY (\(all)) AND subsidiary_id = ANY (\(all))
            """
    }

    private static let subsidiaries = hierarchy("subsidiaries", this: "parent_id", other: "subsidiary_id")
    private static let parents = hierarchy("parents", this: "subsidiary_id", other: "parent_id")

    /// Links that would close a cycle are removed: the primary's own stay.
    private static func hierarchy(_ part: String, this: SQL, other: SQL) -> MergeStatements<Organization>.Move {
        statements.move(part) { p, primary, merged in
            """
            WITH RECURSIVE \(statements.place(primary, merged)), beyond (id) AS (\
            SELECT \(this) FROM organization_subsidiary WHERE tenant_id = \(p.tenant) AND \(other) = \(primary) UNION
            SELECT s.\(this) FROM beyond
            JOIN organization_subsidiary s ON s.tenant_id = \(p.tenant) AND s.\(other) = beyond.id),
            moved AS (DELETE FROM organization_subsidiary
            WHERE tenant_id = \(p.tenant) AND \(this) = ANY (\(merged)) RETURNING *)
            INSERT INTO organization_subsidiary (tenant_id, \(this), \(other), type, created_at)
            SELECT \(p.tenant), \(primary), m.\(other),
            coalesce((array_agg(m.type ORDER BY place.place) FILTER (WHERE m.type <> ''))[1], ''), min(m.created_at)
            FROM moved m JOIN place ON place.organization_id = m.\(this)
            WHERE m.\(other) NOT IN (SELECT id FROM beyond) GROUP BY m.\(other)
            ON CONFLICT (tenant_id, parent_id, subsidiary_id) DO NOTHING
            """
        }
    }

    private static let suggestedMerges = statements.move("suggested_merges") { p, primary, merged in
        """
        WITH moved AS (DELETE FROM organization_suggested_merge
        WHERE tenant_id = \(p.tenant) AND (organization_id = ANY (\(merged)) OR primary_id = ANY (\(merged)))
        RETURNING *),
        named AS (SELECT CASE WHEN organization_id = ANY (\(merged)) THEN \(primary) ELSE organization_id END
        AS organization_id, CASE WHEN primary_id = ANY (\(merged)) THEN \(primary) ELSE primary_id END AS primary_id,
        confidence, suggested_by, suggested_at FROM moved)
        INSERT INTO organization_suggested_merge (tenant_id, organization_id, primary_id, confidence, suggested_by,
        suggested_at)
        SELECT DISTINCT ON (organization_id, primary_id) \(p.tenant), organization_id, primary_id, confidence,
        suggested_by, suggested_at
        FROM named WHERE organization_id <> primary_id ORDER BY organization_id, primary_id, confidence DESC NULLS LAST
        ON CONFLICT (tenant_id, organization_id, primary_id) DO NOTHING
        """
    }
}
