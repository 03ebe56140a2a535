internal import Postgres

/// How contacts are recognised. Of several the visible ones come first, then the oldest. Every condition goes step by step through
/// indexes: as joins, the planner reads all links of the tenant.
extension Lookup {
    private static let preference: SQL = "t.state = 'HIDDEN', t.created_at, t.id"

    /// Whoever has the address as it was written or as it was cleaned.
    static let contactByEmail = Lookup(
        from: "contact t",
        condition: """
            t.tenant_id = $1 AND t.id = ANY (ARRAY(SELECT l.contact_id FROM contact_email l \
            WHERE l.tenant_id = $1 AND l.email_id = ANY (ARRAY(\
            SELECT e.id FROM email e WHERE e.tenant_id = $1 AND fold(e.raw_email) = fold($2) UNION ALL \
            SELECT e.id FROM email e WHERE e.tenant_id = $1 AND e.email <> '' AND fold(e.email) = fold($2)))))
            """,
        order: preference, argument: "email"
    ) { text in
        let address = text.trimmingBlanks
        return address.isEmpty ? nil : .text(address)
    }

    /// Whoever has the number as it was written or in its international form: `$2` holds the argument in both.
    static let contactByPhone = Lookup(
        from: "contact t",
        condition: """
            t.tenant_id = $1 AND t.id = ANY (ARRAY(SELECT l.contact_id FROM contact_phone_number l \
            WHERE l.tenant_id = $1 AND l.phone_number_id = ANY (ARRAY(\
            SELECT p.id FROM phone_number p WHERE p.tenant_id = $1 AND coalesce(p.e164, p.raw_phone_number) = ANY ($2::text[]) UNION ALL \
            SELECT p.id FROM phone_number p WHERE p.tenant_id = $1 AND p.raw_phone_number = ANY ($2::text[])))))
            """,
        order: preference, argument: "e164", miss: { "Contact with phone number \($0) not identified" }
    ) { text in
        let number = text.trimmingBlanks
        guard !number.isEmpty else { return nil }
        return .text(arrayText([number] + [PhoneNumberTable.internationalForm(of: number)].compactMap { $0 }))
    }

    /// Whoever has the profile: by the key that all forms of its address share, then by its alias, then by LinkedIn's own id. `$2` holds
    /// key and alias.
    static let contactByLinkedIn = Lookup(
        from: "contact t",
        condition: """
            t.tenant_id = $1 AND t.id = ANY (ARRAY(SELECT l.contact_id FROM contact_social l \
            WHERE l.tenant_id = $1 AND l.social_id = ANY (ARRAY(\
            SELECT s.id FROM social s WHERE s.tenant_id = $1 AND s.url_key = ($2::text[])[1] UNION ALL \
            SELECT s.id FROM social s WHERE s.tenant_id = $1 AND s.alias <> '' AND fold(s.alias) = fold(($2::text[])[2]) \
            AND starts_with(s.url_key, 'linkedin.com/in/') UNION ALL \
            SELECT s.id FROM social s WHERE s.tenant_id = $1 AND s.external_id <> '' AND s.external_id = ($2::text[])[2] \
            AND starts_with(s.url_key, 'linkedin.com/in/')))))
            """,
        order: """
            NOT EXISTS (SELECT FROM contact_social l JOIN social s ON s.tenant_id = l.tenant_id AND s.id = l.social_id \
            WHERE l.tenant_id = $1 AND l.contact_id = t.id AND s.url_key = ($2::text[])[1]), \(preference)
            """, argument: "linkedInUrl"
    ) { text in
        guard let profile = SocialURL.person(text) else { return nil }
        return .text(arrayText([profile.key, profile.alias]))
    }
}

extension SocialURL {
    /// The LinkedIn profile of a person, or nil when `text` is the address of something else.
    static func person(_ text: String) -> SocialURL? {
        let text = text.trimmingBlanks
        guard !text.isEmpty else { return nil }
        let social = SocialURL(text)
        return social.key.hasPrefix("linkedin.com/in/") && !social.alias.isEmpty ? social : nil
    }
}
