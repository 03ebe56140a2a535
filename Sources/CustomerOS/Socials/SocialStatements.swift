internal import Postgres
internal import Records

/// The statements on profiles, whatever their owners.
enum SocialStatements {
    /// Serializes concurrent saves of the profile with a key.
    static let lockKey = Statement<String, Void>("social.lock_key") { key in
        "SELECT pg_advisory_xact_lock(hashtextextended(\(bare: key.value), \(key.tenant)::integer))"
    }

    /// Concurrent removals from the last two owners wait here, so that the later one sees that it is the last.
    static let lock = Statement<ID<Social>, Void>("social.lock") { id in
        "SELECT id FROM social WHERE tenant_id = \(id.tenant) AND id = \(id.value) FOR UPDATE"
    }

    static let deleteOrphan = Statement<ID<Social>, Void>("social.delete_orphan") { id in
        """
        DELETE FROM social t WHERE t.tenant_id = \(id.tenant) AND t.id = \(id.value)
        AND NOT EXISTS (SELECT FROM contact_social l WHERE l.tenant_id = t.tenant_id AND l.social_id = t.id)
        AND NOT EXISTS (SELECT FROM organization_social l WHERE l.tenant_id = t.tenant_id AND l.social_id = t.id)
        """
    }

    /// The network's own id belongs to the old URL.
    static let update = Statement<(id: ID<Social>, url: String, key: String, alias: String), ID<Social>>("social.update") { p in
        let (id, url, key, alias) = (p.id, p.url, p.key, p.alias)
        return """
            UPDATE social SET url = \(bare: url), url_key = \(bare: key), alias = \(bare: alias), updated_at = now(),
            external_id = CASE WHEN url_key = \(bare: key) THEN external_id ELSE '' END
            WHERE tenant_id = \(p.tenant) AND id = \(id) RETURNING id
            """
    }

    static let delete = Statement<ID<Social>, Void>("social.delete") { id in
        "DELETE FROM social WHERE tenant_id = \(id.tenant) AND id = \(id.value)"
    }
}
