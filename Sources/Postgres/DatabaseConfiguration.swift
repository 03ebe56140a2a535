public import Memory

/// How to reach a PostgreSQL server, and how much to ask of it.
public struct DatabaseConfiguration: Sendable {
    /// A libpq connection string: a URI or keywords and values.
    public var connectionString: String
    /// Connections per loop that carry short reads of many requests at once.
    public var sharedConnections: Int
    /// Connections per loop opened in addition while some of them are stalled: for all tenants, and for those that have
    /// just stalled one.
    public var spareConnections = 1
    /// Batches that may be in flight on each of them. More wait, and the tenants take turns.
    public var sharedWindow = 32
    /// How long the first batch on one of them may take before others use another connection.
    public var headPatience = Duration.milliseconds(50)
    /// What takes longer there is repeated on a connection of its own.
    public var sharedStatementTimeout = Duration.seconds(2)
    /// Percent of the connections and of the waiting places that one tenant may have.
    public var tenantShare = 75
    /// Connections for transactions and slow reads, one request at a time on each. One tenant may have them all; a
    /// reserve for the others is opened in addition, so that these are `tenantShare` percent of the total.
    public var poolSize: Int
    /// Requests that may wait for a connection of the pool.
    public var queueLimit: Int
    public var queueTimeout: Duration
    public var connectTimeout: Duration
    public var statementTimeout: Duration
    /// Whether statements are kept prepared. Off behind a pooler in transaction mode.
    public var usesNamedStatements: Bool
    /// Statements kept prepared on a connection.
    public var preparedStatementLimit: Int
    /// Bytes of their texts.
    public var preparedStatementBytes = 128 * 1024
    /// Where the texts are counted.
    public var memory: MemoryBudget?

    public init(
        connectionString: String, sharedConnections: Int = 2, poolSize: Int = 8, queueLimit: Int = 1_000,
        queueTimeout: Duration = .seconds(5), connectTimeout: Duration = .seconds(5), statementTimeout: Duration = .seconds(10),
        usesNamedStatements: Bool = true, preparedStatementLimit: Int = 500
    ) {
        self.connectionString = connectionString
        self.sharedConnections = sharedConnections
        self.poolSize = poolSize
        self.queueLimit = queueLimit
        self.queueTimeout = queueTimeout
        self.connectTimeout = connectTimeout
        self.statementTimeout = statementTimeout
        self.usesNamedStatements = usesNamedStatements
        self.preparedStatementLimit = preparedStatementLimit
    }

    /// Connections per loop for the platform's transactions and slow reads: one for a job, one for the readiness check.
    static let platformPoolSize = 2

    /// The connection per loop for short reads of tenants that have just stalled another.
    static let suspectConnections = 1

    /// The most sessions a server with this many loops opens.
    public func sessions(loops: Int) -> Int {
        let exclusive = exclusiveConnections(loops: loops)
        let shared = sharedConnections + Self.suspectConnections + 2 * spareConnections
        return loops * (shared + 2 + Self.platformPoolSize + exclusive + reserve(beside: exclusive))
    }

    /// Each loop's part of the pool.
    func exclusiveConnections(loops: Int) -> Int { max(1, poolSize / max(1, loops)) }

    /// Connections in addition to the pool, for tenants that have none.
    func reserve(beside connections: Int) -> Int { (connections * (100 - tenantShare) + tenantShare - 1) / tenantShare }

    /// One tenant's share of a number.
    func share(of number: Int) -> Int { max(1, number * tenantShare / 100) }

    /// The settings that every session starts with, so that results have the form our codec reads.
    func sessionOptions(statementTimeout: Duration) -> String {
        let timeout = max(1, statementTimeout.milliseconds)
        return "-c DateStyle=ISO -c TimeZone=UTC -c IntervalStyle=iso_8601 -c statement_timeout=\(timeout) -c extra_float_digits=1"
    }
}

extension Duration {
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}
