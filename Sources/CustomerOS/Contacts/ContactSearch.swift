internal import Postgres
internal import Records

/// How contacts are recognised. Visible ones come first, then the oldest. Every condition uses indexes step by step: as
/// joins, the planner would read all links of the tenant.
enum ContactSearch {
    private static let preference: SQL = "t.state = 'HIDDEN', t.created_at, t.id"

    struct ByEmail: Decodable { let email: String }

    /// Contacts with the address, as entered or as normalised.
    static let byEmail = Finder(
        Contact.self,
        by: { (input: ByEmail) in
            let address = EmailAddress.comparable(input.email)
            return address.isEmpty ? nil : address
        }
    ) { p in
        """
        t.id = ANY (ARRAY(SELECT l.contact_id FROM contact_email l
        WHERE l.tenant_id = \(p.tenant) AND l.email_id = ANY (ARRAY(\
        SELECT e.id FROM email e WHERE e.tenant_id = \(p.tenant) AND fold(e.raw_email) = fold(\(bare: p.value))
        UNION ALL
        SELECT e.id FROM email e WHERE e.tenant_id = \(p.tenant) AND e.email <> ''
        AND fold(e.email) = fold(\(bare: p.value))))))
        """
    } order: { _ in
        preference
    }

    struct ByPhoneNumber: Decodable { let e164: String }

    /// Contacts with the number. Without an extension it matches everyone on the line, those without an extension
    /// first.
    static let byPhoneNumber = Finder(
        Contact.self,
        by: { (input: ByPhoneNumber) in
            let number = PhoneNumber(comparable: input.e164)
            return number.raw.isEmpty ? nil : number
        }, miss: { "Contact with phone number \($0.e164) not identified" }
    ) { p in
        let (line, raw, suffix) = (p.line, p.raw, p.extension)
        return """
            t.id = ANY (ARRAY(SELECT l.contact_id FROM contact_phone_number l
            WHERE l.tenant_id = \(p.tenant) AND l.phone_number_id = ANY (ARRAY(\
            SELECT p.id FROM phone_number p WHERE p.tenant_id = \(p.tenant)
            AND coalesce(p.e164, p.raw_phone_number) = \(line)
            AND (\(suffix) = '' OR p.extension = \(suffix)) UNION ALL
            SELECT p.id FROM phone_number p WHERE p.tenant_id = \(p.tenant) AND p.raw_phone_number = \(raw)))))
            """
    } order: { p in
        """
        NOT EXISTS (SELECT FROM contact_phone_number l JOIN phone_number p ON p.tenant_id = l.tenant_id
        AND p.id = l.phone_number_id
        WHERE l.tenant_id = \(p.tenant) AND l.contact_id = t.id AND coalesce(p.e164, p.raw_phone_number) = \(p.line)
        AND p.extension = \(p.extension)), \(preference)
        """
    }

    static let byLinkedIn = Finder.byLinkedIn(Contact.self, path: "in", order: preference, profile: SocialURL.person)
}
