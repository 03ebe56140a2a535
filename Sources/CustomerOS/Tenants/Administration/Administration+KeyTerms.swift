internal import GraphQL
internal import Postgres
internal import Records

/// When a key ends.
public enum KeyExpiry: Sendable, Equatable {
    /// RFC 3339, in UTC.
    case at(String)
    /// Counted from its creation.
    case after(seconds: Int)

    /// The accepted texts, as the end of a sentence.
    public static let form = "a time such as 2027-06-30T00:00:00Z, or how long from now: 30m, 12h, 90d, 8w"

    /// Nil if the text is neither a time nor a number of minutes, hours, days or weeks, at most a hundred years.
    public init?(_ text: String) {
        if let time = RFC3339(dateTime: text) {
            self = .at(time.text)
            return
        }
        let units: [Character: Int] = ["m": 60, "h": 3_600, "d": 86_400, "w": 604_800]
        let digits = text.dropLast()
        guard let unit = text.last.flatMap({ units[$0] }), !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let count = Int(digits), (1...3_155_760_000 / unit).contains(count)
        else { return nil }
        self = .after(seconds: count * unit)
    }
}

/// Terms of keys and tenants besides their names and roles.
extension Administration {
    /// A change of a rate limit: nil keeps a value.
    public struct RateLimitChange: Sendable {
        /// 0 removes the limit.
        public var requests: Int?
        public var cost: Int?

        public init(requests: Int?, cost: Int?) {
            self.requests = requests
            self.cost = cost
        }
    }

    /// Servers follow within a second.
    /// - Throws: `Failure.noKey`.
    public func limitKey(_ id: String, _ change: RateLimitChange) throws -> RateLimit {
        guard UUIDKey.isValid(id) else { throw Failure.noKey(id) }
        let rows = try connection.run(
            """
            UPDATE api_key SET requests_per_minute = CASE WHEN $2::integer IS NULL THEN requests_per_minute ELSE nullif($2::integer, 0) END, \
            cost_per_minute = CASE WHEN $3::integer IS NULL THEN cost_per_minute ELSE nullif($3::integer, 0) END, updated_at = now() \
            WHERE id = $1::uuid RETURNING requests_per_minute, cost_per_minute
            """, Self.parameters(id, change))
        guard rows.rowCount == 1 else { throw Failure.noKey(id) }
        return Self.rateLimit(rows, 0, 0)
    }

    /// For all keys of a tenant together. Servers follow within a second.
    /// - Throws: `Failure.noTenant`.
    public func limitTenant(_ name: String, _ change: RateLimitChange) throws -> RateLimit {
        let rows = try connection.run(
            """
            UPDATE tenant SET requests_per_minute = CASE WHEN $2::integer IS NULL THEN requests_per_minute ELSE nullif($2::integer, 0) END, \
            cost_per_minute = CASE WHEN $3::integer IS NULL THEN cost_per_minute ELSE nullif($3::integer, 0) END, updated_at = now() \
            WHERE name = $1 RETURNING requests_per_minute, cost_per_minute
            """, Self.parameters(name, change))
        guard rows.rowCount == 1 else { throw Failure.noTenant(name) }
        return Self.rateLimit(rows, 0, 0)
    }

    private static func parameters(_ name: String, _ change: RateLimitChange) -> [Parameter] {
        [.text(name), Parameter(text: change.requests.map { String($0) }), Parameter(text: change.cost.map { String($0) })]
    }

    static func rateLimit(_ rows: QueryResult, _ row: Int, _ column: Int) -> RateLimit {
        RateLimit(requests: rows.text(row, column).flatMap { Int($0) }, cost: rows.text(row, column + 1).flatMap { Int($0) })
    }

    /// The end of a key by the database's clock, which also decides expiry.
    /// - Throws: `Failure.refused` if that is in the past.
    func moment(_ expiry: KeyExpiry) throws -> String {
        switch expiry {
        case .after(let seconds):
            return try connection.run("SELECT now() + $1::float8 * interval '1 second'", [.text(String(seconds))]).text(0, 0) ?? ""
        case .at(let text):
            guard try connection.run("SELECT $1::timestamptz > now()", [.text(text)]).text(0, 0) == "t" else {
                throw Failure.refused(what: "The end \(text)", problem: "is in the past: a key must expire after it becomes valid")
            }
            return text
        }
    }
}
