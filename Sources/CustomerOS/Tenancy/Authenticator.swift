internal import EventLoop
public import Postgres

/// Finds out whose request it is. Answers are kept for a second at most, so a revoked key is refused within that time.
public final class Authenticator: Sendable {
    /// What a request says of itself.
    public struct Credentials: Sendable, Hashable {
        public var key: String
        /// The e-mail of the user whom the request acts for.
        public var username: String?
        /// The name of a tenant: it must be the key's, or choose one where the key is the platform's.
        public var tenant: String?

        public init(key: String, username: String? = nil, tenant: String? = nil) {
            self.key = key
            self.username = username
            self.tenant = tenant
        }
    }

    public enum Failure: Error, Sendable {
        case unknownKey, unknownUser, wrongTenant
        case database(PostgresError)
    }

    private struct Known {
        let principal: Principal
        let validUntil: UInt64
    }

    private static let lifetime: UInt64 = 1_000_000_000
    private static let capacity = 10_000

    private let database: Database
    private let known = Lock<[Credentials: Known]>([:])

    public init(database: Database) { self.database = database }

    public func authenticate(_ credentials: Credentials) async throws(Failure) -> Principal {
        let now = EventLoop.now
        if let known = known.withLock({ $0[credentials] }), known.validUntil > now { return known.principal }
        let principal = try await find(credentials)
        known.withLock { known in
            if known.count >= Self.capacity { known = known.filter { $0.value.validUntil > now } }
            if known.count < Self.capacity { known[credentials] = Known(principal: principal, validUntil: now + Self.lifetime) }
        }
        return principal
    }

    /// `$1` the hash, `$2` the tenant's name or null, `$3` the user's e-mail or null.
    private static let find = Statement(
        "api_key.find",
        """
        SELECT k.key_hash, array_to_string(k.roles, ','), t.id, t.name, u.id \
        FROM api_key k LEFT JOIN tenant t ON t.state = 'LIVE' \
        AND CASE WHEN k.tenant_id IS NULL THEN t.name = $2 ELSE t.id = k.tenant_id AND ($2::text IS NULL OR t.name = $2) END \
        LEFT JOIN LATERAL (SELECT a.id FROM email e JOIN user_email l ON l.tenant_id = e.tenant_id AND l.email_id = e.id \
        JOIN app_user a ON a.tenant_id = l.tenant_id AND a.id = l.user_id AND a.state = 'LIVE' \
        WHERE e.tenant_id = t.id AND (fold(e.raw_email) = fold($3) OR (e.email <> '' AND fold(e.email) = fold($3))) \
        ORDER BY a.created_at, a.id LIMIT 1) u ON true \
        WHERE k.key_hash = $1::bytea AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
        """)

    private func find(_ credentials: Credentials) async throws(Failure) -> Principal {
        let key = APIKey(secret: credentials.key)
        let query = Query(
            Self.find,
            [.text(key.hashText), Parameter(text: credentials.tenant), Parameter(text: credentials.username.map(EmailAddress.comparable))])
        let result: QueryResult
        switch await database.read([query]).first {
        case .success(let found)?: result = found
        case .failure(let error)?: throw .database(error)
        case nil: throw .unknownKey
        }
        guard result.rowCount == 1, let hash = result.text(0, 0), key.hasHash(hash) else { throw .unknownKey }
        guard let tenantID = result.text(0, 2).flatMap({ Int32($0) }), let tenant = result.text(0, 3) else { throw .wrongTenant }
        let user = result.text(0, 4)
        if credentials.username != nil, user == nil { throw .unknownUser }
        let roles = (result.text(0, 1) ?? "").split(separator: ",").compactMap { Role(rawValue: String($0)) }
        return Principal(tenant: Principal.Tenant(id: tenantID, name: tenant), roles: Set(roles), userID: user)
    }
}
