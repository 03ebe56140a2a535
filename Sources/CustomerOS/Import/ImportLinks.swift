internal import Postgres
internal import Records

/// The statements that link the records of a staged batch with what their lists name. Existing links are kept
/// unchanged, and nothing is unlinked. Every statement takes the tenant as `$1` unless noted.
enum ImportLinks {
    /// Removes what the refused lines of `$1` name.
    static let drop: [SQL] = [
        "DELETE FROM import_value WHERE line = ANY ($1::bigint[])", "DELETE FROM import_role WHERE line = ANY ($1::bigint[])",
    ]

    static func statements(_ kind: ImportKind) -> [SQL] {
        switch kind.name {
        case "organization": domains + tags(of: kind)
        case "contact": emails + phoneNumbers + roles + tags(of: kind)
        case "interaction": participants
        default: []
        }
    }

    // MARK: Organizations

    /// The domains of the staged lines, and those of their websites if different and not stored already, in file order,
    /// with the organizations that have them and these organizations' keys of the system.
    static let domainOwners: SQL = """
        SELECT i.line, i.external_id, i.name, i.id, v.value, t.id, t.name, coalesce(\
        (SELECT k.external_id FROM import_key k WHERE k.tenant_id = $1::integer AND k.organization_id = t.id AND k.system = \(ImportStaging.system) \
        ORDER BY k.is_merged, k.created_at, k.external_id LIMIT 1), \
        (SELECT l.external_id FROM external_link l WHERE l.tenant_id = $1::integer AND l.organization_id = t.id AND l.system = \(ImportStaging.system) \
        ORDER BY l.created_at, l.external_id LIMIT 1)), v.list \
        FROM import_organization i LEFT JOIN import_value v ON v.line = i.line AND (v.list = 'DOMAIN' OR v.list = 'WEBSITE' AND NOT EXISTS (\
        SELECT FROM organization s WHERE s.tenant_id = $1::integer AND s.id = i.id AND s.website = i.website)) \
        LEFT JOIN organization_domain d ON d.tenant_id = $1::integer AND d.domain = v.value \
        LEFT JOIN organization t ON t.tenant_id = $1::integer AND t.id = d.organization_id AND t.state IN ('LIVE', 'HIDDEN') \
        ORDER BY i.line, v.place
        """

    private static let domains: [SQL] = [
        """
        DELETE FROM organization_domain d USING import_value v, organization o WHERE v.list = 'DOMAIN' AND d.tenant_id = $1::integer \
        AND d.domain = v.value AND o.tenant_id = $1::integer AND o.id = d.organization_id AND o.state NOT IN ('LIVE', 'HIDDEN')
        """,
        """
        INSERT INTO organization_domain (tenant_id, domain, organization_id) SELECT $1::integer, v.value, coalesce(i.id, i.new_id) \
        FROM import_value v JOIN import_organization i USING (line) WHERE v.list = 'DOMAIN' ORDER BY v.value ON CONFLICT (tenant_id, domain) DO NOTHING
        """,
        """
        UPDATE organization t SET website = v.value FROM import_value v JOIN import_organization i USING (line) \
        WHERE v.list = 'DOMAIN' AND v.place = 1 AND t.tenant_id = $1::integer AND t.id = coalesce(i.id, i.new_id) AND t.website = ''
        """,
    ]

    /// A line whose organization did not get one of its domains, because another transaction was faster.
    static let lostDomain: SQL = """
        SELECT i.line FROM import_value v JOIN import_organization i USING (line) WHERE v.list = 'DOMAIN' AND NOT EXISTS (\
        SELECT FROM organization_domain d WHERE d.tenant_id = $1::integer AND d.domain = v.value AND d.organization_id = coalesce(i.id, i.new_id)) LIMIT 1
        """

    // MARK: Tags

    private static func tags(of kind: ImportKind) -> [SQL] {
        let table = kind.table
        return [
            """
            INSERT INTO tag (tenant_id, id, name, entity_type) SELECT DISTINCT ON (v.value) $1::integer, v.new_id, v.value, upper('\(kind.word)') \
            FROM import_value v JOIN import_\(table) i USING (line) WHERE v.list = 'TAG' ORDER BY v.value, v.line \
            ON CONFLICT (tenant_id, name) DO NOTHING
            """,
            """
            INSERT INTO \(table)_tag (tenant_id, \(table)_id, tag_id) SELECT $1::integer, coalesce(i.id, i.new_id), g.id \
            FROM import_value v JOIN import_\(table) i USING (line) JOIN tag g ON g.tenant_id = $1::integer AND g.name = v.value \
            WHERE v.list = 'TAG' ORDER BY 2, 3 ON CONFLICT DO NOTHING
            """,
        ]
    }

    // MARK: Contacts

    /// The creation time of a link: those of one list keep their order.
    private static func moment(_ listed: SQL) -> SQL { "now() + \(listed).place * interval '1 microsecond'" }

    /// The contacts without a key of the system that have the first address of a line with a new key, in look-up order.
    static let candidates: SQL = """
        SELECT named.address, t.id FROM (SELECT DISTINCT fold(v.value) AS address FROM import_contact i JOIN import_value v USING (line) \
        WHERE i.id IS NULL AND v.list = 'EMAIL' AND v.place = 1) named CROSS JOIN LATERAL (SELECT c.id, c.state, c.created_at FROM contact c \
        WHERE c.tenant_id = $1::integer AND c.id = ANY (ARRAY(SELECT l.contact_id FROM contact_email l WHERE l.tenant_id = $1::integer \
        AND l.email_id = ANY (ARRAY(SELECT e.id FROM email e WHERE e.tenant_id = $1::integer AND fold(e.raw_email) = named.address UNION ALL \
        SELECT e.id FROM email e WHERE e.tenant_id = $1::integer AND e.email <> '' AND fold(e.email) = named.address)))) \
        AND c.state IN ('LIVE', 'HIDDEN') AND NOT EXISTS (SELECT FROM import_key k WHERE k.tenant_id = $1::integer AND k.contact_id = c.id \
        AND k.system = \(ImportStaging.system)) AND NOT EXISTS (SELECT FROM external_link x WHERE x.tenant_id = $1::integer AND x.contact_id = c.id \
        AND x.system = \(ImportStaging.system))) t ORDER BY named.address, t.state = 'HIDDEN', t.created_at, t.id
        """

    /// An address is the oldest row with it, as everywhere.
    private static let emails: [SQL] = [
        """
        INSERT INTO email (tenant_id, id, raw_email, email) SELECT DISTINCT ON (fold(v.value)) $1::integer, v.new_id, v.value, fold(v.value) \
        FROM import_value v WHERE v.list IN ('EMAIL', 'SENT_BY', 'SENT_TO') \
        AND NOT EXISTS (SELECT FROM email e WHERE e.tenant_id = $1::integer AND e.email <> '' AND fold(e.email) = fold(v.value)) \
        ORDER BY fold(v.value), v.line ON CONFLICT (tenant_id, fold(raw_email)) DO NOTHING
        """,
        """
        UPDATE import_value v SET link_id = (SELECT known.id FROM (\
        SELECT e.id, e.created_at FROM email e WHERE e.tenant_id = $1::integer AND fold(e.raw_email) = fold(v.value) UNION ALL \
        SELECT e.id, e.created_at FROM email e WHERE e.tenant_id = $1::integer AND e.email <> '' AND fold(e.email) = fold(v.value)) known \
        ORDER BY known.created_at, known.id LIMIT 1) WHERE v.list IN ('EMAIL', 'SENT_BY', 'SENT_TO')
        """,
        // Wait for transactions that write events of these addresses.
        """
        SELECT id FROM email WHERE tenant_id = $1::integer AND id = ANY (ARRAY(SELECT link_id FROM import_value WHERE list IN ('EMAIL', 'SENT_BY', 'SENT_TO'))) \
        ORDER BY id FOR UPDATE
        """,
        """
        INSERT INTO contact_email (tenant_id, contact_id, email_id, is_primary, created_at) SELECT $1::integer, coalesce(i.id, i.new_id), v.link_id, \
        v.place = 1 AND NOT EXISTS (SELECT FROM contact_email l WHERE l.tenant_id = $1::integer AND l.contact_id = i.id AND l.is_primary), \(moment("v")) \
        FROM import_value v JOIN import_contact i USING (line) WHERE v.list = 'EMAIL' ORDER BY 2, v.place ON CONFLICT DO NOTHING
        """,
    ]

    /// A number that is not an international one is kept as written.
    private static let phoneNumbers: [SQL] = [
        """
        INSERT INTO phone_number (tenant_id, id, raw_phone_number, e164, extension, validated, country_id) \
        SELECT DISTINCT ON (v.value, v.extension) $1::integer, v.new_id, v.raw, v.e164, v.extension, false, \
        (SELECT c.id FROM country c WHERE c.code_a2 = v.country) FROM import_value v JOIN import_contact i USING (line) WHERE v.list = 'PHONE' \
        ORDER BY v.value, v.extension, v.line ON CONFLICT (tenant_id, coalesce(e164, raw_phone_number), extension) DO NOTHING
        """,
        """
        UPDATE import_value v SET link_id = (SELECT p.id FROM phone_number p WHERE p.tenant_id = $1::integer \
        AND coalesce(p.e164, p.raw_phone_number) = v.value AND p.extension = v.extension) WHERE v.list = 'PHONE'
        """,
        """
        INSERT INTO contact_phone_number (tenant_id, contact_id, phone_number_id, is_primary, created_at) \
        SELECT $1::integer, coalesce(i.id, i.new_id), v.link_id, v.place = 1 AND NOT EXISTS (SELECT FROM contact_phone_number l \
        WHERE l.tenant_id = $1::integer AND l.contact_id = i.id AND l.is_primary), \(moment("v")) \
        FROM import_value v JOIN import_contact i USING (line) WHERE v.list = 'PHONE' ORDER BY 2, v.place ON CONFLICT DO NOTHING
        """,
    ]

    /// Several roles at one organization correspond to those of an export in order; a line that repeats one adds to it.
    private static let roles: [SQL] = [
        """
        WITH named AS (SELECT r.line, r.place, row_number() OVER (PARTITION BY r.line, r.organization_id ORDER BY r.place) AS rank FROM import_role r), \
        known AS (SELECT i.line, j.id, j.organization_id, \
        row_number() OVER (PARTITION BY i.line, j.organization_id ORDER BY j.is_primary DESC, j.created_at, j.id) AS rank \
        FROM import_contact i JOIN job_role j ON j.tenant_id = $1::integer AND j.contact_id = i.id) \
        UPDATE import_role r SET role_id = k.id FROM named n JOIN known k USING (line, rank) WHERE n.line = r.line AND n.place = r.place \
        AND k.organization_id IS NOT DISTINCT FROM r.organization_id
        """,
        // An adding line fills empty values.
        """
        UPDATE import_role r SET job_title = CASE WHEN j.job_title = '' THEN r.job_title END, \
        started_at = CASE WHEN j.started_at IS NULL THEN r.started_at END, ended_at = CASE WHEN j.ended_at IS NULL THEN r.ended_at END \
        FROM import_contact i, job_role j WHERE i.line = r.line AND i.only_adds AND j.tenant_id = $1::integer AND j.id = r.role_id
        """,
        """
        UPDATE job_role j SET updated_at = now(), job_title = coalesce(r.job_title, j.job_title), started_at = coalesce(r.started_at, j.started_at), \
        ended_at = coalesce(r.ended_at, j.ended_at) FROM import_role r WHERE j.tenant_id = $1::integer AND j.id = r.role_id \
        AND (r.job_title <> j.job_title OR r.started_at IS NOT NULL AND r.started_at IS DISTINCT FROM j.started_at \
        OR r.ended_at IS NOT NULL AND r.ended_at IS DISTINCT FROM j.ended_at)
        """,
        """
        INSERT INTO job_role (tenant_id, id, contact_id, organization_id, job_title, started_at, ended_at, is_primary, created_at) \
        SELECT $1::integer, r.new_id, coalesce(i.id, i.new_id), r.organization_id, coalesce(r.job_title, ''), r.started_at, r.ended_at, \
        r.place = 1 AND NOT EXISTS (SELECT FROM job_role j WHERE j.tenant_id = $1::integer AND j.contact_id = i.id AND j.is_primary), \(moment("r")) \
        FROM import_role r JOIN import_contact i USING (line) WHERE r.role_id IS NULL ORDER BY r.line, r.place
        """,
    ]

    // MARK: Interactions

    private static let participants: [SQL] =
        emails.dropLast() + [
            """
            INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, email_id, position) \
            SELECT DISTINCT ON (2, 3, 4) $1::integer, coalesce(i.id, i.new_id), v.list, v.link_id, v.place - 1 \
            FROM import_value v JOIN import_timeline_event i USING (line) WHERE v.list IN ('SENT_BY', 'SENT_TO') ORDER BY 2, 3, 4, v.place \
            ON CONFLICT DO NOTHING
            """
        ]

    // MARK: Timelines

    /// What must be locked before the records themselves: organizations before contacts, as everywhere, to avoid
    /// deadlocks.
    static func locks(_ kind: ImportKind) -> [SQL] {
        switch kind.name {
        case "contact":
            [
                """
                SELECT o.id FROM organization o WHERE o.tenant_id = $1::integer AND o.id = ANY (ARRAY(\
                SELECT r.organization_id FROM import_role r UNION SELECT j.organization_id FROM job_role j WHERE j.tenant_id = $1::integer \
                AND j.contact_id = ANY (ARRAY(SELECT i.id FROM import_contact i)))) ORDER BY o.id FOR NO KEY UPDATE
                """
            ]
        case "opportunity":
            [
                """
                SELECT o.id FROM organization o WHERE o.tenant_id = $1::integer AND o.id = ANY (ARRAY(\
                SELECT i.organization_id FROM import_opportunity i)) ORDER BY o.id FOR SHARE
                """
            ]
        case "interaction":
            [
                """
                SELECT o.id FROM organization o WHERE o.tenant_id = $1::integer AND o.id = ANY (ARRAY(\
                SELECT j.organization_id FROM job_role j WHERE j.tenant_id = $1::integer AND j.contact_id = ANY (ARRAY(\(addressees))))) \
                ORDER BY o.id FOR NO KEY UPDATE
                """,
                """
                SELECT c.id FROM contact c WHERE c.tenant_id = $1::integer AND c.id = ANY (ARRAY(\(addressees))) \
                ORDER BY c.id FOR NO KEY UPDATE
                """,
            ]
        default: []
        }
    }

    /// The contacts that have the addresses of the staged interactions.
    private static let addressees: SQL = """
        SELECT l.contact_id FROM contact_email l WHERE l.tenant_id = $1::integer AND l.email_id = ANY (ARRAY(\
        SELECT e.id FROM email e WHERE e.tenant_id = $1::integer AND fold(e.raw_email) = ANY (ARRAY(SELECT fold(v.value) \
        FROM import_value v WHERE v.list IN ('SENT_BY', 'SENT_TO'))) UNION \
        SELECT e.id FROM email e WHERE e.tenant_id = $1::integer AND e.email <> '' AND fold(e.email) = ANY (ARRAY(SELECT fold(v.value) \
        FROM import_value v WHERE v.list IN ('SENT_BY', 'SENT_TO')))))
        """

    /// Puts the events of `$2` on timelines. Participants are never removed here, so nothing leaves one.
    static let extend: SQL = "CALL timeline_extend($1::integer, $2::uuid[])"
    static let extended: SQL = "SELECT i.new_id FROM import_timeline_event i WHERE i.id IS NULL UNION \(reached) ORDER BY 1"

    /// The staged interactions that existed before, and the conversations, meetings and issues they are part of:
    /// participants of the one see the other. A new interaction is part of none.
    static let reached: SQL = """
        SELECT r.reached_id FROM timeline_event_reach r WHERE r.tenant_id = $1::integer \
        AND r.timeline_event_id = ANY (ARRAY(SELECT i.id FROM import_timeline_event i WHERE i.id IS NOT NULL))
        """

    /// An address's events are on the timelines of its owners, and of these contacts' organizations.
    static func refresh(_ kind: ImportKind) -> (touched: [SQL], call: SQL)? {
        switch kind.name {
        case "contact":
            (
                [
                    // Contacts that got an address, or existed before and got a role.
                    """
                    SELECT coalesce(i.id, i.new_id) FROM import_contact i JOIN import_value v USING (line) \
                    WHERE v.link_id IS NOT NULL AND $1::integer IS NOT NULL UNION \
                    SELECT i.id FROM import_contact i JOIN import_role r USING (line) WHERE i.id IS NOT NULL ORDER BY 1
                    """,
                    """
                    SELECT DISTINCT j.organization_id FROM job_role j WHERE j.tenant_id = $1::integer AND j.organization_id IS NOT NULL \
                    AND j.contact_id = ANY (ARRAY(SELECT coalesce(i.id, i.new_id) FROM import_contact i)) ORDER BY 1
                    """,
                ], "CALL contact_links_refresh($1::integer, $2::uuid[], $3::uuid[])"
            )
        case "interaction":
            (
                [
                    """
                    SELECT DISTINCT l.organization_id FROM organization_timeline l WHERE l.tenant_id = $1::integer \
                    AND l.timeline_event_id = ANY (ARRAY(SELECT coalesce(i.id, i.new_id) FROM import_timeline_event i)) ORDER BY 1
                    """
                ], "CALL organization_touchpoint_refresh($1::integer, $2::uuid[])"
            )
        default: nil
        }
    }
}
