internal import Postgres

/// The statements that make contacts in bulk. Arrays are parameters, so that their number does not depend on the number of inputs.
enum ContactBulkTable {
    static let flow = Statement(
        "flow.share", "SELECT id FROM flow WHERE tenant_id = $1 AND id = $2::uuid AND status <> 'ARCHIVED' FOR SHARE")

    // MARK: By e-mail

    /// The addresses of `$2` that are rows already, as written or as cleaned.
    private static let knownEmails: SQL = """
        SELECT e.id FROM email e WHERE e.tenant_id = $1 AND fold(e.raw_email) = ANY (ARRAY(SELECT fold(a) FROM unnest($2::text[]) a)) UNION \
        SELECT e.id FROM email e WHERE e.tenant_id = $1 AND e.email <> '' \
        AND fold(e.email) = ANY (ARRAY(SELECT fold(a) FROM unnest($2::text[]) a))
        """

    /// Makes the addresses of `$3` that are not there, with the ids of `$2`, in an order that all agree on.
    static let insertEmails = Statement(
        "email.insert_all",
        """
        INSERT INTO email (tenant_id, id, raw_email, email) SELECT $1, given.id, given.address, fold(given.address) \
        FROM unnest($2::uuid[], $3::text[]) given (id, address) \
        WHERE NOT EXISTS (SELECT FROM email e WHERE e.tenant_id = $1 AND e.email <> '' AND fold(e.email) = fold(given.address)) \
        ORDER BY fold(given.address) ON CONFLICT (tenant_id, fold(raw_email)) DO NOTHING
        """)

    /// Whoever comes second waits here, and then finds the contact that the first has made.
    static let lockEmails = Statement(
        "email.lock_all",
        "SELECT id FROM email WHERE tenant_id = $1 AND id = ANY (ARRAY(\(knownEmails))) ORDER BY id FOR NO KEY UPDATE")

    /// For each address its row and the contact that it is recognised by.
    static let findByEmail = Statement(
        "contact.find_by_emails",
        """
        SELECT e.id, c.id FROM unnest($2::text[]) WITH ORDINALITY given (address, place) \
        CROSS JOIN LATERAL (SELECT array_agg(known.id ORDER BY known.created_at, known.id) AS ids FROM (\
        SELECT m.id, m.created_at FROM email m WHERE m.tenant_id = $1 AND fold(m.raw_email) = fold(given.address) UNION \
        SELECT m.id, m.created_at FROM email m WHERE m.tenant_id = $1 AND m.email <> '' AND fold(m.email) = fold(given.address)) known) row \
        CROSS JOIN LATERAL (SELECT row.ids[1] AS id) e \
        LEFT JOIN LATERAL (SELECT t.id FROM contact_email l JOIN contact t ON t.tenant_id = l.tenant_id AND t.id = l.contact_id \
        WHERE l.tenant_id = $1 AND l.email_id = ANY (row.ids) AND t.state IN ('LIVE', 'HIDDEN') \
        ORDER BY t.state = 'HIDDEN', t.created_at, t.id LIMIT 1) c ON true ORDER BY given.place
        """)

    static let linkEmails = Statement(
        "contact_email.insert_all",
        """
        INSERT INTO contact_email (tenant_id, contact_id, email_id, is_primary) SELECT $1, contact_id, email_id, true \
        FROM unnest($2::uuid[], $3::uuid[]) made (contact_id, email_id)
        """)

    // MARK: By profile

    /// There is no row to lock for a profile that nobody has yet, so its key is locked. Two keys that share a lock only wait for each
    /// other.
    static let lockProfiles = Statement(
        "social.lock_all",
        """
        SELECT pg_advisory_xact_lock(hash) FROM (SELECT DISTINCT hashtextextended(key, $1::bigint) AS hash \
        FROM unnest($2::text[]) key ORDER BY hash) ordered
        """)

    /// For each key of `$2`, with the alias of `$3`, the key itself and the contact that is recognised by it.
    static let findByLinkedIn = Statement(
        "contact.find_by_profiles",
        """
        SELECT given.key, c.id FROM unnest($2::text[], $3::text[]) WITH ORDINALITY given (key, alias, place) \
        LEFT JOIN LATERAL (SELECT t.id FROM (\
        SELECT s.id, 1 AS rank FROM social s WHERE s.tenant_id = $1 AND s.url_key = given.key UNION ALL \
        SELECT s.id, 2 FROM social s WHERE s.tenant_id = $1 AND s.alias <> '' AND fold(s.alias) = fold(given.alias) \
        AND starts_with(s.url_key, 'linkedin.com/in/') UNION ALL \
        SELECT s.id, 2 FROM social s WHERE s.tenant_id = $1 AND s.external_id <> '' AND s.external_id = given.alias \
        AND starts_with(s.url_key, 'linkedin.com/in/')) profile \
        JOIN contact_social l ON l.tenant_id = $1 AND l.social_id = profile.id \
        JOIN contact t ON t.tenant_id = $1 AND t.id = l.contact_id AND t.state IN ('LIVE', 'HIDDEN') \
        ORDER BY profile.rank, t.state = 'HIDDEN', t.created_at, t.id LIMIT 1) c ON true ORDER BY given.place
        """)

    static let linkProfiles = Statement(
        "contact_social.insert_all",
        """
        WITH given AS (SELECT * FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[]) \
        made (contact_id, social_id, url, url_key, alias)), \
        made AS (INSERT INTO social (tenant_id, id, url, url_key, alias) SELECT $1, social_id, url, url_key, alias FROM given) \
        INSERT INTO contact_social (tenant_id, contact_id, social_id) SELECT $1, contact_id, social_id FROM given
        """)

    // MARK: Contacts

    /// Those of `$2` that are still to be seen.
    static let lock = Statement(
        "contact.lock_all",
        """
        SELECT id FROM contact WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state IN ('LIVE', 'HIDDEN') \
        ORDER BY id FOR NO KEY UPDATE
        """)

    /// Who is created again is seen again.
    static let touch = Statement(
        "contact.touch_all",
        """
        UPDATE contact SET updated_at = now(), state = 'LIVE', \
        state_changed_at = CASE WHEN state = 'HIDDEN' THEN now() ELSE state_changed_at END \
        WHERE tenant_id = $1 AND id = ANY ($2::uuid[])
        """)

    static let insert = Statement(
        "contact.insert_all",
        """
        INSERT INTO contact (tenant_id, id, name, first_name, last_name) SELECT $1, id, name, first, last \
        FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) made (id, name, first, last)
        """)

    /// The contacts of `$4` take part in the flow `$2`, with the ids of `$3`.
    static let join = Statement(
        "flow_participant.insert_all",
        """
        INSERT INTO flow_participant (tenant_id, id, flow_id, contact_id) SELECT $1, id, $2::uuid, contact_id \
        FROM unnest($3::uuid[], $4::uuid[]) participant (id, contact_id) ORDER BY contact_id \
        ON CONFLICT (tenant_id, flow_id, contact_id) DO NOTHING
        """)
}
