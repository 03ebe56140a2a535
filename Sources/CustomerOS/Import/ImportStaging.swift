internal import Postgres

/// The temporary tables that hold a batch until it is merged into the store, and the statements that do that, for each kind of record.
///
/// Every statement takes the tenant as `$1`. They run in the order in which they stand here.
struct ImportStaging: Sendable {
    let kind: ImportKind
    let create: [SQL]
    let copy: SQL
    /// Finds the records that are there already.
    let resolve: [SQL]
    /// Takes out what cannot be imported; gives the lines.
    let refuse: [(reason: String, sql: SQL)]
    /// Keeps the records that will be changed from being changed by others.
    let lock: SQL
    /// Lines whose code for the customer is taken already.
    let takenCodes: SQL
    let insert: SQL
    let update: SQL
    let remember: SQL

    private let staged: SQL

    init(_ kind: ImportKind) {
        self.kind = kind
        let staged: SQL = "import_\(kind.table)"
        self.staged = staged
        let typed = kind.fields.reduce("") { (list: SQL, field) in "\(list), \(field.column) \(field.type)" }
        let names = kind.fields.reduce("") { (list: SQL, field) in "\(list), \(field.column)" }
        create = [
            """
            CREATE TEMPORARY TABLE \(staged) (line bigint PRIMARY KEY, external_id text COLLATE "C", external_uuid uuid, new_id uuid, \
            code text COLLATE "C", owner_email text, organization text COLLATE "C", organization_uuid uuid, created_at timestamptz, \
            id uuid, state text, owner_id uuid, organization_id uuid\(typed)) ON COMMIT DELETE ROWS
            """,
            "CREATE INDEX ON \(staged) (new_id)", "CREATE INDEX ON \(staged) (code)", "CREATE INDEX ON \(staged) (organization)",
        ]
        copy = """
            COPY \(staged) (line, external_id, external_uuid, new_id, code, owner_email, organization, organization_uuid, created_at\(names)) FROM STDIN
            """
        resolve = Self.resolution(kind, staged)
        refuse = Self.refusals(kind, staged)
        let isInteraction = kind.name == "interaction"
        // A meeting must not move while its line on a timeline is written.
        let locked: SQL = isInteraction ? ImportLinks.reached : "SELECT i.id FROM \(staged) i WHERE i.id IS NOT NULL"
        lock = """
            SELECT t.id FROM \(kind.table) t WHERE t.tenant_id = $1::integer AND t.id = ANY (ARRAY(\(locked))) ORDER BY t.id FOR NO KEY UPDATE
            """
        takenCodes = """
            SELECT i.line FROM \(staged) i WHERE i.id IS NULL AND (EXISTS (SELECT FROM organization t WHERE t.tenant_id = $1::integer \
            AND t.customer_os_id = i.code) OR EXISTS (SELECT FROM \(staged) j WHERE j.code = i.code AND j.line < i.line))
            """
        insert = isInteraction ? Self.interactionInsertion(kind, staged) : Self.insertion(kind, staged)
        update = isInteraction ? Self.interactionChange(kind, staged) : Self.change(kind, staged)
        remember = """
            INSERT INTO import_key (tenant_id, kind, external_id, \(kind.key)) SELECT $1::integer, '\(kind.word)', i.external_id, coalesce(i.id, i.new_id) \
            FROM \(staged) i WHERE i.external_uuid IS DISTINCT FROM i.id OR i.id IS NULL ON CONFLICT (tenant_id, kind, external_id) DO UPDATE \
            SET \(kind.key) = excluded.\(kind.key) WHERE import_key.\(kind.key) <> excluded.\(kind.key)
            """
    }

    var setCode: SQL { "UPDATE \(staged) SET code = $2 WHERE line = $1::bigint" }

    // MARK: Common tables

    static let createCommon: [SQL] = [
        """
        CREATE TEMPORARY TABLE import_value (line bigint, list text COLLATE "C", place integer, value text COLLATE "C", country text, new_id uuid, \
        link_id uuid) ON COMMIT DELETE ROWS
        """,
        """
        CREATE TEMPORARY TABLE import_role (line bigint, place integer, organization text COLLATE "C", organization_uuid uuid, new_id uuid, \
        job_title text, started_at timestamptz, ended_at timestamptz, organization_id uuid, role_id uuid) ON COMMIT DELETE ROWS
        """,
        "CREATE INDEX ON import_value (line)", "CREATE INDEX ON import_role (line)", "CREATE INDEX ON import_role (organization)",
    ]
    static let copyValues: SQL = "COPY import_value (line, list, place, value, country, new_id) FROM STDIN"
    static let copyRoles: SQL =
        "COPY import_role (line, place, organization, organization_uuid, new_id, job_title, started_at, ended_at) FROM STDIN"

    // MARK: Parts

    /// The record by its key, by its own id, or by what it is recognised by; then what it was merged into.
    private static func resolution(_ kind: ImportKind, _ staged: SQL) -> [SQL] {
        var statements: [SQL] = [
            """
            UPDATE \(staged) i SET id = k.\(kind.key) FROM import_key k \
            WHERE k.tenant_id = $1::integer AND k.kind = '\(kind.word)' AND k.external_id = i.external_id
            """,
            """
            UPDATE \(staged) i SET id = t.id FROM \(kind.table) t WHERE i.id IS NULL AND t.tenant_id = $1::integer AND t.id = i.external_uuid AND \(kind.condition)
            """,
        ]
        switch kind.name {
        case "organization":
            statements.append(
                """
                DELETE FROM import_value v USING \(staged) i WHERE v.line = i.line AND v.list = 'DOMAIN' \
                AND (EXISTS (SELECT FROM personal_email_provider p WHERE p.domain = v.value) \
                OR EXISTS (SELECT FROM website_hosting_pattern w WHERE strpos(v.value, w.pattern) > 0)) AND $1::integer IS NOT NULL
                """)
            statements.append(
                """
                UPDATE \(staged) i SET id = found.id FROM (SELECT DISTINCT ON (v.line) v.line, t.id FROM import_value v \
                JOIN organization_domain d ON d.tenant_id = $1::integer AND d.domain = v.value \
                JOIN organization t ON t.tenant_id = $1::integer AND t.id = d.organization_id AND t.state IN ('LIVE', 'HIDDEN') \
                WHERE v.list = 'DOMAIN' ORDER BY v.line, v.place) found WHERE found.line = i.line AND i.id IS NULL
                """)
        case "contact":
            // As the look-up by e-mail does it.
            statements.append(
                """
                UPDATE \(staged) i SET id = found.id FROM (SELECT v.line, (SELECT t.id FROM contact t WHERE t.tenant_id = $1::integer \
                AND t.id = ANY (ARRAY(SELECT l.contact_id FROM contact_email l WHERE l.tenant_id = $1::integer AND l.email_id = ANY (ARRAY(\
                SELECT e.id FROM email e WHERE e.tenant_id = $1::integer AND fold(e.raw_email) = fold(v.value) UNION ALL \
                SELECT e.id FROM email e WHERE e.tenant_id = $1::integer AND e.email <> '' AND fold(e.email) = fold(v.value))))) \
                AND t.state IN ('LIVE', 'HIDDEN') ORDER BY t.state = 'HIDDEN', t.created_at, t.id LIMIT 1) AS id \
                FROM import_value v WHERE v.list = 'EMAIL' AND v.place = 1) found \
                WHERE found.line = i.line AND i.id IS NULL AND found.id IS NOT NULL
                """)
        default: break
        }
        if kind.canBeMerged {
            statements.append(
                """
                WITH RECURSIVE chain AS (SELECT i.line, t.id, t.state, t.merged_into_id FROM \(staged) i \
                JOIN \(kind.table) t ON t.tenant_id = $1::integer AND t.id = i.id UNION ALL \
                SELECT c.line, t.id, t.state, t.merged_into_id FROM chain c JOIN \(kind.table) t ON t.tenant_id = $1::integer AND t.id = c.merged_into_id) \
                UPDATE \(staged) i SET id = chain.id, state = chain.state FROM chain WHERE chain.line = i.line AND chain.state <> 'MERGED'
                """)
        } else {
            statements.append(
                "UPDATE \(staged) i SET state = t.state FROM \(kind.table) t WHERE t.tenant_id = $1::integer AND t.id = i.id")
        }
        if kind.hasOwner {
            statements.append(
                """
                UPDATE \(staged) i SET owner_id = (SELECT u.id FROM email e JOIN user_email l ON l.tenant_id = e.tenant_id AND l.email_id = e.id \
                JOIN app_user u ON u.tenant_id = l.tenant_id AND u.id = l.user_id AND u.state = 'LIVE' \
                WHERE e.tenant_id = $1::integer AND fold(e.raw_email) = fold(i.owner_email) ORDER BY u.created_at, u.id LIMIT 1) \
                WHERE i.owner_email IS NOT NULL
                """)
        }
        if kind.hasOrganization { statements.append(organizations(staged)) }
        if kind.name == "contact" { statements.append(organizations("import_role")) }
        return statements
    }

    /// The organizations that are named by their keys or ids, as they are now.
    private static func organizations(_ staged: SQL) -> SQL {
        """
        WITH RECURSIVE chain AS (SELECT named.text, t.id, t.state, t.merged_into_id FROM (SELECT DISTINCT i.organization AS text, \
        coalesce((SELECT k.organization_id FROM import_key k WHERE k.tenant_id = $1::integer AND k.kind = 'organization' \
        AND k.external_id = i.organization), i.organization_uuid) AS id FROM \(staged) i WHERE i.organization IS NOT NULL) named \
        JOIN organization t ON t.tenant_id = $1::integer AND t.id = named.id UNION ALL \
        SELECT c.text, t.id, t.state, t.merged_into_id FROM chain c JOIN organization t ON t.tenant_id = $1::integer AND t.id = c.merged_into_id) \
        UPDATE \(staged) i SET organization_id = chain.id FROM chain WHERE chain.text = i.organization AND chain.state IN ('LIVE', 'HIDDEN')
        """
    }

    private static func refusals(_ kind: ImportKind, _ staged: SQL) -> [(reason: String, sql: SQL)] {
        var refusals: [(reason: String, sql: SQL)] = [
            (
                "the record was archived",
                "DELETE FROM \(staged) i WHERE i.state NOT IN ('LIVE', 'HIDDEN') AND $1::integer IS NOT NULL RETURNING i.line"
            )
        ]
        if kind.hasOwner {
            refusals.append(
                (
                    "ownerEmail: there is no user with this address",
                    "DELETE FROM \(staged) i WHERE i.owner_email IS NOT NULL AND i.owner_id IS NULL AND $1::integer IS NOT NULL RETURNING i.line"
                ))
        }
        if kind.hasOrganization {
            refusals.append(
                (
                    "organization: there is none with this externalId",
                    "DELETE FROM \(staged) i WHERE i.organization IS NOT NULL AND i.organization_id IS NULL AND $1::integer IS NOT NULL RETURNING i.line"
                ))
        }
        if kind.name == "contact" {
            refusals.append(
                (
                    "roles: there is no organization with this externalId",
                    """
                    DELETE FROM \(staged) i WHERE EXISTS (SELECT FROM import_role r WHERE r.line = i.line AND r.organization_id IS NULL) \
                    AND $1::integer IS NOT NULL RETURNING i.line
                    """
                ))
        }
        return refusals
    }

    private static func insertion(_ kind: ImportKind, _ staged: SQL) -> SQL {
        var columns = kind.fields.reduce("") { (list: SQL, field) in "\(list), \(field.column)" }
        var values = kind.fields.reduce("") { (list: SQL, field) in "\(list), coalesce(i.\(field.column), \(field.initial))" }
        if kind.hasCode { (columns, values) = ("\(columns), customer_os_id", "\(values), i.code") }
        if kind.hasOwner { (columns, values) = ("\(columns), owner_id", "\(values), i.owner_id") }
        if kind.hasOrganization { (columns, values) = ("\(columns), organization_id", "\(values), i.organization_id") }
        return """
            INSERT INTO \(kind.table) (tenant_id, id, app_source, created_at\(columns)\(kind.insertion.columns)) \
            SELECT $1::integer, i.new_id, 'import', coalesce(i.created_at, now())\(values)\(kind.insertion.values) \
            FROM \(staged) i WHERE i.id IS NULL ORDER BY i.line
            """
    }

    /// An interaction lies in two tables: what it has in common with the other events, and the rest.
    private static func interactionInsertion(_ kind: ImportKind, _ staged: SQL) -> SQL {
        let columns = kind.fields.reduce("") { (list: SQL, field) in "\(list), \(field.column)" }
        let values = kind.fields.reduce("") { (list: SQL, field) in "\(list), coalesce(i.\(field.column), \(field.initial))" }
        return """
            WITH event AS (INSERT INTO timeline_event (tenant_id, id, kind, app_source, created_at) \
            SELECT $1::integer, i.new_id, 'INTERACTION_EVENT', 'import', coalesce(i.created_at, now()) FROM \(staged) i WHERE i.id IS NULL \
            ORDER BY i.line RETURNING id) INSERT INTO interaction_event (tenant_id, id\(columns)) SELECT $1::integer, i.new_id\(values) \
            FROM event JOIN \(staged) i ON i.new_id = event.id
            """
    }

    private static func interactionChange(_ kind: ImportKind, _ staged: SQL) -> SQL {
        let assignments = kind.fields.reduce("id = t.id") { (list: SQL, field) in
            "\(list), \(field.column) = coalesce(i.\(field.column), t.\(field.column))"
        }
        return """
            WITH changed AS (UPDATE interaction_event t SET \(assignments) FROM \(staged) i \
            WHERE t.tenant_id = $1::integer AND t.id = i.id AND (\(differences(kind))) RETURNING t.id) \
            UPDATE timeline_event t SET updated_at = now() FROM changed WHERE t.tenant_id = $1::integer AND t.id = changed.id
            """
    }

    private static func differences(_ kind: ImportKind) -> SQL {
        kind.fields.reduce("false") { (list: SQL, field) in
            "\(list) OR i.\(field.column) IS DISTINCT FROM t.\(field.column) AND i.\(field.column) IS NOT NULL"
        }
    }

    /// A record that has everything already is left alone, so that importing a file again changes nothing.
    private static func change(_ kind: ImportKind, _ staged: SQL) -> SQL {
        var assignments = kind.fields.reduce("") { (list: SQL, field) in
            "\(list), \(field.column) = coalesce(i.\(field.column), t.\(field.column))"
        }
        var differs = differences(kind)
        if kind.hasOwner {
            assignments = "\(assignments), owner_id = coalesce(i.owner_id, t.owner_id)"
            differs = "\(differs) OR i.owner_id IS NOT NULL AND i.owner_id IS DISTINCT FROM t.owner_id"
        }
        if kind.hasOrganization {
            assignments = "\(assignments), organization_id = coalesce(i.organization_id, t.organization_id)"
            differs = "\(differs) OR i.organization_id IS NOT NULL AND i.organization_id IS DISTINCT FROM t.organization_id"
        }
        return """
            UPDATE \(kind.table) t SET updated_at = now()\(assignments)\(kind.assignments) FROM \(staged) i \
            WHERE t.tenant_id = $1::integer AND t.id = i.id AND (\(differs))
            """
    }
}

extension ImportStaging {
    static let organization = ImportStaging(.organization)
    static let contact = ImportStaging(.contact)
    static let opportunity = ImportStaging(.opportunity)
    static let interaction = ImportStaging(.interaction)
    static let all = [organization, contact, opportunity, interaction]
}
