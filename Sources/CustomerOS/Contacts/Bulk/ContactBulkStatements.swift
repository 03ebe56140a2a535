internal import Postgres
internal import Records

/// The statements that create contacts in bulk. Arrays are parameters, so that the number of statements does not depend
/// on the number of inputs.
enum ContactBulkStatements {
    static let flow = Statement<ID<Flow>, ID<Flow>>("flow.share") { id in
        "SELECT id FROM flow WHERE tenant_id = \(id.tenant) AND id = \(id.value) AND status <> 'ARCHIVED' FOR SHARE"
    }

    /// What is recognised by these keys is created by one bulk at a time: the second finds what the first created.
    /// There may be no row to lock yet, so the texts are locked. Texts that share a lock merely wait for each other.
    static let lockKeys = Statement<[String], Void>("bulk.lock") { keys in
        """
        SELECT pg_advisory_xact_lock(hash)
        FROM (SELECT DISTINCT hashtextextended(key, \(keys.tenant)::integer) AS hash FROM unnest(\(keys.value)) key
        ORDER BY hash) ordered
        """
    }

    /// What an input leads to: equal texts lead to one contact, an existing or a new one.
    struct Found {
        let link: String
        let contact: ID<Contact>?
    }

    // MARK: By e-mail

    /// For each address its folded form, and the contact it identifies, as in `ContactSearch.byEmail`. Each step is one
    /// index look-up for all inputs: as a join, the planner may scan the tenant's rows once per input.
    static let findByEmail = Statement<[String], Found>("contact.find_by_emails", row: Found.init) { addresses in
        """
        WITH given AS MATERIALIZED (\
        SELECT fold(address) AS folded, place FROM unnest(\(addresses.value)) WITH ORDINALITY input (address, place)),
        emails AS MATERIALIZED (\
        SELECT e.id, fold(e.raw_email) AS folded FROM email e
        WHERE e.tenant_id = \(addresses.tenant) AND fold(e.raw_email) = ANY (ARRAY(SELECT folded FROM given)) UNION
        SELECT e.id, fold(e.email) FROM email e
        WHERE e.tenant_id = \(addresses.tenant) AND e.email <> '' AND fold(e.email) = ANY (ARRAY(\
        SELECT folded FROM given))),
        links AS MATERIALIZED (SELECT l.email_id, l.contact_id FROM contact_email l
        WHERE l.tenant_id = \(addresses.tenant) AND l.email_id = ANY (ARRAY(SELECT id FROM emails))),
        people AS MATERIALIZED (SELECT t.id, t.state, t.created_at FROM contact t
        WHERE t.tenant_id = \(addresses.tenant) AND t.id = ANY (ARRAY(SELECT contact_id FROM links))
        AND t.state IN ('LIVE', 'HIDDEN')),
        found AS (SELECT DISTINCT ON (e.folded) e.folded, p.id FROM emails e JOIN links l ON l.email_id = e.id
        JOIN people p ON p.id = l.contact_id ORDER BY e.folded, p.state = 'HIDDEN', p.created_at, p.id)
        SELECT given.folded, found.id FROM given LEFT JOIN found USING (folded) ORDER BY given.place
        """
    }

    /// Creates the missing addresses in a common order.
    static let insertEmails = Statement<(ids: [ID<Email>], addresses: [String]), Void>("email.insert_all") { p in
        """
        INSERT INTO email (tenant_id, id, raw_email, email)
        SELECT \(p.tenant), given.id, given.address, fold(given.address)
        FROM unnest(\(p.ids), \(p.addresses)) given (id, address) WHERE NOT EXISTS (SELECT FROM email e
        WHERE e.tenant_id = \(p.tenant) AND e.email <> '' AND fold(e.email) = fold(given.address))
        ORDER BY fold(given.address) ON CONFLICT (tenant_id, fold(raw_email)) DO NOTHING
        """
    }

    /// Locks the addresses' rows, waiting for transactions that write events of them, as `Email.lock` does.
    static let lockEmails = Statement<[String], Void>("email.lock_all") { addresses in
        let folded: SQL = "ARRAY(SELECT fold(a) FROM unnest(\(addresses.value)) a)"
        return """
            SELECT id FROM email WHERE tenant_id = \(addresses.tenant) AND id = ANY (ARRAY(\
            SELECT e.id FROM email e WHERE e.tenant_id = \(addresses.tenant) AND fold(e.raw_email) = ANY (\(folded))
            UNION
            SELECT e.id FROM email e WHERE e.tenant_id = \(addresses.tenant) AND e.email <> ''
            AND fold(e.email) = ANY (\(folded)))) ORDER BY id FOR UPDATE
            """
    }

    /// Gives each new contact its address, in the oldest row that has it.
    static let linkEmails = Statement<(contacts: [ID<Contact>], addresses: [String]), Void>(
        "contact_email.insert_all"
    ) { p in
        """
        INSERT INTO contact_email (tenant_id, contact_id, email_id, is_primary)
        SELECT \(p.tenant), made.contact_id, e.id, true
        FROM unnest(\(p.contacts), \(p.addresses)) made (contact_id, address)
        CROSS JOIN LATERAL (SELECT known.id FROM (\
        SELECT m.id, m.created_at FROM email m WHERE m.tenant_id = \(p.tenant)
        AND fold(m.raw_email) = fold(made.address) UNION
        SELECT m.id, m.created_at FROM email m
        WHERE m.tenant_id = \(p.tenant) AND m.email <> '' AND fold(m.email) = fold(made.address)) known
        ORDER BY known.created_at, known.id LIMIT 1) e
        """
    }

    // MARK: By profile

    /// For each profile its key, and the contact it identifies, as in `ContactSearch.byLinkedIn`.
    static let findByLinkedIn = Statement<(keys: [String], aliases: [String]), Found>(
        "contact.find_by_profiles", row: Found.init
    ) { p in
        """
        WITH given AS MATERIALIZED (SELECT key, alias, fold(alias) AS folded, place
        FROM unnest(\(p.keys), \(p.aliases)) WITH ORDINALITY input (key, alias, place)),
        profiles AS MATERIALIZED (\
        SELECT s.id, g.place, 1 AS rank FROM (SELECT s.id, s.url_key FROM social s
        WHERE s.tenant_id = \(p.tenant) AND s.url_key = ANY (ARRAY(SELECT key FROM given))) s
        JOIN given g ON g.key = s.url_key UNION ALL
        SELECT s.id, g.place, 2 FROM (SELECT s.id, fold(s.alias) AS folded FROM social s
        WHERE s.tenant_id = \(p.tenant) AND s.alias <> '' AND fold(s.alias) = ANY (ARRAY(SELECT folded FROM given))
        AND starts_with(s.url_key, 'linkedin.com/in/')) s JOIN given g USING (folded) UNION ALL
        SELECT s.id, g.place, 2 FROM (SELECT s.id, s.external_id FROM social s
        WHERE s.tenant_id = \(p.tenant) AND s.external_id <> '' AND s.external_id = ANY (ARRAY(SELECT alias FROM given))
        AND starts_with(s.url_key, 'linkedin.com/in/')) s JOIN given g ON g.alias = s.external_id),
        links AS MATERIALIZED (SELECT l.social_id, l.contact_id FROM contact_social l
        WHERE l.tenant_id = \(p.tenant) AND l.social_id = ANY (ARRAY(SELECT id FROM profiles))),
        people AS MATERIALIZED (SELECT t.id, t.state, t.created_at FROM contact t
        WHERE t.tenant_id = \(p.tenant) AND t.id = ANY (ARRAY(SELECT contact_id FROM links))
        AND t.state IN ('LIVE', 'HIDDEN')),
        found AS (SELECT DISTINCT ON (r.place) r.place, p.id FROM profiles r JOIN links l ON l.social_id = r.id
        JOIN people p ON p.id = l.contact_id ORDER BY r.place, r.rank, p.state = 'HIDDEN', p.created_at, p.id)
        SELECT given.key, found.id FROM given LEFT JOIN found USING (place) ORDER BY given.place
        """
    }

    /// A new profile for each new contact.
    struct Profiles {
        let contacts: [ID<Contact>]
        let ids: [ID<Social>]
        let urls: [String]
        let keys: [String]
        let aliases: [String]
    }

    static let linkProfiles = Statement<Profiles, Void>("contact_social.insert_all") { p in
        """
        WITH given AS (SELECT * FROM unnest(\(p.contacts), \(p.ids), \(p.urls), \(p.keys), \(p.aliases))
        made (contact_id, social_id, url, url_key, alias)),
        made AS (INSERT INTO social (tenant_id, id, url, url_key, alias)
        SELECT \(p.tenant), social_id, url, url_key, alias FROM given)
        INSERT INTO contact_social (tenant_id, contact_id, social_id)
        SELECT \(p.tenant), contact_id, social_id FROM given
        """
    }

    // MARK: Contacts

    /// A contact created again becomes visible again.
    static let touch = Statement<[ID<Contact>], Void>("contact.touch_all") { contacts in
        """
        UPDATE contact SET updated_at = now(), state = 'LIVE',
        state_changed_at = CASE WHEN state = 'HIDDEN' THEN now() ELSE state_changed_at END
        WHERE tenant_id = \(contacts.tenant) AND id = ANY (\(contacts.value))
        """
    }

    /// New contacts with their names.
    struct Named {
        let ids: [ID<Contact>]
        let names: [String]
        let firsts: [String]
        let lasts: [String]
    }

    static let insert = Statement<Named, Void>("contact.insert_all") { p in
        """
        INSERT INTO contact (tenant_id, id, name, first_name, last_name) SELECT \(p.tenant), id, name, first, last
        FROM unnest(\(p.ids), \(p.names), \(p.firsts), \(p.lasts)) made (id, name, first, last)
        """
    }

    /// Adds contacts to a flow.
    static let join = Statement<(flow: ID<Flow>, participants: [ID<Flow.Participant>], contacts: [ID<Contact>]), Void>(
        "flow_participant.insert_all"
    ) { p in
        """
        INSERT INTO flow_participant (tenant_id, id, flow_id, contact_id) SELECT \(p.tenant), id, \(p.flow), contact_id
        FROM unnest(\(p.participants), \(p.contacts)) participant (id, contact_id) ORDER BY contact_id
        ON CONFLICT (tenant_id, flow_id, contact_id) DO NOTHING
        """
    }
}
