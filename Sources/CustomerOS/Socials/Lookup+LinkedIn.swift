internal import Postgres

extension Lookup {
    /// The owner of the profile: by the key that all forms of its URL share, then by its alias, then by LinkedIn's own
    /// id. `$2` holds key and alias. Uses indexes step by step: as joins, the planner would read all links of the
    /// tenant.
    /// - Parameters:
    ///   - owner: The table's name.
    ///   - path: The path of LinkedIn with such owners' profiles.
    ///   - order: Which of several comes first.
    static func byLinkedIn(
        _ owner: SQL, path: SQL, order: SQL, profile: @escaping @Sendable (String) -> SocialURL?
    ) -> Lookup {
        Lookup(
            from: "\(owner) t",
            condition: """
                t.tenant_id = $1 AND t.id = ANY (ARRAY(SELECT l.\(owner)_id FROM \(owner)_social l \
                WHERE l.tenant_id = $1 AND l.social_id = ANY (ARRAY(\
                SELECT s.id FROM social s WHERE s.tenant_id = $1 AND s.url_key = ($2::text[])[1] UNION ALL \
                SELECT s.id FROM social s WHERE s.tenant_id = $1 AND s.alias <> '' AND fold(s.alias) = fold(($2::text[])[2]) \
                AND starts_with(s.url_key, 'linkedin.com/\(path)/') UNION ALL \
                SELECT s.id FROM social s WHERE s.tenant_id = $1 AND s.external_id <> '' AND s.external_id = ($2::text[])[2] \
                AND starts_with(s.url_key, 'linkedin.com/\(path)/')))))
                """,
            order: """
                NOT EXISTS (SELECT FROM \(owner)_social l JOIN social s ON s.tenant_id = l.tenant_id AND s.id = l.social_id \
                WHERE l.tenant_id = $1 AND l.\(owner)_id = t.id AND s.url_key = ($2::text[])[1]), \(order)
                """, argument: "linkedInUrl"
        ) { text in profile(text).map { .text(arrayText([$0.key, $0.alias])) } }
    }
}

extension SocialURL {
    /// The LinkedIn profile of a person, or nil if `text` is the URL of something else.
    static func person(_ text: String) -> SocialURL? { profile(text, below: "linkedin.com/in/") }

    /// The LinkedIn profile of a company, or nil if `text` is the URL of something else.
    static func company(_ text: String) -> SocialURL? { profile(text, below: "linkedin.com/company/") }

    private static func profile(_ text: String, below place: String) -> SocialURL? {
        guard let social = try? SocialURL(text) else { return nil }
        return social.key.hasPrefix(place) && !social.alias.isEmpty ? social : nil
    }
}
