internal import Postgres

/// The statements that create contacts in bulk. Arrays are parameters, so that the number of statements does not depend
/// on the number of inputs.
enum ContactBulkTable {
    static let flow = StatementText(
        "flow.share", "SELECT id FROM flow WHERE tenant_id = $1 AND id = $2::uuid AND status <> 'ARCHIVED' FOR SHARE")

    /// What is recognised by `$2` is created by one bulk at a time: the second finds what the first created. There may
    /// be no row to lock yet, so the texts are locked. Texts that share a lock merely wait for each other.
    static let lockKeys = StatementText(
        "bulk.lock",
        """
        SELECT pg_advisory_xact_lock(hash) FROM (SELECT DISTINCT hashtextextended(key, $1::integer) AS hash \
        FROM unnest($2::text[]) key ORDER BY hash) ordered
        """)

    // MARK: By e-mail

    /// For each address its folded form, and the contact it identifies, as in `Lookup.contactByEmail`. Each step is one
    /// index look-up for all inputs: as a join, the planner may scan the tenant's rows once per input.
    static let findByEmail = StatementText(
        "contact.find_by_emails",
        """
        WITH given AS MATERIALIZED (SELECT fold(address) AS folded, place FROM unnest($2::text[]) WITH ORDINALITY input (address, place)), \
        emails AS MATERIALIZED (\
        SELECT e.id, fold(e.raw_email) AS folded FROM email e \
        WHERE e.tenant_id = $1 AND fold(e.raw_email) = ANY (ARRAY(SELECT folded FROM given)) UNION \
        SELECT e.id, fold(e.email) FROM email e \
        WHERE e.tenant_id = $1 AND e.email <> '' AND fold(e.email) = ANY (ARRAY(SELECT folded FROM given))), \
        links AS MATERIALIZED (SELECT l.email_id, l.contact_id FROM contact_email l \
        WHERE l.tenant_id = $1 AND l.email_id = ANY (ARRAY(SELECT id FROM emails))), \
        people AS MATERIALIZED (SELECT t.id, t.state, t.created_at FROM contact t \
        WHERE t.tenant_id = $1 AND t.id = ANY (ARRAY(SELECT contact_id FROM links)) AND t.state IN ('LIVE', 'HIDDEN')), \
        found AS (SELECT DISTINCT ON (e.folded) e.folded, p.id FROM emails e JOIN links l ON l.email_id = e.id \
        JOIN people p ON p.id = l.contact_id ORDER BY e.folded, p.state = 'HIDDEN', p.created_at, p.id) \
        SELECT given.folded, found.id FROM given LEFT JOIN found USING (folded) ORDER BY given.place
        """)

    /// Creates the missing addresses of `$3`, with the ids of `$2`, in a common order.
    static let insertEmails = StatementText(
        "email.insert_all",
        """
        INSERT INTO email (tenant_id, id, raw_email, email) SELECT $1, given.id, given.address, fold(given.address) \
        FROM unnest($2::uuid[], $3::text[]) given (id, address) \
        WHERE NOT EXISTS (SELECT FROM email e WHERE e.tenant_id = $1 AND e.email <> '' AND fold(e.email) = fold(given.address)) \
        ORDER BY fold(given.address) ON CONFLICT (tenant_id, fold(raw_email)) DO NOTHING
        """)

    /// Locks the rows of the addresses of `$2`, waiting for transactions that write events of them, as
    /// `Address.lock` does.
    static let lockEmails = StatementText(
        "email.lock_all",
        """
        SELECT id FROM email WHERE tenant_id = $1 AND id = ANY (ARRAY(\
        SELECT e.id FROM email e WHERE e.tenant_id = $1 AND fold(e.raw_email) = ANY (ARRAY(SELECT fold(a) FROM unnest($2::text[]) a)) UNION \
        SELECT e.id FROM email e WHERE e.tenant_id = $1 AND e.email <> '' \
        AND fold(e.email) = ANY (ARRAY(SELECT fold(a) FROM unnest($2::text[]) a)))) ORDER BY id FOR UPDATE
        """)

    /// Gives each new contact of `$2` its address of `$3`, in the oldest row that has it.
    static let linkEmails = StatementText(
        "contact_email.insert_all",
        """
        INSERT INTO contact_email (tenant_id, contact_id, email_id, is_primary) SELECT $1, made.contact_id, e.id, true \
        FROM unnest($2::uuid[], $3::text[]) made (contact_id, address) CROSS JOIN LATERAL (SELECT known.id FROM (\
        SELECT m.id, m.created_at FROM email m WHERE m.tenant_id = $1 AND fold(m.raw_email) = fold(made.address) UNION \
        SELECT m.id, m.created_at FROM email m WHERE m.tenant_id = $1 AND m.email <> '' AND fold(m.email) = fold(made.address)) known \
        ORDER BY known.created_at, known.id LIMIT 1) e
        """)

    // MARK: By profile

    /// For each key of `$2`, with the alias of `$3`, the key and the contact it identifies, as in
    /// `Lookup.contactByLinkedIn`.
    static let findByLinkedIn = StatementText(
        "contact.find_by_profiles",
        """
        WITH given AS MATERIALIZED (SELECT key, alias, fold(alias) AS folded, place \
        FROM unnest($2::text[], $3::text[]) WITH ORDINALITY input (key, alias, place)), \
        profiles AS MATERIALIZED (\
        SELECT s.id, g.place, 1 AS rank FROM (SELECT s.id, s.url_key FROM social s \
        WHERE s.tenant_id = $1 AND s.url_key = ANY (ARRAY(SELECT key FROM given))) s JOIN given g ON g.key = s.url_key UNION ALL \
        SELECT s.id, g.place, 2 FROM (SELECT s.id, fold(s.alias) AS folded FROM social s \
        WHERE s.tenant_id = $1 AND s.alias <> '' AND fold(s.alias) = ANY (ARRAY(SELECT folded FROM given)) \
        AND starts_with(s.url_key, 'linkedin.com/in/')) s JOIN given g USING (folded) UNION ALL \
        SELECT s.id, g.place, 2 FROM (SELECT s.id, s.external_id FROM social s \
        WHERE s.tenant_id = $1 AND s.external_id <> '' AND s.external_id = ANY (ARRAY(SELECT alias FROM given)) \
        AND starts_with(s.url_key, 'linkedin.com/in/')) s JOIN given g ON g.alias = s.external_id), \
        links AS MATERIALIZED (SELECT l.social_id, l.contact_id FROM contact_social l \
        WHERE l.tenant_id = $1 AND l.social_id = ANY (ARRAY(SELECT id FROM profiles))), \
        people AS MATERIALIZED (SELECT t.id, t.state, t.created_at FROM contact t \
        WHERE t.tenant_id = $1 AND t.id = ANY (ARRAY(SELECT contact_id FROM links)) AND t.state IN ('LIVE', 'HIDDEN')), \
        found AS (SELECT DISTINCT ON (r.place) r.place, p.id FROM profiles r JOIN links l ON l.social_id = r.id \
        JOIN people p ON p.id = l.contact_id ORDER BY r.place, r.rank, p.state = 'HIDDEN', p.created_at, p.id) \
        SELECT given.key, found.id FROM given LEFT JOIN found USING (place) ORDER BY given.place
        """)

    static let linkProfiles = StatementText(
        "contact_social.insert_all",
        """
        WITH given AS (SELECT * FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[]) \
        made (contact_id, social_id, url, url_key, alias)), \
        made AS (INSERT INTO social (tenant_id, id, url, url_key, alias) SELECT $1, social_id, url, url_key, alias FROM given) \
        INSERT INTO contact_social (tenant_id, contact_id, social_id) SELECT $1, contact_id, social_id FROM given
        """)

    // MARK: Contacts

    /// A contact created again becomes visible again.
    static let touch = StatementText(
        "contact.touch_all",
        """
        UPDATE contact SET updated_at = now(), state = 'LIVE', \
        state_changed_at = CASE WHEN state = 'HIDDEN' THEN now() ELSE state_changed_at END \
        WHERE tenant_id = $1 AND id = ANY ($2::uuid[])
        """)

    static let insert = StatementText(
        "contact.insert_all",
        """
        INSERT INTO contact (tenant_id, id, name, first_name, last_name) SELECT $1, id, name, first, last \
        FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) made (id, name, first, last)
        """)

    /// Adds the contacts of `$4` to the flow `$2`, with the ids of `$3`.
    static let join = StatementText(
        "flow_participant.insert_all",
        """
        INSERT INTO flow_participant (tenant_id, id, flow_id, contact_id) SELECT $1, id, $2::uuid, contact_id \
        FROM unnest($3::uuid[], $4::uuid[]) participant (id, contact_id) ORDER BY contact_id \
        ON CONFLICT (tenant_id, flow_id, contact_id) DO NOTHING
        """)
}
