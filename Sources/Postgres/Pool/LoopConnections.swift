internal import EventLoop

/// The connections of one loop. Belongs to the loop's thread.
final class LoopConnections {
    private let configuration: DatabaseConfiguration
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

    private final class Waiter {
        var completion: ((Result<Connection, PostgresError>) -> Void)?
        var timer: Timer?

        func complete(_ result: Result<Connection, PostgresError>) {
            timer?.cancel()
            let completion = completion
            self.completion = nil
            completion?(result)
        }
    }

    init(_ configuration: DatabaseConfiguration, loop: EventLoop, exclusiveLimit: Int) {
        self.configuration = configuration
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
            let waiting = self.waitingBatches
            self.waitingBatches = []
            guard let connection else {
                for batch in waiting { batch.complete(otherwise: PostgresError(.unavailable)) }
                return
            }
            self.shared.append(connection)
            for batch in waiting { connection.submit(batch) }
        }
    }

    // MARK: Exclusive

    /// Gives a connection that nobody else uses, at once or when one is free.
    func acquire(_ completion: @escaping (Result<Connection, PostgresError>) -> Void) {
        while let connection = idle.popLast() {
            if connection.state == .ready {
                observations.acquiredAtOnce()
                lent.append(connection)
                return completion(.success(connection))
            }
        }
        let start = EventLoop.now
        if exclusiveCount < exclusiveLimit {
            exclusiveCount += 1
            return open { [weak self] connection in
                guard let connection else {
                    self?.exclusiveCount -= 1
                    self?.serveWaiters()
                    return completion(.failure(PostgresError(.unavailable)))
                }
                self?.observations.acquired(since: start)
                self?.lent.append(connection)
                completion(.success(connection))
            }
        }
        guard waiters.count < configuration.queueLimit else {
            observations.acquisitionFailed()
            return completion(.failure(PostgresError(.poolExhausted)))
        }
        let waiter = Waiter()
        waiter.completion = { [observations] result in
            if case .success = result { observations.acquired(since: start) }
            completion(result)
        }
        waiter.timer = loop.schedule(after: configuration.queueTimeout) { [weak self, weak waiter] in
            // Held here, for the queue's reference is the last one.
            guard let self, let waiter else { return }
            self.waiters.removeAll { $0 === waiter }
            self.observations.acquisitionFailed()
            waiter.complete(.failure(PostgresError(.poolExhausted)))
        }
        waiters.append(waiter)
    }

    /// Takes a connection back. One that is closed, or in a transaction that nobody ended, is thrown away.
    func release(_ connection: Connection) {
        lent.removeAll { $0 === connection }
        guard connection.state == .ready, connection.load == 0, !connection.isInTransaction else {
            exclusiveCount -= 1
            connection.close()
            return serveWaiters()
        }
        if let waiter = waiters.popFirst() {
            lent.append(connection)
            return waiter.complete(.success(connection))
        }
        idle.append(connection)
    }

    private func serveWaiters() {
        guard let waiter = waiters.popFirst() else { return }
        guard let completion = waiter.completion else { return }
        waiter.completion = nil
        waiter.timer?.cancel()
        acquire(completion)
    }

    // MARK: Opening

    private func open(_ completion: @escaping (Connection?) -> Void) {
        guard EventLoop.now >= retryAt else { return completion(nil) }
        // Held until the attempt has ended, so that whoever waits is told.
        ConnectionAttempt.begin(configuration, loop: loop) { [self] handle in
            let connection = handle.flatMap { handle in
                Connection(handle, configuration, loop: loop, observations: observations) { [weak self] in self?.forget($0) }
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

    /// Also those in use: what their users have begun is rolled back, and leaves no locks behind.
    func closeAll() {
        for connection in shared + idle + lent { connection.close() }
        shared = []
        idle = []
    }
}
