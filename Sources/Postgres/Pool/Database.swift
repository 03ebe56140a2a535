internal import CLibPQ
internal import Dispatch
public import EventLoop
public import Telemetry

/// A PostgreSQL server as the requests see it. Each loop has connections of its own, so a request's statements never leave its
/// thread.
public final class Database: Sendable {
    private let loops: [EventLoop]
    /// One for each loop; touched on its thread only.
    private nonisolated(unsafe) let connections: [LoopConnections]

    /// - Parameter onPooler: Called once, when prepared statements turn out not to be kept; they are not used from then on.
    public init(_ configuration: DatabaseConfiguration, loops: [EventLoop], onPooler: @escaping @Sendable () -> Void = {}) async {
        self.loops = loops
        let naming = StatementNaming(configuration.usesNamedStatements, onLoss: onPooler)
        let limit = max(1, configuration.poolSize / max(1, loops.count))
        var connections: [LoopConnections] = []
        for loop in loops {
            let box = await withUnsafeContinuation { (continuation: UnsafeContinuation<Unchecked<LoopConnections>, Never>) in
                loop.execute {
                    let connections = LoopConnections(configuration, naming: naming, loop: loop, exclusiveLimit: limit)
                    continuation.resume(returning: Unchecked(connections))
                }
            }
            connections.append(box.value)
        }
        self.connections = connections
    }

    /// Short keyed reads, in one round trip on a connection that other requests use at the same time. One result for each
    /// query, in order.
    public func read(_ queries: [Query], log: StatementLog? = nil) async -> [Result<QueryResult, PostgresError>] {
        await onLoop { connections in
            await withUnsafeContinuation { continuation in
                connections.submit(Batch(queries, log: log) { continuation.resume(returning: $0) })
            }
        }
    }

    /// Reads that may take long, in one round trip on a connection of their own. They are cancelled with the task.
    public func readExclusively(_ queries: [Query], log: StatementLog? = nil) async -> [Result<QueryResult, PostgresError>] {
        await onLoop { connections in
            switch await Self.acquire(connections) {
            case .failure(let error):
                return queries.map { _ in .failure(error) }
            case .success(let connection):
                let results = await Self.run(queries, on: connection.value, log: log)
                connections.release(connection.value)
                return results
            }
        }
    }

    /// Runs `body` in a transaction and commits it, or rolls it back when `body` throws. After a deadlock or a serialization
    /// failure, or where a pooler has not kept a statement, the whole is done again, three times at most.
    /// - Throws: `PostgresError`, or what `body` throws.
    public func transaction<Value>(
        log: StatementLog? = nil, _ body: (Transaction) async throws -> Value
    ) async throws -> Value {
        var attempt = 0
        while true {
            do {
                return try await transactionOnce(log, body)
            } catch let error as PostgresError
                where attempt < 3 && [.deadlock, .serializationFailure, .statementNotKept].contains(error.condition)
            {
                attempt += 1
                try? await Task.sleep(for: .milliseconds(Int.random(in: 1...10 * attempt)))
            }
        }
    }

    private func transactionOnce<Value>(_ log: StatementLog?, _ body: (Transaction) async throws -> Value) async throws -> Value {
        let connections = try currentConnections()
        let connection: Connection
        switch await Self.acquire(connections) {
        case .failure(let error): throw error
        case .success(let acquired): connection = acquired.value
        }
        defer { connections.release(connection) }
        let transaction = Transaction(connection, log: log)
        do {
            let value = try await body(transaction)
            try await transaction.commit()
            return value
        } catch {
            await transaction.rollBack()
            throw error
        }
    }

    /// What its connections do at this moment.
    public struct Statistics: Sendable {
        /// For short reads, used by many requests at a time.
        public var shared = 0
        /// For transactions and slow reads, at work.
        public var busy = 0
        /// The same, waiting for work.
        public var idle = 0
        /// Requests that wait for a connection.
        public var waiting = 0
        /// Seconds of statements by `Statement.name`.
        public var statements: [String: Histogram] = [:]
        /// Seconds that requests waited for a connection of their own.
        public var acquisitions = Histogram(Histogram.databaseSeconds)
        /// Requests that did not get one.
        public var timeouts = 0
        /// Connections that were opened in place of lost ones.
        public var reconnects = 0

        public init() {}
    }

    public func statistics() async -> Statistics {
        var total = Statistics()
        for (loop, connections) in zip(loops, connections) {
            let box = Unchecked(connections)
            let part = await withUnsafeContinuation { (continuation: UnsafeContinuation<Statistics, Never>) in
                loop.execute { continuation.resume(returning: box.value.statistics) }
            }
            total.shared += part.shared
            total.busy += part.busy
            total.idle += part.idle
            total.waiting += part.waiting
            total.statements.merge(part.statements) { old, new in
                var sum = old
                sum.merge(new)
                return sum
            }
            total.acquisitions.merge(part.acquisitions)
            total.timeouts += part.timeouts
            total.reconnects += part.reconnects
        }
        return total
    }

    /// The loop that the caller runs on, if it is one of the database's.
    public var currentLoop: EventLoop? { loops.first(where: \.isCurrent) }

    /// Closes all connections. Requests that come later fail.
    public func close() async {
        for (loop, connections) in zip(loops, connections) {
            let box = Unchecked(connections)
            await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
                loop.execute {
                    box.value.closeAll()
                    continuation.resume()
                }
            }
        }
    }

    private func currentConnections() throws(PostgresError) -> LoopConnections {
        guard let index = loops.firstIndex(where: \.isCurrent) else { throw PostgresError(.other) }
        return connections[index]
    }

    private func onLoop(
        _ body: (LoopConnections) async -> [Result<QueryResult, PostgresError>]
    ) async -> [Result<QueryResult, PostgresError>] {
        guard let connections = try? currentConnections() else { return [.failure(PostgresError(.other))] }
        return await body(connections)
    }

    private static func acquire(_ connections: LoopConnections) async -> Result<Unchecked<Connection>, PostgresError> {
        await withUnsafeContinuation { continuation in
            connections.acquire { result in continuation.resume(returning: result.map(Unchecked.init)) }
        }
    }

    /// One round trip on a connection of the caller's own.
    static func run(
        _ queries: [Query], on connection: Connection, isInTransaction: Bool = false, log: StatementLog? = nil
    ) async -> [Result<QueryResult, PostgresError>] {
        let cancellation = Cancellation(connection)
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                connection.submit(
                    Batch(queries, isInTransaction: isInTransaction, log: log) { results in
                        cancellation.finish()
                        continuation.resume(returning: results)
                    })
                connection.endTurn()
            }
        } onCancel: {
            cancellation.cancel()
        }
    }
}

/// Hands something that belongs to a loop to code that the compiler cannot see to run there.
struct Unchecked<Value>: @unchecked Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }
}

/// Asks the server to cancel what runs on a connection. libpq 15 waits for that request, so it is made on another thread.
private final class Cancellation: Sendable {
    private let handle: Lock<OpaquePointer?>

    init(_ connection: Connection) { handle = Lock(Unchecked(connection.cancelHandle()).value) }

    func cancel() {
        guard let taken = take() else { return }
        let box = Unchecked(taken)
        DispatchQueue.global().async {
            PQcancel(box.value, nil, 0)
            PQfreeCancel(box.value)
        }
    }

    func finish() { take().map { PQfreeCancel($0) } }

    deinit { finish() }

    private func take() -> OpaquePointer? {
        handle.withLock { handle in
            defer { handle = nil }
            return handle
        }
    }
}
