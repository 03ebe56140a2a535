public import Memory

/// How to reach a PostgreSQL server, and how much to ask of it.
public struct DatabaseConfiguration: Sendable {
    /// A libpq connection string: a URI or keywords and values.
    public var connectionString: String
    /// Connections of each loop that carry short reads of many requests at once.
    public var sharedConnections: Int
    /// Connections of each loop that are opened beside them while some of them stand still.
    public var spareConnections = 2
    /// Batches of statements that may be under way on each of them. More wait, and the tenants take turns.
    public var sharedWindow = 32
    /// How long the first batch on one of them may take before others go to another connection.
    public var headPatience = Duration.milliseconds(100)
    /// What takes longer there is done once more, on a connection of its own.
    public var sharedStatementTimeout = Duration.seconds(2)
    /// How much of the pool and of the places to wait one tenant may have, in percent.
    public var tenantShare = 75
    /// Connections in all for transactions and slow reads, one request at a time on each.
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
    /// Bytes of the texts of these.
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

    /// Connections of each loop for the platform's transactions and slow reads: a job may have one, and readiness the other.
    static let platformPoolSize = 2

    /// How many sessions a server with so many loops has at most.
    public func sessions(loops: Int) -> Int {
        loops * (sharedConnections + spareConnections + 2 + Self.platformPoolSize) + max(poolSize, loops)
    }

    /// How many of something one tenant may have.
    func share(of number: Int) -> Int { max(1, number * tenantShare / 100) }

    /// The settings that every session starts with: results come as our codec reads them.
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
