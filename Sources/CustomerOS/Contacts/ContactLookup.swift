internal import Postgres

/// How contacts are recognised. Visible ones come first, then the oldest. Every condition uses indexes step by step: as
/// joins, the planner would read all links of the tenant.
extension Lookup {
    private static let preference: SQL = "t.state = 'HIDDEN', t.created_at, t.id"

    /// Contacts with the address, as entered or as normalised.
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
        let address = EmailAddress.comparable(text)
        return address.isEmpty ? nil : .text(address)
    }

    /// Contacts with the number: `$2` holds its line, text and extension. Without an extension it matches everyone on
    /// the line, those without an extension first.
    static let contactByPhone = Lookup(
        from: "contact t",
        condition: """
            t.tenant_id = $1 AND t.id = ANY (ARRAY(SELECT l.contact_id FROM contact_phone_number l \
            WHERE l.tenant_id = $1 AND l.phone_number_id = ANY (ARRAY(\
            SELECT p.id FROM phone_number p WHERE p.tenant_id = $1 AND coalesce(p.e164, p.raw_phone_number) = ($2::text[])[1] \
            AND (($2::text[])[3] = '' OR p.extension = ($2::text[])[3]) UNION ALL \
            SELECT p.id FROM phone_number p WHERE p.tenant_id = $1 AND p.raw_phone_number = ($2::text[])[2]))))
            """,
        order: """
            NOT EXISTS (SELECT FROM contact_phone_number l JOIN phone_number p ON p.tenant_id = l.tenant_id AND p.id = l.phone_number_id \
            WHERE l.tenant_id = $1 AND l.contact_id = t.id AND coalesce(p.e164, p.raw_phone_number) = ($2::text[])[1] \
            AND p.extension = ($2::text[])[3]), \(preference)
            """, argument: "e164", miss: { "Contact with phone number \($0) not identified" }
    ) { text in
        let number = PhoneNumber(comparable: text)
        return number.raw.isEmpty ? nil : .text(arrayText([number.line, number.raw, number.extension]))
    }

    static let contactByLinkedIn = byLinkedIn("contact", path: "in", order: preference, profile: SocialURL.person)
}
