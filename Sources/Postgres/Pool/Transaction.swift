/// A transaction under way, on a connection of its own.
public final class Transaction {
    private let connection: Connection
    private let log: StatementLog?
    private var hasBegun = false

    private static let begin = Statement("BEGIN", "BEGIN")
    private static let commit = Statement("COMMIT", "COMMIT")
    private static let rollback = Statement("ROLLBACK", "ROLLBACK")

    init(_ connection: Connection, log: StatementLog? = nil) {
        self.connection = connection
        self.log = log
    }

    /// Runs a statement and waits for it.
    @discardableResult
    public func run(_ query: Query) async throws(PostgresError) -> QueryResult {
        guard let result = try await run([query]).first else { throw PostgresError(.other) }
        return result
    }

    /// Runs several statements in one round trip. The first failure is thrown; the server then skips what follows it.
    @discardableResult
    public func run(_ queries: [Query]) async throws(PostgresError) -> [QueryResult] {
        let first = !hasBegun
        hasBegun = true
        let results = await Database.run(first ? [Query(Self.begin)] + queries : queries, on: connection, log: log)
        var values: [QueryResult] = []
        for result in results { values.append(try result.get()) }
        if first { values.removeFirst() }
        return values
    }

    /// Runs the last statements and commits, in one round trip. The first failure is thrown, and nothing is committed then.
    @discardableResult
    public func finish(_ queries: [Query]) async throws(PostgresError) -> [QueryResult] {
        var results = try await run(queries + [Query(Self.commit)])
        hasBegun = false
        results.removeLast()
        return results
    }

    func commit() async throws(PostgresError) {
        guard hasBegun else { return }
        guard let result = await Database.run([Query(Self.commit)], on: connection, log: log).first else { throw PostgresError(.other) }
        _ = try result.get()
        hasBegun = false
    }

    func rollBack() async {
        guard hasBegun, connection.state == .ready else { return }
        _ = await Database.run([Query(Self.rollback)], on: connection, log: log)
    }
}
