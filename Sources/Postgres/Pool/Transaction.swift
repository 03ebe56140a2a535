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
        let results = await Database.run(first ? [Query(Self.begin)] + queries : queries, on: connection, isInTransaction: true, log: log)
        var values: [QueryResult] = []
        for result in results { values.append(try result.get()) }
        if first { values.removeFirst() }
        return values
    }

    /// - Throws: `outcomeUnknown` where the session ended before it said whether it has committed.
    func commit() async throws(PostgresError) {
        guard hasBegun else { return }
        do throws(PostgresError) {
            // A transaction in which a statement has failed is rolled back by COMMIT, which is no error for the server.
            guard try await run([Query(Self.commit)]).first?.commandTag == "COMMIT" else {
                throw PostgresError(.other, sqlState: "25P02", statement: "COMMIT")
            }
            hasBegun = false
        } catch {
            guard error.endedSession else { throw error }
            throw PostgresError(.outcomeUnknown, sqlState: error.sqlState, statement: error.statement)
        }
    }

    func rollBack() async {
        guard hasBegun, connection.state == .ready else { return }
        _ = await Database.run([Query(Self.rollback)], on: connection, isInTransaction: true, log: log)
    }
}
