/// The database as one request uses it: its statements' times are recorded in a log.
public struct ObservedDatabase: Sendable {
    private let database: Database
    private let owner: WorkOwner
    private let log: StatementLog

    public init(_ database: Database, for owner: WorkOwner, log: StatementLog) {
        self.database = database
        self.owner = owner
        self.log = log
    }

    /// As `Database.read`.
    public func read(_ queries: [Query]) async -> [Result<QueryResult, PostgresError>] {
        await database.read(queries, for: owner, log: log)
    }

    /// As `Database.readExclusively`.
    public func readExclusively(_ queries: [Query], isHeavy: Bool = false) async -> [Result<QueryResult, PostgresError>] {
        await database.readExclusively(queries, for: owner, isHeavy: isHeavy, log: log)
    }

    /// As `Database.transaction`.
    public func transaction<Value>(attempts: Int = 4, _ body: (Transaction) async throws -> Value) async throws -> Value {
        try await database.transaction(for: owner, log: log, attempts: attempts, body)
    }
}
