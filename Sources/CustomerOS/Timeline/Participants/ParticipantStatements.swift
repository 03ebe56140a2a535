internal import Postgres
internal import Records

/// The statements about participants of events.
enum ParticipantStatements {
    /// Phone numbers, by what identifies them.
    struct Numbers {
        let lines: [String]
        let raws: [String]
        let extensions: [String]

        init(_ numbers: [PhoneNumber]) {
            lines = numbers.map(\.line)
            raws = numbers.map(\.raw)
            extensions = numbers.map(\.extension)
        }
    }

    /// New phone numbers.
    struct NewNumbers {
        let ids: [ID<PhoneNumber>]
        let raws: [String]
        let lines: [String]
        let extensions: [String]
        let countries: [String]

        init(_ numbers: [PhoneNumber]) {
            ids = numbers.map { _ in .new() }
            raws = numbers.map(\.raw)
            lines = numbers.map { $0.e164 ?? "" }
            extensions = numbers.map(\.extension)
            countries = numbers.map { $0.country ?? "" }
        }
    }

    /// New participants of an event.
    struct Rows {
        let event: ID<TimelineEvent>
        let roles: [String]
        let subjects: [EventParticipants.Subject]
        let ids: [ID<Participant>]
        let types: [String]
    }

    /// What can take part.
    struct Named: Hashable {
        let subject: EventParticipants.Subject
        let id: ID<Participant>
    }

    // MARK: Addresses

    /// The number of each address, and the id of its row or null.
    static let findEmails = Statement<[String], (Int64, ID<Email>?)>("participant.find_emails") { addresses in
        """
        SELECT given.place, e.id FROM unnest(\(addresses.value)) WITH ORDINALITY given (address, place)
        LEFT JOIN LATERAL (\
        SELECT id FROM email WHERE tenant_id = \(addresses.tenant) AND (fold(raw_email) = fold(given.address)
        OR (email <> '' AND fold(email) = fold(given.address))) 
        ORDER BY created_at, id LIMIT 1) e ON true ORDER BY given.place
        """
    }

    /// The same for numbers by their lines, texts and extensions.
    static let findPhoneNumbers = Statement<Numbers, (Int64, ID<PhoneNumber>?)>("participant.find_phone_numbers") { p in
        """
        SELECT given.place, p.id FROM unnest(\(p.lines), \(p.raws), \(p.extensions)) WITH ORDINALITY
        given (line, raw, extension, place)
        LEFT JOIN LATERAL (SELECT n.id FROM phone_number n WHERE n.tenant_id = \(p.tenant)
        AND \(PhoneNumber.match("n", line: "given.line", raw: "given.raw", extension: "given.extension"))
        ORDER BY n.e164 IS NULL, n.created_at, n.id LIMIT 1) p ON true ORDER BY given.place
        """
    }

    static let insertEmails = Statement<(ids: [ID<Email>], addresses: [String]), Void>(
        "participant.insert_emails"
    ) { p in
        """
        INSERT INTO email (tenant_id, id, raw_email, email) SELECT \(p.tenant), id, address, fold(address)
        FROM unnest(\(p.ids), \(p.addresses)) given (id, address) ORDER BY fold(address), address
        ON CONFLICT (tenant_id, fold(raw_email)) DO NOTHING
        """
    }

    static let insertPhoneNumbers = Statement<NewNumbers, Void>("participant.insert_phone_numbers") { p in
        """
        INSERT INTO phone_number (tenant_id, id, raw_phone_number, e164, extension, country_id, validated)
        SELECT \(p.tenant), given.id, number, nullif(line, ''), extension, c.id, false
        FROM unnest(\(p.ids), \(p.raws), \(p.lines), \(p.extensions), \(p.countries))
        given (id, number, line, extension, country)
        LEFT JOIN country c ON c.code_a2 = given.country ORDER BY coalesce(nullif(line, ''), number), extension, number
        ON CONFLICT (tenant_id, coalesce(e164, raw_phone_number), extension) DO NOTHING
        """
    }

    /// Those of new addresses that have an owner already.
    static let findOwned = Statement<(emails: [ID<Email>], phoneNumbers: [ID<PhoneNumber>]), ID<Participant>>(
        "participant.find_owned"
    ) { p in
        """
        SELECT email_id FROM contact_email WHERE tenant_id = \(p.tenant) AND email_id = ANY (\(p.emails)) UNION ALL
        SELECT email_id FROM organization_email WHERE tenant_id = \(p.tenant) AND email_id = ANY (\(p.emails)) UNION ALL
        SELECT phone_number_id FROM contact_phone_number
        WHERE tenant_id = \(p.tenant) AND phone_number_id = ANY (\(p.phoneNumbers)) UNION ALL
        SELECT phone_number_id FROM organization_phone_number
        WHERE tenant_id = \(p.tenant) AND phone_number_id = ANY (\(p.phoneNumbers))
        """
    }

    // MARK: Participants

    /// Those that exist.
    static let visible = Statement<
        (contacts: [ID<Contact>], users: [ID<User>], organizations: [ID<Organization>]), Named
    >(
        "participant.visible", row: Named.init
    ) { p in
        """
        SELECT 'contact', id FROM contact
        WHERE tenant_id = \(p.tenant) AND id = ANY (\(p.contacts)) AND state IN ('LIVE', 'HIDDEN') UNION ALL
        SELECT 'user', id FROM app_user
        WHERE tenant_id = \(p.tenant) AND id = ANY (\(p.users)) AND state = 'LIVE' UNION ALL
        SELECT 'organization', id FROM organization
        WHERE tenant_id = \(p.tenant) AND id = ANY (\(p.organizations)) AND state IN ('LIVE', 'HIDDEN')
        """
    }

    static let insert = Statement<Rows, Void>("participant.insert") { p in
        """
        INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, email_id, phone_number_id,
        contact_id, user_id, organization_id, type, position)
        SELECT \(p.tenant), \(p.event), role, CASE WHEN subject = 'email' THEN id END,
        CASE WHEN subject = 'phone_number' THEN id END, CASE WHEN subject = 'contact' THEN id END,
        CASE WHEN subject = 'user' THEN id END, CASE WHEN subject = 'organization' THEN id END, nullif(type, ''),
        place + (SELECT coalesce(max(p.position), 0)
        FROM timeline_event_participant p WHERE p.tenant_id = \(p.tenant) AND p.timeline_event_id = \(p.event))
        FROM unnest(\(p.roles), \(p.subjects), \(p.ids), \(p.types)) WITH ORDINALITY
        given (role, subject, id, type, place)
        ORDER BY place ON CONFLICT (tenant_id, timeline_event_id, role, subject_id) DO NOTHING
        """
    }

    static let remove = Statement<(event: ID<TimelineEvent>, role: String, subject: ID<Participant>), Void>(
        "participant.remove"
    ) { p in
        """
        DELETE FROM timeline_event_participant WHERE tenant_id = \(p.tenant) AND timeline_event_id = \(p.event)
        AND role = \(bare: p.role) AND subject_id = \(p.subject)
        """
    }
}
