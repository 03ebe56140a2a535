public import Postgres
internal import Records

/// An operator's changes of tenants and keys, on a connection of its own.
public struct Administration {
    public struct TenantRow: Sendable {
        public let name: String
        public let state: String
        public let createdAt: String
        public let rateLimit: RateLimit
    }

    public struct KeyRow: Sendable {
        public let id: String
        public let tenant: String?
        public let prefix: String
        public let name: String
        public let roles: [String]
        public let createdAt: String
        public let expiresAt: String?
        public let revokedAt: String?
        /// Accurate to about a minute: servers write it once a minute.
        public let lastUsedAt: String?
        public let isReadOnly: Bool
        public let rateLimit: RateLimit
    }

    public enum Failure: Error, CustomStringConvertible {
        case tenantExists(String), noTenant(String), noKey(String), keyTaken, keyEnded(String), noUser(String), userExists(String)
        /// An invalid text: what it is, and what is wrong with it, as the end of a sentence.
        case refused(what: String, problem: String)

        public var description: String {
            switch self {
            case .tenantExists(let name): "There is a tenant called \(name.asOneLine) already."
            case .noTenant(let name): "There is no tenant called \(name.asOneLine). `customeros-api tenant list` shows what there is."
            case .noKey(let text): "There is no key \(text.asOneLine). `customeros-api key list` shows what there is."
            case .keyTaken: "The secret belongs to a key already. Choose another one."
            case .keyEnded(let text): "The key \(text.asOneLine) is revoked or has expired. `customeros-api key create` creates a new one."
            case .noUser(let text): "There is no user \(text.asOneLine). `customeros-api user list` shows what there is."
            case .refused(let what, let problem): "\(what.asOneLine) \(problem)."
            case .userExists(let email): "The tenant has a user with the address \(email.asOneLine) already."
            }
        }
    }

    let connection: BlockingConnection

    public init(_ connection: BlockingConnection) { self.connection = connection }

    // MARK: Tenants

    /// Creates a tenant with its settings and its ten opportunity stages.
    /// - Throws: `Failure.refused` if it is not a valid name; `Failure.tenantExists`.
    public func createTenant(_ name: String) throws {
        try Self.check(name, "The name of a tenant", mayBeEmpty: false)
        try connection.transaction {
            let created = try connection.run(
                "INSERT INTO tenant (name) VALUES ($1) ON CONFLICT (name) DO NOTHING RETURNING id", [.text(name)])
            guard let id = created.text(0, 0) else { throw Failure.tenantExists(name) }
            try connection.run("INSERT INTO tenant_setting (tenant_id) VALUES ($1::integer)", [.text(id)])
            for position in 1...10 {
                try connection.run(
                    """
                    INSERT INTO opportunity_stage (tenant_id, id, value, position, label, visible, likelihood_rate) \
                    VALUES ($1::integer, $2::uuid, 'STAGE' || $3, $3::integer, \
                    coalesce((ARRAY['Identified', 'Qualified', 'Committed'])[$3::integer], 'Stage ' || $3), $3::integer <= 3, 0)
                    """, [.text(id), .text(Identifiers.uuid()), .text(String(position))])
            }
        }
    }

    public func tenants() throws -> [TenantRow] {
        let rows = try connection.run(
            "SELECT name, state, \(Self.time("created_at")), requests_per_minute, cost_per_minute FROM tenant ORDER BY name")
        return (0..<rows.rowCount).map { row in
            TenantRow(
                name: rows.text(row, 0) ?? "", state: rows.text(row, 1) ?? "", createdAt: rows.text(row, 2) ?? "",
                rateLimit: Self.rateLimit(rows, row, 3))
        }
    }

    // MARK: Keys

    /// Creates a key and returns its secret, which cannot be shown again.
    /// - Parameter tenant: Its tenant, or nil for a platform key.
    /// - Parameter secret: Chosen by the operator; nil generates one.
    /// - Throws: `Failure.refused` for an invalid name or an end in the past; `Failure.noTenant`; `Failure.keyTaken`.
    public func createKey(
        tenant: String?, roles: [Role], name: String = "", secret: String? = nil, isReadOnly: Bool = false, expiry: KeyExpiry? = nil,
        rateLimit: RateLimit = .none
    ) throws -> (id: String, key: APIKey) {
        try Self.check(name, "The name of a key", mayBeEmpty: true)
        let expiresAt = try expiry.map(moment)
        let key = secret.map(APIKey.init(secret:)) ?? APIKey.make()
        let id = Identifiers.uuid()
        let tenantID = try tenant.map(self.tenantID)
        let created = try connection.run(
            """
            INSERT INTO api_key (id, tenant_id, key_hash, prefix, name, roles, read_only, expires_at, requests_per_minute, cost_per_minute) \
            VALUES ($1::uuid, $2::integer, $3::bytea, $4, $5, $6::text[], $7::boolean, $8::timestamptz, $9::integer, $10::integer) \
            ON CONFLICT (key_hash) DO NOTHING
            """,
            [
                .text(id), Parameter(text: tenantID), .text(key.hashText), .text(key.prefix), .text(name),
                .text(arrayText(roles.map(\.rawValue))), .text(isReadOnly ? "true" : "false"), Parameter(text: expiresAt),
                Parameter(text: rateLimit.requests.map { String($0) }), Parameter(text: rateLimit.cost.map { String($0) }),
            ])
        guard created.affectedRows == 1 else { throw Failure.keyTaken }
        return (id, key)
    }

    public func keys(tenant: String?) throws -> [KeyRow] {
        let tenantID = try tenant.map(self.tenantID)
        let rows = try connection.run(
            """
            SELECT k.id, t.name, k.prefix, k.name, array_to_string(k.roles, ','), \(Self.time("k.created_at")), \
            \(Self.time("k.expires_at")), \(Self.time("k.revoked_at")), \(Self.time("k.last_used_at")), k.read_only, \
            k.requests_per_minute, k.cost_per_minute \
            FROM api_key k LEFT JOIN tenant t ON t.id = k.tenant_id WHERE $1::integer IS NULL OR k.tenant_id = $1::integer \
            ORDER BY t.name, k.created_at, k.id
            """, [Parameter(text: tenantID)])
        return (0..<rows.rowCount).map { row in
            KeyRow(
                id: rows.text(row, 0) ?? "", tenant: rows.text(row, 1), prefix: rows.text(row, 2) ?? "", name: rows.text(row, 3) ?? "",
                roles: (rows.text(row, 4) ?? "").split(separator: ",").map(String.init), createdAt: rows.text(row, 5) ?? "",
                expiresAt: rows.text(row, 6), revokedAt: rows.text(row, 7), lastUsedAt: rows.text(row, 8),
                isReadOnly: rows.text(row, 9) == "t", rateLimit: Self.rateLimit(rows, row, 10))
        }
    }

    /// Ends a key at once. Servers refuse it within a second.
    public func revokeKey(_ id: String) throws {
        guard UUIDKey.isValid(id) else { throw Failure.noKey(id) }
        let revoked = try connection.run(
            "UPDATE api_key SET revoked_at = coalesce(revoked_at, now()), updated_at = now() WHERE id = $1::uuid", [.text(id)])
        guard revoked.affectedRows == 1 else { throw Failure.noKey(id) }
    }

    /// A time in the API's format: RFC 3339 in UTC, without trailing zeros.
    static func time(_ column: SQL) -> SQL {
        "regexp_replace(to_char(\(column) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US'), '\\.?0+$', '') || 'Z'"
    }

    func tenantID(_ name: String) throws -> String {
        guard let id = try connection.run("SELECT id FROM tenant WHERE name = $1", [.text(name)]).text(0, 0) else {
            throw Failure.noTenant(name)
        }
        return id
    }

    // MARK: Demo

    /// Creates the demo tenant with its data and a key, if there is no tenant yet.
    /// - Returns: The key; nil if there already was a tenant and no secret was given.
    public func prepareDemo(script: String, secret: String?) throws -> APIKey? {
        if try tenants().isEmpty {
            // All or nothing: after an interrupted first start, the next is a first start again.
            return try connection.transaction {
                let id = try connection.run("INSERT INTO tenant (name) VALUES ($1) RETURNING id", [.text(Self.demoTenant)]).text(0, 0)
                try connection.run("SELECT set_config('customeros.tenant_id', $1, true)", [Parameter(text: id)])
                try connection.runScript(script)
                return try createKey(tenant: Self.demoTenant, roles: Self.demoRoles, name: "demo", secret: secret).key
            }
        }
        guard let secret else { return nil }
        do {
            return try createKey(tenant: Self.demoTenant, roles: Self.demoRoles, name: "demo", secret: secret).key
        } catch Failure.keyTaken {
            return APIKey(secret: secret)
        }
    }

    public static let demoTenant = "demo"
    private static let demoRoles: [Role] = [.user, .admin, .owner]
}
