internal import EventLoop

/// A transaction in progress, on a connection of its own.
public final class Transaction {
    private let connection: Connection
    private let owner: WorkOwner
    private let loop: EventLoop
    private let log: StatementLog?
    private var hasBegun = false

    private static let begin = StatementText("BEGIN", "BEGIN")
    private static let commit = StatementText("COMMIT", "COMMIT")
    private static let rollback = StatementText("ROLLBACK", "ROLLBACK")

    init(_ connection: Connection, of owner: WorkOwner, on loop: EventLoop, log: StatementLog? = nil) {
        self.connection = connection
        self.owner = owner
        self.loop = loop
        self.log = log
    }

    /// Runs a statement and waits for its result.
    @discardableResult
    public func run(_ query: Query) async throws(PostgresError) -> QueryResult {
        guard let result = try await run([query]).first else { throw PostgresError(.other) }
        return result
    }

    /// Runs several statements in one round trip. The first failure is thrown; the server then skips what follows it.
    @discardableResult
    public func run(_ queries: [Query]) async throws(PostgresError) -> [QueryResult] {
        if Task.isCancelled { throw PostgresError(.timeout) }
        let first = !hasBegun
        hasBegun = true
        var values = try await roundTrip(first ? [Query(Self.begin)] + queries : queries)
        if first { values.removeFirst() }
        return values
    }

    /// - Throws: `outcomeUnknown` if the session ended before it confirmed the commit, `timeoutInCommit` if the task
    ///   was cancelled before that.
    func commit() async throws(PostgresError) {
        guard hasBegun else { return }
        if Task.isCancelled { throw PostgresError(.timeout) }
        do throws(PostgresError) {
            // COMMIT rolls back a transaction in which a statement has failed, which is no error for the server. A
            // commit is not cancelled.
            guard try await roundTrip([Query(Self.commit)], isCancelled: false).first?.commandTag == "COMMIT" else {
                throw PostgresError(.other, sqlState: "25P02", statement: "COMMIT")
            }
            hasBegun = false
        } catch {
            // No SQLSTATE: the server has not answered.
            let isAbandoned = error.condition == .timeout && error.sqlState.isEmpty
            guard error.endedSession || isAbandoned else { throw error }
            throw PostgresError(isAbandoned ? .timeoutInCommit : .outcomeUnknown, sqlState: error.sqlState, statement: error.statement)
        }
    }

    /// Waits for it unless the task is cancelled.
    func rollBack() async {
        guard hasBegun, connection.state == .ready else { return }
        _ = try? await roundTrip([Query(Self.rollback)], isCancelled: false)
    }

    private func roundTrip(_ queries: [Query], isCancelled: Bool = true) async throws(PostgresError) -> [QueryResult] {
        let batch = Batch(queries, of: owner, isInTransaction: true, log: log)
        var values: [QueryResult] = []
        for result in await Database.run(batch, connection, on: loop, isCancelled: isCancelled) { values.append(try result.get()) }
        return values
    }
}
