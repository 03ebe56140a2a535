internal import Postgres
internal import Records

/// The temporary tables that hold a batch until it is merged into the store, and the statements of the merge, per kind
/// of record.
///
/// Every statement takes the tenant as `$1`. They run in the order given here.
struct ImportStaging: Sendable {
    let kind: ImportKind
    let create: [SQL]
    let copy: SQL
    /// Finds existing records.
    let resolve: [SQL]
    /// Finds the owners by their addresses.
    let owners: SQL?
    /// Removes what cannot be imported.
    let refusals: [Refusal]
    /// Removes lines for the same record as an earlier one; returns each with the number of those before it.
    let repeated: SQL
    /// Sets the recognised records `$3` of the lines `$2`.
    let recognise: SQL
    /// Drops the values that an adding line would overwrite.
    let keepFilled: SQL
    /// Locks the records that will be changed.
    let lock: SQL
    /// A line whose record, or named organization, disappeared before it was locked.
    let lost: SQL
    /// Lines whose customer code is already taken.
    let takenCodes: SQL
    let insert: SQL
    let update: SQL
    let remember: [SQL]

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
            id uuid, state text, owner_id uuid, organization_id uuid, only_adds boolean\(typed)) ON COMMIT DELETE ROWS
            """,
            "CREATE INDEX ON \(staged) (new_id)", "CREATE INDEX ON \(staged) (code)", "CREATE INDEX ON \(staged) (organization)",
        ]
        copy = """
            COPY \(staged) (line, external_id, external_uuid, new_id, code, owner_email, organization, organization_uuid, created_at\(names)) FROM STDIN
            """
        resolve = Self.resolution(kind, staged)
        owners = kind.hasOwner ? Self.owners(staged) : nil
        refusals = Self.refusals(kind, staged)
        repeated = """
            WITH ranked AS (SELECT i.line, row_number() OVER (PARTITION BY i.id ORDER BY i.line) AS place FROM \(staged) i WHERE i.id IS NOT NULL) \
            DELETE FROM \(staged) i USING ranked r WHERE r.line = i.line AND r.place > 1 AND $1::integer IS NOT NULL RETURNING i.line, r.place - 1
            """
        recognise = """
            UPDATE \(staged) i SET id = found.id FROM unnest($2::bigint[], $3::uuid[]) AS found (line, id) WHERE found.line = i.line \
            AND $1::integer IS NOT NULL
            """
        keepFilled = Self.keepFilled(kind, staged)
        lost = Self.lost(kind, staged)
        let isInteraction = kind.name == "interaction"
        // A meeting must not move while its timeline row is written.
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
        remember = Self.remember(kind, staged)
    }

    /// All staged contacts: known stored ones, and the first addresses of the others, folded.
    var addresses: SQL {
        """
        SELECT i.line, i.id, CASE WHEN i.id IS NULL THEN fold(v.value) END FROM \(staged) i \
        LEFT JOIN import_value v ON v.line = i.line AND v.list = 'EMAIL' AND v.place = 1 WHERE $1::integer IS NOT NULL ORDER BY i.line
        """
    }

    /// The addresses of unknown owners.
    var unknownOwners: SQL {
        """
        SELECT DISTINCT ON (fold(i.owner_email)) i.owner_email FROM \(staged) i WHERE i.owner_email IS NOT NULL AND i.owner_id IS NULL \
        AND $1::integer IS NOT NULL ORDER BY fold(i.owner_email), i.line
        """
    }

    var linesOfUnknownOwners: SQL {
        "SELECT count(*) FROM \(staged) i WHERE i.owner_email IS NOT NULL AND i.owner_id IS NULL AND $1::integer IS NOT NULL"
    }

    var setCode: SQL { "UPDATE \(staged) SET code = $2 WHERE line = $1::bigint" }

    // MARK: Common tables

    /// The tables of a batch.
    static let tables: SQL = all.reduce("import_value, import_role") { "\($0), import_\($1.kind.table)" }

    static let createCommon: [SQL] = [
        // Refused organizations, for the lines that name them.
        "CREATE TEMPORARY TABLE import_refused (external_id text COLLATE \"C\" PRIMARY KEY, line bigint, message text)",
        """
        CREATE TEMPORARY TABLE import_value (line bigint, list text COLLATE "C", place integer, value text COLLATE "C", e164 text COLLATE "C", \
        extension text COLLATE "C", raw text COLLATE "C", country text, new_id uuid, \
        link_id uuid) ON COMMIT DELETE ROWS
        """,
        """
        CREATE TEMPORARY TABLE import_role (line bigint, place integer, organization text COLLATE "C", organization_uuid uuid, new_id uuid, \
        job_title text, started_at timestamptz, ended_at timestamptz, organization_id uuid, role_id uuid) ON COMMIT DELETE ROWS
        """,
        "CREATE INDEX ON import_value (line)", "CREATE INDEX ON import_role (line)", "CREATE INDEX ON import_role (organization)",
    ]
    static let copyValues: SQL = "COPY import_value (line, list, place, value, e164, extension, raw, country, new_id) FROM STDIN"
    static let copyRoles: SQL =
        "COPY import_role (line, place, organization, organization_uuid, new_id, job_title, started_at, ended_at) FROM STDIN"

    // MARK: Parts

    /// The system of the file's keys; '' is none.
    static let system: SQL = "current_setting('customeros.import_system')"

    /// The record by its key, its own id, or its identifying values; then what it was merged into.
    private static func resolution(_ kind: ImportKind, _ staged: SQL) -> [SQL] {
        var statements: [SQL] = [
            """
            UPDATE \(staged) i SET id = k.\(kind.key), only_adds = EXISTS (SELECT FROM import_key f WHERE f.tenant_id = $1::integer \
            AND f.\(kind.key) = k.\(kind.key) AND f.system = k.system \
            AND (f.is_merged, f.created_at, f.external_id) < (k.is_merged, k.created_at, k.external_id)) FROM import_key k \
            WHERE k.tenant_id = $1::integer AND k.kind = '\(kind.word)' AND k.system = \(system) AND k.external_id = i.external_id
            """,
            """
            UPDATE \(staged) i SET (id, only_adds) = (SELECT t.id, EXISTS (SELECT FROM import_key f WHERE f.tenant_id = $1::integer \
            AND f.\(kind.key) = t.id AND f.system = \(system)) FROM external_link l JOIN \(kind.table) t ON t.tenant_id = l.tenant_id AND t.id = l.\(kind.link) \
            WHERE l.tenant_id = $1::integer AND l.system = \(system) AND l.external_id = i.external_id AND \(kind.condition) \
            ORDER BY t.state NOT IN ('LIVE', 'HIDDEN'), t.created_at, t.id LIMIT 1) WHERE i.id IS NULL AND \(system) <> ''
            """,
            """
            UPDATE \(staged) i SET id = t.id FROM \(kind.table) t WHERE i.id IS NULL AND t.tenant_id = $1::integer AND t.id = i.external_uuid AND \(kind.condition)
            """,
        ]
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
        if kind.hasOrganization { statements.append(organizations(staged)) }
        if kind.name == "contact" { statements.append(organizations("import_role")) }
        return statements
    }

    private static func owners(_ staged: SQL) -> SQL {
        """
        UPDATE \(staged) i SET owner_id = (SELECT u.id FROM email e JOIN user_email l ON l.tenant_id = e.tenant_id AND l.email_id = e.id \
        JOIN app_user u ON u.tenant_id = l.tenant_id AND u.id = l.user_id AND u.state = 'LIVE' AND NOT u.internal AND NOT u.bot \
        WHERE e.tenant_id = $1::integer AND fold(e.raw_email) = fold(i.owner_email) ORDER BY u.created_at, u.id LIMIT 1) \
        WHERE i.owner_email IS NOT NULL
        """
    }

    /// The organizations named by keys or ids, in their current state.
    private static func organizations(_ staged: SQL) -> SQL {
        """
        WITH RECURSIVE chain AS (SELECT named.text, t.id, t.state, t.merged_into_id FROM (SELECT DISTINCT i.organization AS text, \
        coalesce((SELECT k.organization_id FROM import_key k WHERE k.tenant_id = $1::integer AND k.kind = 'organization' AND k.system = \(system) \
        AND k.external_id = i.organization), i.organization_uuid) AS id FROM \(staged) i WHERE i.organization IS NOT NULL) named \
        JOIN organization t ON t.tenant_id = $1::integer AND t.id = named.id UNION ALL \
        SELECT c.text, t.id, t.state, t.merged_into_id FROM chain c JOIN organization t ON t.tenant_id = $1::integer AND t.id = c.merged_into_id) \
        UPDATE \(staged) i SET organization_id = chain.id FROM chain WHERE chain.text = i.organization AND chain.state IN ('LIVE', 'HIDDEN')
        """
    }

    /// Lines to remove: the statement returns each with what the message needs.
    struct Refusal: Sendable {
        let reason: ImportReason
        let sql: SQL
        let message: @Sendable ([String]) -> String
    }

    private static func refusals(_ kind: ImportKind, _ staged: SQL) -> [Refusal] {
        var refusals = [
            Refusal(
                reason: .archived,
                sql: "DELETE FROM \(staged) i WHERE i.state NOT IN ('LIVE', 'HIDDEN') AND $1::integer IS NOT NULL RETURNING i.line"
            ) { _ in "the record was archived" }
        ]
        if kind.hasOrganization {
            let named: SQL = "i.organization IS NOT NULL AND i.organization_id IS NULL"
            refusals.append(
                Refusal(
                    reason: .refusedOrganization,
                    sql: """
                        DELETE FROM \(staged) i USING import_refused r WHERE \(named) AND r.external_id = i.organization \
                        AND $1::integer IS NOT NULL RETURNING i.line, i.organization, r.line, r.message
                        """
                ) { "organization: \($0[0]) was refused in line \($0[1]): \($0[2])" })
            refusals.append(
                Refusal(
                    reason: .unknownOrganization,
                    sql: "DELETE FROM \(staged) i WHERE \(named) AND $1::integer IS NOT NULL RETURNING i.line, i.organization"
                ) { "organization: there is none with the externalId \($0[0])" })
        }
        if kind.name == "contact" {
            refusals.append(
                Refusal(
                    reason: .refusedOrganization,
                    sql: """
                        WITH named AS (SELECT DISTINCT ON (r.line) r.line, r.organization, f.line AS refused, f.message FROM import_role r \
                        JOIN import_refused f ON f.external_id = r.organization WHERE r.organization_id IS NULL ORDER BY r.line, r.place) \
                        DELETE FROM \(staged) i USING named n WHERE n.line = i.line AND $1::integer IS NOT NULL \
                        RETURNING i.line, n.organization, n.refused, n.message
                        """
                ) { "roles: the organization \($0[0]) was refused in line \($0[1]): \($0[2])" })
            refusals.append(
                Refusal(
                    reason: .unknownOrganization,
                    sql: """
                        WITH named AS (SELECT DISTINCT ON (r.line) r.line, r.organization FROM import_role r WHERE r.organization IS NOT NULL AND r.organization_id IS NULL \
                        ORDER BY r.line, r.place) DELETE FROM \(staged) i USING named n WHERE n.line = i.line AND $1::integer IS NOT NULL \
                        RETURNING i.line, n.organization
                        """
                ) { "roles: there is no organization with the externalId \($0[0])" })
        }
        if kind.name == "opportunity" {
            refusals.append(
                Refusal(
                    reason: .badValue,
                    sql: """
                        DELETE FROM \(staged) i USING \(kind.table) t WHERE t.tenant_id = $1::integer AND t.id = i.id \
                        AND t.internal_type = 'RENEWAL' RETURNING i.line
                        """
                ) { _ in "externalId: this is the renewal of a contract, which imports leave alone" })
        }
        return refusals
    }

    /// For when owners must exist.
    var refuseUnknownOwners: Refusal {
        Refusal(
            reason: .unknownOwner,
            sql: """
                DELETE FROM \(staged) i WHERE i.owner_email IS NOT NULL AND i.owner_id IS NULL AND $1::integer IS NOT NULL \
                RETURNING i.line, i.owner_email
                """
        ) { "ownerEmail: there is no user with the address \($0[0])" }
    }

    /// Removes the lines `$2`, refused for another reason.
    var remove: SQL { "DELETE FROM \(staged) i WHERE i.line = ANY ($2::bigint[]) AND $1::integer IS NOT NULL" }

    /// A line's key stays its record's. A record named by its id gets that as its key if it has none, so that no other
    /// key matches it.
    private static func remember(_ kind: ImportKind, _ staged: SQL) -> [SQL] {
        let isID: SQL = "i.external_uuid IS NOT DISTINCT FROM i.id AND i.id IS NOT NULL"
        return [
            """
            INSERT INTO import_key (tenant_id, kind, system, external_id, \(kind.key)) \
            SELECT $1::integer, '\(kind.word)', \(system), i.external_id, coalesce(i.id, i.new_id) FROM \(staged) i \
            WHERE NOT (\(isID) AND EXISTS (SELECT FROM import_key k WHERE k.tenant_id = $1::integer AND k.\(kind.key) = i.id AND k.system = \(system))) \
            ON CONFLICT (tenant_id, kind, system, external_id) DO UPDATE SET \(kind.key) = excluded.\(kind.key) \
            WHERE import_key.\(kind.key) <> excluded.\(kind.key)
            """,
            """
            INSERT INTO external_system (tenant_id, type) SELECT $1::integer, \(system) WHERE \(system) <> '' ON CONFLICT DO NOTHING
            """,
            """
            INSERT INTO external_link (tenant_id, id, system, external_id, synced_at, \(kind.link)) \
            SELECT $1::integer, gen_random_uuid(), \(system), i.external_id, now(), coalesce(i.id, i.new_id) FROM \(staged) i \
            WHERE \(system) <> '' AND NOT (\(isID)) ON CONFLICT DO NOTHING
            """,
        ]
    }

    /// A merged record's line adds to the record that stays, and overwrites nothing.
    private static func keepFilled(_ kind: ImportKind, _ staged: SQL) -> SQL {
        var assignments = kind.fields.reduce("line = i.line") { (list: SQL, field) in
            "\(list), \(field.column) = CASE WHEN nullif(t.\(field.column)::text, '') IS NULL THEN i.\(field.column) END"
        }
        if kind.hasOwner { assignments = "\(assignments), owner_id = CASE WHEN t.owner_id IS NULL THEN i.owner_id END" }
        if kind.hasOrganization {
            assignments = "\(assignments), organization_id = CASE WHEN t.organization_id IS NULL THEN i.organization_id END"
        }
        return "UPDATE \(staged) i SET \(assignments) FROM \(kind.record) t WHERE i.only_adds AND t.tenant_id = $1::integer AND t.id = i.id"
    }

    private static func lost(_ kind: ImportKind, _ staged: SQL) -> SQL {
        let gone: SQL = """
            SELECT i.line FROM \(staged) i WHERE i.id IS NOT NULL AND NOT EXISTS (SELECT FROM \(kind.table) t \
            WHERE t.tenant_id = $1::integer AND t.id = i.id AND t.state IN ('LIVE', 'HIDDEN'))
            """
        let named: SQL? =
            switch kind.name {
            case "contact": "import_role"
            case "opportunity": staged
            default: nil
            }
        guard let named else { return "\(gone) LIMIT 1" }
        return """
            \(gone) UNION ALL SELECT r.line FROM \(named) r WHERE r.organization_id IS NOT NULL AND NOT EXISTS (SELECT FROM organization o \
            WHERE o.tenant_id = $1::integer AND o.id = r.organization_id AND o.state IN ('LIVE', 'HIDDEN')) LIMIT 1
            """
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

    /// An interaction is in two tables: what all events have in common, and the rest.
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

    /// A record that has everything already is not touched, so that importing a file again changes nothing.
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
