internal import Postgres
internal import Records

/// The arguments of a look-up by a profile.
struct ByLinkedIn: Decodable {
    let linkedInUrl: String
}

/// What all forms of a profile's URL have in common.
struct ProfileKey {
    let key: String
    /// Its alias, or LinkedIn's own id.
    let alias: String
}

extension Finder where Input == ByLinkedIn, Key == ProfileKey {
    /// The owner of the profile: by the key that all forms of its URL share, then by its alias, then by LinkedIn's own
    /// id. Uses indexes step by step: as joins, the planner would read all links of the tenant.
    /// - Parameters:
    ///   - path: The path of LinkedIn with such owners' profiles.
    ///   - order: Which of several comes first.
    ///   - profile: The profile with a URL, or nil if it is no such owner's.
    static func byLinkedIn(_ owner: R.Type, path: SQL, order: SQL, profile: @escaping @Sendable (String) -> SocialURL?)
        -> Finder
    where R: Record {
        let table = owner.table.name
        return Finder(
            owner, by: { input in profile(input.linkedInUrl).map { ProfileKey(key: $0.key, alias: $0.alias) } }
        ) { p in
            let (key, alias) = (p.key, p.alias)
            return """
                t.id = ANY (ARRAY(SELECT l.\(table)_id FROM \(table)_social l
                WHERE l.tenant_id = \(p.tenant) AND l.social_id = ANY (ARRAY(\
                SELECT s.id FROM social s WHERE s.tenant_id = \(p.tenant) AND s.url_key = \(key) UNION ALL
                SELECT s.id FROM social s WHERE s.tenant_id = \(p.tenant) AND s.alias <> ''
                AND fold(s.alias) = fold(\(alias))
                AND starts_with(s.url_key, 'linkedin.com/\(path)/') UNION ALL
                SELECT s.id FROM social s WHERE s.tenant_id = \(p.tenant) AND s.external_id <> ''
                AND s.external_id = \(alias)
                AND starts_with(s.url_key, 'linkedin.com/\(path)/')))))
                """
        } order: { p in
            """
            NOT EXISTS (SELECT FROM \(table)_social l JOIN social s ON s.tenant_id = l.tenant_id AND s.id = l.social_id
            WHERE l.tenant_id = \(p.tenant) AND l.\(table)_id = t.id AND s.url_key = \(p.key)), \(order)
            """
        }
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
