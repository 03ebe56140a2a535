public import Postgres
internal import Records

/// Writes a tenant's records in the import format: one JSON object per line, organizations first.
public struct Exporter {
    /// Receives the lines, each with its line end.
    public typealias Write = (UnsafeBufferPointer<UInt8>) throws -> Void

    private let connection: BlockingConnection
    private let tenant: Parameter
    private let system: String

    /// - Parameter system: Records are written with their keys of this system, or, if nil, with those from files that
    ///   name none.
    /// - Throws: `Importer.Failure` if there is no such tenant.
    public init(_ connection: BlockingConnection, tenant name: String, system: String? = nil) throws {
        self.connection = connection
        self.system = system ?? ""
        try connection.run("SET statement_timeout = 0")
        guard let id = try connection.run("SELECT id FROM tenant WHERE name = $1", [.text(name)]).text(0, 0) else {
            throw Importer.Failure.noTenant(name)
        }
        tenant = .text(id)
    }

    /// Writes everything, from one snapshot.
    /// - Parameter report: Called after each thousand lines of a kind.
    /// - Returns: The number of lines of each kind.
    public func run(_ write: Write, report: (_ kind: String, _ lines: Int) -> Void = { _, _ in }) throws -> [(kind: String, lines: Int)] {
        try connection.transaction {
            try connection.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            // COPY takes no parameters.
            try connection.run(
                "SELECT set_config('customeros.tenant_id', $1, true), set_config('customeros.import_system', $2, true)",
                [tenant, .text(system)])
            return try Self.copies.map { kind, copy in
                var lines = 0
                try connection.copyOut(copy) { line in
                    try write(line)
                    lines += 1
                    if lines.isMultiple(of: 1_000) { report(kind, lines) }
                }
                return (kind, lines)
            }
        }
    }

    // MARK: Statements

    private static let copies: [(String, SQL)] = [
        ("organization", copy(organizations)), ("contact", copy(contacts)), ("opportunity", copy(opportunities)),
        ("interaction", copy(interactions)),
    ]

    /// JSON has no control characters: with those as quote and delimiter, a line is unchanged.
    private static func copy(_ query: SQL) -> SQL {
        "COPY (\(query)) TO STDOUT (FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01')"
    }

    private static let tenantID: SQL = "current_setting('customeros.tenant_id')::integer"

    /// The system's key under which the record was imported, or its id.
    private static func key(_ column: SQL, _ id: SQL) -> SQL {
        """
        coalesce((SELECT k.external_id FROM import_key k WHERE k.tenant_id = t.tenant_id AND k.\(column) = \(id) \
        AND k.system = \(ImportStaging.system) ORDER BY k.is_merged, k.created_at, k.external_id LIMIT 1), \(id)::text)
        """
    }

    private static let owner: SQL = """
        (SELECT e.raw_email FROM user_email l JOIN email e ON e.tenant_id = l.tenant_id AND e.id = l.email_id \
        WHERE l.tenant_id = t.tenant_id AND l.user_id = t.owner_id ORDER BY l.is_primary DESC, e.created_at, e.id LIMIT 1)
        """

    private static func object(_ kind: ImportKind, _ members: SQL, source: SQL = "t") -> SQL {
        let fields = kind.fields.reduce("") { (list: SQL, field) in
            let value: SQL = "\(source).\(field.column)"
            let shown: SQL =
                switch field.form {
                case .text, .choice, .currency: "nullif(\(value), '')"
                case .time, .day: Administration.time(value)
                case .whole, .amount, .flag: value
                }
            return "\(list), '\(field.name)', \(shown)"
        }
        return """
            SELECT json_strip_nulls(json_build_object('type', '\(kind.word)', 'externalId', \(key(kind.key, "t.id")), \
            'createdAt', \(Administration.time("t.created_at"))\(fields)\(members)))::text FROM \(kind.table) t
            """
    }

    private static func tags(_ table: SQL) -> SQL {
        """
        , 'tags', (SELECT json_agg(g.name ORDER BY g.name) FROM \(table)_tag l JOIN tag g ON g.tenant_id = l.tenant_id AND g.id = l.tag_id \
        WHERE l.tenant_id = t.tenant_id AND l.\(table)_id = t.id)
        """
    }

    private static let organizations: SQL = """
        \(object(
            .organization,
            """
            , 'ownerEmail', \(owner), 'domains', coalesce((SELECT json_agg(d.domain ORDER BY d.domain) FROM organization_domain d \
            WHERE d.tenant_id = t.tenant_id AND d.organization_id = t.id), '[]')\(tags("organization"))
            """)) \
        WHERE t.tenant_id = \(tenantID) AND t.state IN ('LIVE', 'HIDDEN') ORDER BY t.created_at, t.id
        """

    private static let contacts: SQL = """
        \(object(
            .contact,
            """
            , 'ownerEmail', \(owner), 'emails', (SELECT json_agg(e.raw_email ORDER BY l.is_primary DESC, l.created_at, e.raw_email) \
            FROM contact_email l JOIN email e ON e.tenant_id = l.tenant_id AND e.id = l.email_id \
            WHERE l.tenant_id = t.tenant_id AND l.contact_id = t.id), 'phoneNumbers', (SELECT json_agg(coalesce(\
            p.e164 || CASE WHEN p.extension <> '' THEN ' ext. ' || p.extension ELSE '' END, p.raw_phone_number) \
            ORDER BY l.is_primary DESC, l.created_at, p.raw_phone_number) FROM contact_phone_number l \
            JOIN phone_number p ON p.tenant_id = l.tenant_id AND p.id = l.phone_number_id \
            WHERE l.tenant_id = t.tenant_id AND l.contact_id = t.id)\(tags("contact")), \
            'roles', (SELECT json_agg(json_build_object('organization', \(key("organization_id", "r.organization_id")), \
            'jobTitle', nullif(r.job_title, ''), 'startedAt', \(Administration.time("r.started_at")), \
            'endedAt', \(Administration.time("r.ended_at"))) \
            ORDER BY r.is_primary DESC, r.created_at, r.id) FROM job_role r LEFT JOIN organization o ON o.tenant_id = r.tenant_id \
            AND o.id = r.organization_id WHERE r.tenant_id = t.tenant_id AND r.contact_id = t.id \
            AND (r.organization_id IS NULL OR o.state IN ('LIVE', 'HIDDEN')))
            """)) \
        WHERE t.tenant_id = \(tenantID) AND t.state IN ('LIVE', 'HIDDEN') ORDER BY t.created_at, t.id
        """

    /// Renewals belong to their contracts.
    private static let opportunities: SQL = """
        \(object(
            .opportunity,
            """
            , 'ownerEmail', \(owner), 'organization', (SELECT \(key("organization_id", "o.id")) FROM organization o \
            WHERE o.tenant_id = t.tenant_id AND o.id = t.organization_id AND o.state IN ('LIVE', 'HIDDEN'))
            """)) \
        WHERE t.tenant_id = \(tenantID) AND t.state = 'LIVE' AND t.internal_type <> 'RENEWAL' ORDER BY t.created_at, t.id
        """

    private static func participants(_ member: SQL, _ role: SQL) -> SQL {
        """
        , '\(member)', (SELECT json_agg(e.raw_email ORDER BY p.position, e.raw_email) FROM timeline_event_participant p \
        JOIN email e ON e.tenant_id = p.tenant_id AND e.id = p.email_id \
        WHERE p.tenant_id = t.tenant_id AND p.timeline_event_id = t.id AND p.role = '\(role)')
        """
    }

    private static let interactions: SQL = """
        \(object(.interaction, "\(participants("sentBy", "SENT_BY"))\(participants("sentTo", "SENT_TO"))", source: "n")) \
        JOIN interaction_event n ON n.tenant_id = t.tenant_id AND n.id = t.id \
        WHERE t.tenant_id = \(tenantID) AND t.state = 'LIVE' ORDER BY t.created_at, t.id
        """
}
