internal import Postgres
internal import Records

/// The statements about the web domains of organizations.
enum WebDomainStatements {
    struct Candidates {
        let domains: [String]
        /// The entries of each domain in the list of shared hosts: its index in `domains`, from 1, and the entry.
        let places: [Int64]
        let patterns: [String]
    }

    /// What is stored about a domain.
    struct Stored {
        let domain: String
        /// Whether the address is one of a shared host's.
        let isShared: Bool
        let owner: ID<Organization>?
        let ownerName: String?
        let ownerState: String?
    }

    /// What is stored about each domain, in order.
    static let find = Statement<Candidates, Stored>("organization_domain.judge", row: Stored.init) { p in
        let (domains, places, patterns) = (p.domains, p.places, p.patterns)
        return """
            SELECT candidate.domain,
            EXISTS (SELECT FROM unnest(\(places), \(patterns)) over (place, pattern) WHERE over.place = candidate.place
            AND (SELECT s.pattern FROM shared_host s WHERE s.pattern = over.pattern) IS NOT NULL), o.id, o.name, o.state
            FROM unnest(\(domains)) WITH ORDINALITY candidate (domain, place)
            LEFT JOIN organization_domain d ON d.tenant_id = \(p.tenant) AND d.domain = candidate.domain
            LEFT JOIN organization o ON o.tenant_id = \(p.tenant) AND o.id = d.organization_id ORDER BY candidate.place
            """
    }

    /// Where a domain redirects.
    static let redirect = Statement<String, String>("domain_redirect.find", isShared: true) { domain in
        "SELECT primary_domain FROM domain_redirect WHERE domain = \(bare: domain.value)"
    }

    /// Frees the domains that belong to an archived organization.
    static let free = Statement<[String], Void>("organization_domain.free") { domains in
        """
        DELETE FROM organization_domain d USING organization o
        WHERE d.tenant_id = \(domains.tenant) AND d.domain = ANY (\(domains.value))
        AND o.tenant_id = \(domains.tenant) AND o.id = d.organization_id AND o.state NOT IN ('LIVE', 'HIDDEN')
        """
    }

    /// Links the domains that are free; a second transaction waits here for the first and gets fewer rows.
    static let link = Statement<(id: ID<Organization>, domains: [String]), String>("organization_domain.insert") { p in
        let (id, domains) = (p.id, p.domains)
        return """
            INSERT INTO organization_domain (tenant_id, domain, organization_id) SELECT \(p.tenant), domain, \(id)
            FROM unnest(\(domains)) domain ORDER BY domain ON CONFLICT (tenant_id, domain) DO NOTHING RETURNING domain
            """
    }

    /// Unlinks the domains, or all if there are none given.
    static let unlink = Statement<(id: ID<Organization>, domains: [String]?), Void>("organization_domain.delete") { p in
        let (id, domains) = (p.id, p.domains)
        return """
            WITH gone AS (DELETE FROM organization_domain WHERE tenant_id = \(p.tenant) AND organization_id = \(id)
            AND (\(domains) IS NULL OR domain = ANY (\(domains))) RETURNING domain)
            UPDATE organization SET updated_at = now()
            WHERE tenant_id = \(p.tenant) AND id = \(id) AND EXISTS (SELECT FROM gone)
            """
    }
}
