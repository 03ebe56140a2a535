internal import EventLoop

/// The connections of one loop. Belongs to the loop's thread.
final class LoopConnections {
    private let configuration: DatabaseConfiguration
    private let naming: StatementNaming
    private let loop: EventLoop
    private let exclusiveLimit: Int

    private let observations = LoopObservations()
    private var shared: [Connection] = []
    private var sharedConnecting = 0
    /// Batches that wait for a shared connection.
    private var waitingBatches: [Batch] = []

    private var idle: [Connection] = []
    /// Those that somebody uses alone.
    private var lent: [Connection] = []
    private var exclusiveCount = 0
    private var waiters = Queue<Waiter>()

    /// After a failure to connect nobody tries again before this moment.
    private var retryAt: UInt64 = 0
    private var failures = 0
    private var isClosed = false

    /// Somebody who wants a connection, from asking for it to having it.
    private final class Waiter {
        let start = EventLoop.now
        private var completion: ((Result<Connection, PostgresError>) -> Void)?
        /// Set as soon as it has to wait for others.
        var timer: Timer?

        init(_ completion: @escaping (Result<Connection, PostgresError>) -> Void) { self.completion = completion }

        var isServed: Bool { completion == nil }

        func complete(_ result: Result<Connection, PostgresError>) {
            timer?.cancel()
            let completion = completion
            self.completion = nil
            completion?(result)
        }
    }

    init(_ configuration: DatabaseConfiguration, naming: StatementNaming, loop: EventLoop, exclusiveLimit: Int) {
        self.configuration = configuration
        self.naming = naming
        self.loop = loop
        self.exclusiveLimit = exclusiveLimit
        loop.atTurnEnd { [weak self] in
            guard let self else { return }
            for connection in self.shared { connection.endTurn() }
        }
    }

    var statistics: Database.Statistics {
        var statistics = Database.Statistics()
        statistics.shared = shared.count
        statistics.busy = exclusiveCount - idle.count
        statistics.idle = idle.count
        statistics.waiting = waiters.count
        statistics.statements = observations.statements
        statistics.acquisitions = observations.acquisitions
        statistics.timeouts = observations.timeouts
        statistics.reconnects = observations.reconnects
        return statistics
    }

    // MARK: Shared

    func submit(_ batch: Batch) {
        guard !isClosed else { return batch.complete(otherwise: PostgresError(.unavailable)) }
        if shared.count + sharedConnecting < configuration.sharedConnections { openShared() }
        guard let best = shared.min(by: { $0.load < $1.load }) else {
            guard sharedConnecting > 0 else { return batch.complete(otherwise: PostgresError(.unavailable)) }
            guard waitingBatches.count < configuration.queueLimit else {
                return batch.complete(otherwise: PostgresError(.poolExhausted))
            }
            waitingBatches.append(batch)
            return
        }
        best.submit(batch)
    }

    private func openShared() {
        sharedConnecting += 1
        open { [weak self] connection in
            guard let self else { return }
            self.sharedConnecting -= 1
            if let connection { self.shared.append(connection) }
            // Another attempt may succeed.
            guard connection != nil || self.sharedConnecting == 0 else { return }
            let waiting = self.waitingBatches
            self.waitingBatches = []
            for batch in waiting { self.shared.first?.submit(batch) ?? batch.complete(otherwise: PostgresError(.unavailable)) }
        }
    }

    // MARK: Exclusive

    /// Gives a connection that nobody else uses, at once or when one is free.
    func acquire(_ completion: @escaping (Result<Connection, PostgresError>) -> Void) {
        serve(Waiter(completion))
    }

    private func serve(_ waiter: Waiter) {
        guard !isClosed else { return fail(waiter, .unavailable) }
        if let connection = idle.popLast() { return lend(connection, to: waiter) }
        guard exclusiveCount < exclusiveLimit else { return wait(waiter) }
        exclusiveCount += 1
        open { [self] connection in
            if let connection { return lend(connection, to: waiter) }
            exclusiveCount -= 1
            if let connection = idle.popLast() { return lend(connection, to: waiter) }
            // A server may refuse more sessions than it has room for: those that there are work.
            if exclusiveCount > 0, !isClosed { return wait(waiter) }
            fail(waiter, .unavailable)
            while let other = waiters.popFirst() { fail(other, .unavailable) }
        }
    }

    private func wait(_ waiter: Waiter) {
        // It may have given up while a connection was tried.
        guard !waiter.isServed else { return }
        guard waiters.count < configuration.queueLimit else { return fail(waiter, .poolExhausted) }
        waiters.append(waiter)
        guard waiter.timer == nil else { return }
        waiter.timer = loop.schedule(after: configuration.queueTimeout) { [weak self, waiter] in
            guard let self else { return }
            self.waiters.removeAll { $0 === waiter }
            self.fail(waiter, .poolExhausted)
        }
    }

    private func lend(_ connection: Connection, to waiter: Waiter) {
        guard !waiter.isServed else { return makeFree(connection) }
        observations.acquired(since: waiter.start)
        lent.append(connection)
        waiter.complete(.success(connection))
    }

    private func fail(_ waiter: Waiter, _ condition: PostgresError.Condition) {
        if condition == .poolExhausted, !waiter.isServed { observations.acquisitionFailed() }
        waiter.complete(.failure(PostgresError(condition)))
    }

    /// Takes a connection back. One that is closed, or in a transaction that nobody ended, is thrown away.
    func release(_ connection: Connection) {
        lent.removeAll { $0 === connection }
        if connection.state == .ready, connection.load == 0, !connection.isInTransaction { return makeFree(connection) }
        exclusiveCount -= 1
        connection.close()
        if let waiter = waiters.popFirst() { serve(waiter) }
    }

    private func makeFree(_ connection: Connection) {
        if let waiter = waiters.popFirst() { return lend(connection, to: waiter) }
        idle.append(connection)
    }

    // MARK: Opening

    private func open(_ completion: @escaping (Connection?) -> Void) {
        guard EventLoop.now >= retryAt else { return completion(nil) }
        // Held until the attempt has ended, so that whoever waits is told.
        ConnectionAttempt.begin(configuration, loop: loop) { [self] connected in
            var connection = connected.flatMap { connected in
                Connection(connected, configuration, naming: naming, loop: loop, observations: observations) { [weak self] in
                    self?.forget($0)
                }
            }
            if isClosed {
                connection?.close()
                connection = nil
            }
            finishOpening(connection, completion)
        }
    }

    private func finishOpening(_ connection: Connection?, _ completion: (Connection?) -> Void) {
        if connection == nil {
            failures += 1
            // 50 ms, doubled up to a second: fast to fail meanwhile, fast to recover afterwards.
            retryAt = EventLoop.now + min(1_000_000_000, 50_000_000 << UInt64(min(failures - 1, 5)))
        } else {
            failures = 0
            observations.connectionOpened()
        }
        completion(connection)
    }

    private func forget(_ connection: Connection) {
        observations.connectionLost()
        shared.removeAll { $0 === connection }
        let before = idle.count
        idle.removeAll { $0 === connection }
        if idle.count < before { exclusiveCount -= 1 }
    }

    /// Also those in use: what their users have begun is rolled back, and leaves no locks behind. Whoever asks from now on, or waits, gets
    /// none.
    func closeAll() {
        isClosed = true
        for connection in shared + idle + lent { connection.close() }
        while let waiter = waiters.popFirst() { fail(waiter, .unavailable) }
        let waiting = waitingBatches
        waitingBatches = []
        for batch in waiting { batch.complete(otherwise: PostgresError(.unavailable)) }
    }
}
