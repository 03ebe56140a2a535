internal import Postgres
internal import Records

/// The statements that say which organization owns which.
enum OrganizationHierarchy {
    struct Link {
        let parent: ID<Organization>
        let subsidiary: ID<Organization>
    }

    /// Serializes changes of a tenant's hierarchy: otherwise two links, each harmless, could close a cycle.
    static let lock = Statement<Void, Void>("organization_subsidiary.lock") { p in
        "SELECT pg_advisory_xact_lock(hashtextextended('organization_subsidiary', \(p.tenant)::integer))"
    }

    /// Whether the subsidiary stands above the parent.
    static let isRing = Statement<Link, Bool>("organization_subsidiary.is_above") { p in
        let (parent, subsidiary) = (p.parent, p.subsidiary)
        return """
            WITH RECURSIVE above (id) AS (\
            SELECT parent_id FROM organization_subsidiary WHERE tenant_id = \(p.tenant) AND subsidiary_id = \(parent)
            UNION
            SELECT s.parent_id FROM above
            JOIN organization_subsidiary s ON s.tenant_id = \(p.tenant) AND s.subsidiary_id = above.id)
            SELECT EXISTS (SELECT FROM above WHERE id = \(subsidiary))
            """
    }

    /// Removes the parent's other visible subsidiaries.
    static let removeOthers = Statement<Link, Void>("organization_subsidiary.remove_others") { p in
        let (parent, subsidiary) = (p.parent, p.subsidiary)
        return """
            DELETE FROM organization_subsidiary s USING organization o WHERE s.tenant_id = \(p.tenant)
            AND s.parent_id = \(parent) AND s.subsidiary_id <> \(subsidiary)
            AND o.tenant_id = s.tenant_id AND o.id = s.subsidiary_id AND o.state = 'LIVE'
            """
    }

    static let add = Statement<(parent: ID<Organization>, subsidiary: ID<Organization>, type: String), Void>(
        "organization_subsidiary.upsert"
    ) { p in
        """
        INSERT INTO organization_subsidiary (tenant_id, parent_id, subsidiary_id, type)
        VALUES (\(p.tenant), \(p.parent), \(p.subsidiary), \(bare: p.type))
        ON CONFLICT (tenant_id, parent_id, subsidiary_id) DO UPDATE SET type = excluded.type
        """
    }

    static let remove = Statement<Link, Void>("organization_subsidiary.remove") { p in
        let (parent, subsidiary) = (p.parent, p.subsidiary)
        return """
            DELETE FROM organization_subsidiary
            WHERE tenant_id = \(p.tenant) AND parent_id = \(parent) AND subsidiary_id = \(subsidiary)
            """
    }
}
