internal import Postgres

/// How organizations are recognised. Of several the visible ones come first, then the oldest.
extension Lookup {
    static let organizationByCustomerOsID = Lookup(
        from: "organization t", condition: "t.tenant_id = $1 AND t.customer_os_id = $2", order: nil, argument: "customerOsId"
    ) { $0.isEmpty ? nil : .text($0) }

    static let organizationByReference = Lookup(
        from: "organization t", condition: "t.tenant_id = $1 AND t.reference_id = $2 AND t.reference_id <> ''",
        order: "t.created_at, t.id", argument: "customId"
    ) { $0.isEmpty ? nil : .text($0) }

    /// Whoever has the profile: by the key that all forms of its address share, then by its alias, then by LinkedIn's own id. `$2` holds
    /// key and alias. Step by step through indexes: as joins, the planner reads all links of the tenant.
    static let organizationByLinkedIn = Lookup(
        from: "organization t",
        condition: """
            t.tenant_id = $1 AND t.id = ANY (ARRAY(SELECT l.organization_id FROM organization_social l \
            WHERE l.tenant_id = $1 AND l.social_id = ANY (ARRAY(\
            SELECT s.id FROM social s WHERE s.tenant_id = $1 AND s.url_key = ($2::text[])[1] UNION ALL \
            SELECT s.id FROM social s WHERE s.tenant_id = $1 AND s.alias <> '' AND fold(s.alias) = fold(($2::text[])[2]) \
            AND starts_with(s.url_key, 'linkedin.com/company/') UNION ALL \
            SELECT s.id FROM social s WHERE s.tenant_id = $1 AND s.external_id <> '' AND s.external_id = ($2::text[])[2] \
            AND starts_with(s.url_key, 'linkedin.com/company/')))))
            """,
        order: """
            NOT EXISTS (SELECT FROM organization_social l JOIN social s ON s.tenant_id = l.tenant_id AND s.id = l.social_id \
            WHERE l.tenant_id = $1 AND l.organization_id = t.id AND s.url_key = ($2::text[])[1]), t.state = 'HIDDEN', t.created_at, t.id
            """, argument: "linkedInUrl"
    ) { text in
        guard let profile = SocialURL.company(text) else { return nil }
        return .text(arrayText([profile.key, profile.alias]))
    }
}

extension SocialURL {
    /// The LinkedIn profile of a company, or nil when `text` is the address of something else.
    static func company(_ text: String) -> SocialURL? {
        let text = text.trimmingBlanks
        guard !text.isEmpty else { return nil }
        let social = SocialURL(text)
        return social.key.hasPrefix("linkedin.com/company/") && !social.alias.isEmpty ? social : nil
    }
}
