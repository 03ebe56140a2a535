public import EventLoop
public import Telemetry

/// A PostgreSQL server as requests see it. Each loop has its own connections, so a request's statements never leave its
/// thread.
public final class Database: Sendable {
    private let loops: [EventLoop]
    /// One per loop; touched only on its thread.
    private nonisolated(unsafe) let connections: [LoopConnections]

    /// - Parameter onPooler: Called once, if prepared statements turn out not to be kept; from then on none are used.
    public init(_ configuration: DatabaseConfiguration, loops: [EventLoop], onPooler: @escaping @Sendable () -> Void = {}) async {
        self.loops = loops
        let naming = StatementNaming(configuration.usesNamedStatements, onLoss: onPooler)
        let limit = configuration.exclusiveConnections(loops: loops.count)
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

    /// Short keyed reads, in one round trip on a connection shared with other requests. One result per query, in order.
    ///
    /// A read that would delay the others is repeated on a connection of its own. If the task is cancelled, its results
    /// are `timeout` at once; the server's late answer is dropped.
    public func read(_ queries: [Query], for owner: WorkOwner, log: StatementLog? = nil) async -> [Result<QueryResult, PostgresError>] {
        guard let connections = currentConnections else { return queries.map { _ in .failure(PostgresError(.other)) } }
        if connections.isSlow(queries, of: owner) { return await readExclusively(queries, for: owner, isHeavy: true, log: log) }
        let results = await Self.run(Batch(queries, of: owner, log: log), on: connections)
        guard results.contains(where: \.isTooSlowToShare), !Task.isCancelled else { return results }
        let start = EventLoop.now
        let repeated = await readExclusively(queries, for: owner, isHeavy: true, log: log)
        if EventLoop.now - start > Self.slowTime || repeated.contains(where: \.isTooSlowToShare) {
            connections.noteSlow(queries, of: owner)
        }
        return repeated
    }

    /// What takes longer than this many nanoseconds is kept off shared connections for a while.
    private static let slowTime: UInt64 = 1_000_000_000

    /// Reads that may take long, in one round trip on a connection of their own. They are cancelled with the task.
    /// - Parameter isHeavy: Whether they are expected to take very long: then they leave connections for others.
    public func readExclusively(
        _ queries: [Query], for owner: WorkOwner, isHeavy: Bool = false, log: StatementLog? = nil
    ) async -> [Result<QueryResult, PostgresError>] {
        guard let connections = currentConnections else { return queries.map { _ in .failure(PostgresError(.other)) } }
        switch await Self.acquire(connections, owner, isHeavy: isHeavy) {
        case .failure(let error):
            return queries.map { _ in .failure(error) }
        case .success(let lease):
            let results = await Self.run(Batch(queries, of: owner, log: log), lease.value.connection, on: connections.loop)
            connections.lane(of: owner).exclusive.release(lease.value)
            return results
        }
    }

    /// Runs `body` in a transaction and commits it, or rolls it back when `body` throws. After a deadlock or a
    /// serialization failure, or if a pooler lost a statement, the whole is repeated.
    ///
    /// If the task is cancelled, what it waits for ends at once, and the transaction is rolled back unless it is being
    /// committed.
    /// - Parameter attempts: How often it runs at most.
    /// - Throws: `PostgresError`, or what `body` throws.
    public func transaction<Value>(
        for owner: WorkOwner, log: StatementLog? = nil, attempts: Int = 4, _ body: (Transaction) async throws -> Value
    ) async throws -> Value {
        var attempt = 1
        while true {
            do {
                return try await transactionOnce(owner, log, body)
            } catch let error as PostgresError
                where attempt < attempts && [.deadlock, .serializationFailure, .statementNotKept].contains(error.condition)
            {
                try? await Task.sleep(for: .milliseconds(Int.random(in: 1...10 * attempt)))
                attempt += 1
            }
        }
    }

    private func transactionOnce<Value>(
        _ owner: WorkOwner, _ log: StatementLog?, _ body: (Transaction) async throws -> Value
    ) async throws -> Value {
        guard let connections = currentConnections else { throw PostgresError(.other) }
        let lease = try await Self.acquire(connections, owner, isHeavy: false).get().value
        defer { connections.lane(of: owner).exclusive.release(lease) }
        let transaction = Transaction(lease.connection, of: owner, on: connections.loop, log: log)
        do {
            let value = try await body(transaction)
            try await transaction.commit()
            return value
        } catch {
            await transaction.rollBack()
            throw error
        }
    }

    /// What the connections are doing at this moment.
    public struct Statistics: Sendable {
        /// Connections for the platform's own work.
        public var platform = 0
        /// Connections for short reads, each shared by many requests.
        public var shared = 0
        /// Connections for short reads, the platform's included, that are stalled and get no more.
        public var aside = 0
        /// How often one stalled.
        public var setAside = 0
        /// Connections for transactions and slow reads that are at work.
        public var busy = 0
        /// Of these, those at work for heavy reads.
        public var heavy = 0
        /// Idle connections for transactions and slow reads.
        public var idle = 0
        /// Requests waiting for a connection of their own.
        public var waiting = 0
        /// Short reads waiting for their turn on a shared connection.
        public var sharedWaiting = 0
        /// Seconds of statements by `StatementText.name`.
        public var statements: [String: Histogram] = [:]
        /// Seconds that requests waited for a connection of their own.
        public var acquisitions = Histogram(Histogram.databaseSeconds)
        /// Requests that got none.
        public var timeouts = 0
        /// Connections opened to replace lost ones.
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
            total.platform += part.platform
            total.shared += part.shared
            total.aside += part.aside
            total.setAside += part.setAside
            total.busy += part.busy
            total.heavy += part.heavy
            total.idle += part.idle
            total.waiting += part.waiting
            total.sharedWaiting += part.sharedWaiting
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

    /// The loop the caller runs on, if it is one of the database's.
    public var currentLoop: EventLoop? { loops.first(where: \.isCurrent) }

    /// Closes all connections. Later requests fail.
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

    private var currentConnections: LoopConnections? {
        loops.firstIndex(where: \.isCurrent).map { connections[$0] }
    }

    private static func acquire(
        _ connections: LoopConnections, _ owner: WorkOwner, isHeavy: Bool
    ) async -> Result<Unchecked<ExclusiveConnections.Lease>, PostgresError> {
        let exclusive = connections.lane(of: owner).exclusive
        let loop = connections.loop
        let waiter = ExclusiveConnections.Waiter(owner, isHeavy: isHeavy)
        let withdrawal = Unchecked { exclusive.withdraw(waiter) }
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                exclusive.acquire(waiter) { continuation.resume(returning: $0.map(Unchecked.init)) }
            }
        } onCancel: {
            loop.execute { withdrawal.value() }
        }
    }

    /// One round trip on a shared connection. If the task is cancelled, the caller goes on at once.
    private static func run(
        _ batch: Batch, on connections: LoopConnections
    ) async -> [Result<QueryResult, PostgresError>] {
        let loop = connections.loop
        let withdrawal = Unchecked {
            batch.complete(otherwise: PostgresError(.timeout))
            connections.withdraw(batch)
        }
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                batch.onEnd { continuation.resume(returning: $0) }
                connections.submit(batch)
            }
        } onCancel: {
            loop.execute { withdrawal.value() }
        }
    }

    /// One round trip on the caller's own connection. If the task is cancelled, the caller goes on at once; the
    /// connection stays busy until the server has answered.
    /// - Parameter isCancelled: Whether the server is then asked to cancel it.
    static func run(
        _ batch: Batch, _ connection: Connection, on loop: EventLoop, isCancelled: Bool = true
    ) async -> [Result<QueryResult, PostgresError>] {
        let withdrawal = Unchecked {
            guard !batch.isEnded else { return }
            batch.complete(otherwise: PostgresError(.timeout))
            if isCancelled { connection.cancel(batch) }
        }
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                batch.onEnd { continuation.resume(returning: $0) }
                connection.submit(batch)
                connection.endTurn()
            }
        } onCancel: {
            loop.execute { withdrawal.value() }
        }
    }
}

extension Result<QueryResult, PostgresError> {
    /// Whether the statement took so long that it delays others on its connection.
    fileprivate var isTooSlowToShare: Bool {
        guard case .failure(let error) = self else { return false }
        return error.condition == .delayed || error.condition == .timeout
    }
}

/// Passes something that belongs to a loop to code that runs there, which the compiler cannot see.
struct Unchecked<Value>: @unchecked Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }
}
