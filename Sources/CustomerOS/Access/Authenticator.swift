internal import EventLoop
public import Postgres

/// Identifies callers. Results are cached for at most a second, so a revoked key is refused within that time, and a
/// wrong one is looked up once per second. A key in use is renewed before that, in the background.
public final class Authenticator: Sendable {
    /// What a request claims to be.
    public struct Credentials: Sendable, Hashable {
        public var key: String
        /// The e-mail address of the user for whom the request acts.
        public var username: String?
        /// The name of a tenant: the key's, or any one if the key is a platform key.
        public var tenant: String?

        public init(key: String, username: String? = nil, tenant: String? = nil) {
            self.key = key
            self.username = username
            self.tenant = tenant
        }
    }

    public enum Failure: Error, Sendable {
        case unknownKey, unknownUser, wrongTenant
        /// Told only to a holder of the key.
        case expiredKey(since: String)
        case database(PostgresError)
    }

    private struct Known {
        let principal: Principal
        let validUntil: UInt64
        var isRenewing = false
    }

    private static let lifetime: UInt64 = 1_000_000_000
    /// An entry in use is renewed this long before its end.
    private static let renewalTime: UInt64 = 600_000_000
    private static let capacity = 10_000

    private let database: Database
    private let known = Lock<[Credentials: Known]>([:])
    /// Invalid keys, by hash, and why.
    private let refused = Lock(KeyMemory<Failure>(lifetime: lifetime, capacity: capacity))
    /// The hashes of keys that were valid within the last hour.
    private let trusted = Lock(KeyMemory<Void>(lifetime: 3_600_000_000_000, capacity: capacity))

    private let uses = KeyUses()

    public init(database: Database) { self.database = database }

    /// Writes the last use of keys to the database. Call periodically.
    public func writeKeyUses() async { await uses.write(to: database) }

    /// The caller, if cached.
    public func known(_ credentials: Credentials) -> Principal? {
        let now = EventLoop.now
        guard let known = known.withLock({ $0[credentials] }), known.validUntil > now else { return nil }
        if known.validUntil - now < Self.renewalTime, !known.isRenewing { renew(credentials) }
        known.principal.key?.use.note(at: now)
        return known.principal
    }

    private func note(_ failure: Failure, of hash: String, at now: UInt64) {
        switch failure {
        case .unknownKey, .expiredKey:
            refused.withLock { $0.remember(failure, for: hash, at: now) }
            trusted.withLock { $0.forget(hash) }
        case .unknownUser, .wrongTenant, .database: break
        }
    }

    /// Whether a key was valid within the last hour. It may have ended since.
    public func hasTrusted(_ key: String) -> Bool {
        let hash = APIKey(secret: key).hashText
        return trusted.withLock { $0.value(for: hash, at: EventLoop.now) } != nil
    }

    /// Looks up the caller.
    public func authenticate(_ credentials: Credentials) async throws(Failure) -> Principal {
        let now = EventLoop.now
        let hash = APIKey(secret: credentials.key).hashText
        if let failure = refused.withLock({ $0.value(for: hash, at: now) }) { throw failure }
        let principal: Principal
        do {
            principal = try await find(credentials)
        } catch {
            note(error, of: hash, at: now)
            throw error
        }
        principal.key?.use.note(at: now)
        trusted.withLock { $0.remember((), for: hash, at: now) }
        keep(principal, of: credentials, since: now)
        return principal
    }

    private func keep(_ principal: Principal, of credentials: Credentials, since start: UInt64) {
        known.withLock { known in
            if known.count >= Self.capacity, known[credentials] == nil { known = known.filter { $0.value.validUntil > start } }
            guard known.count < Self.capacity || known[credentials] != nil else { return }
            known[credentials] = Known(principal: principal, validUntil: start + Self.lifetime)
        }
    }

    /// Looks a cached entry up again, while requests still use it.
    private func renew(_ credentials: Credentials) {
        guard let loop = database.currentLoop else { return }
        known.withLock { $0[credentials]?.isRenewing = true }
        loop.spawn { [self] in
            let start = EventLoop.now
            do throws(Failure) {
                keep(try await find(credentials), of: credentials, since: start)
            } catch {
                note(error, of: APIKey(secret: credentials.key).hashText, at: start)
                known.withLock { known in
                    // While the database is down, entries stay valid to their end.
                    if case .database = error { known[credentials]?.isRenewing = false } else { known[credentials] = nil }
                }
            }
        }
    }

    /// `$1` the hash, `$2` the tenant's name or null, `$3` the user's e-mail or null.
    private static let find = StatementText(
        "api_key.find",
        """
        SELECT k.key_hash, array_to_string(k.roles, ','), t.id, t.name, u.id, k.id, k.read_only, k.requests_per_minute, k.cost_per_minute, \
        t.requests_per_minute, t.cost_per_minute, \(Administration.time("CASE WHEN k.expires_at <= now() THEN k.expires_at END")) \
        FROM api_key k LEFT JOIN tenant t ON t.state = 'LIVE' \
        AND CASE WHEN k.tenant_id IS NULL THEN t.name = $2 ELSE t.id = k.tenant_id AND ($2::text IS NULL OR t.name = $2) END \
        LEFT JOIN LATERAL (SELECT a.id FROM email e JOIN user_email l ON l.tenant_id = e.tenant_id AND l.email_id = e.id \
        JOIN app_user a ON a.tenant_id = l.tenant_id AND a.id = l.user_id AND a.state = 'LIVE' \
        WHERE e.tenant_id = t.id AND (fold(e.raw_email) = fold($3) OR (e.email <> '' AND fold(e.email) = fold($3))) \
        ORDER BY a.created_at, a.id LIMIT 1) u ON true \
        WHERE k.key_hash = $1::bytea AND k.revoked_at IS NULL
        """)

    private func find(_ credentials: Credentials) async throws(Failure) -> Principal {
        let key = APIKey(secret: credentials.key)
        let query = Query(
            Self.find,
            [.text(key.hashText), Parameter(text: credentials.tenant), Parameter(text: credentials.username.map(EmailAddress.comparable))])
        let result: QueryResult
        switch await database.read([query], for: .platform).first {
        case .success(let found)?: result = found
        case .failure(let error)?: throw .database(error)
        case nil: throw .unknownKey
        }
        guard result.rowCount == 1, let hash = result.text(0, 0), key.hasHash(hash) else { throw .unknownKey }
        if let moment = result.text(0, 11) { throw .expiredKey(since: moment) }
        guard let tenantID = result.text(0, 2).flatMap({ Int32($0) }), let tenant = result.text(0, 3) else { throw .wrongTenant }
        let user = result.text(0, 4)
        if credentials.username != nil, user == nil { throw .unknownUser }
        let roles = (result.text(0, 1) ?? "").split(separator: ",").compactMap { Role(rawValue: String($0)) }
        let number = { (column: Int) in result.text(0, column).flatMap { Int($0) } }
        let id = result.text(0, 5) ?? ""
        let terms = KeyTerms(
            id: id, isReadOnly: result.text(0, 6) == "t", rateLimit: RateLimit(requests: number(7), cost: number(8)),
            tenantRateLimit: RateLimit(requests: number(9), cost: number(10)), use: uses.use(of: id))
        return Principal(tenant: Principal.Tenant(id: tenantID, name: tenant), roles: Set(roles), userID: user, key: terms)
    }
}
