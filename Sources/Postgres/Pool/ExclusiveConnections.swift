internal import EventLoop

/// Connections of one loop that one request at a time has to itself: for changes, and for reads that may take long.
/// Belongs to the loop's thread.
///
/// One owner may have them all. In addition, there is a reserve for owners that have none; some are closed to heavy
/// reads. If none is left, requests wait, and the owners take turns.
final class ExclusiveConnections {
    private let opener: ConnectionOpener
    private let limit: Int
    /// Connections in addition to `limit`, for owners that have none.
    private let reserve: Int
    private let heavyLimit: Int

    private var idle: [Connection] = []
    private var leases: [Lease] = []
    /// Connections lent, or being opened for a waiter.
    private var used = Usage()
    private var light = FairQueue<Waiter>()
    private var heavy = FairQueue<Waiter>()
    private var servesHeavyNext = false
    private var retry: Timer?

    /// How long a connection may take to answer once its user has gone.
    private static let settlingTime = Duration.seconds(5)

    /// A connection lent to one request.
    final class Lease {
        let connection: Connection
        fileprivate let owner: WorkOwner
        fileprivate let isHeavy: Bool
        fileprivate var settling: Timer?

        fileprivate init(_ connection: Connection, _ waiter: Waiter) {
            self.connection = connection
            owner = waiter.owner
            isHeavy = waiter.isHeavy
        }
    }

    /// A request for a connection, from asking to having it.
    final class Waiter {
        let owner: WorkOwner
        let isHeavy: Bool
        fileprivate let start = EventLoop.now
        /// Set once it has to wait for others.
        fileprivate var timer: Timer?
        fileprivate var completion: ((Result<Lease, PostgresError>) -> Void)?

        init(_ owner: WorkOwner, isHeavy: Bool) {
            self.owner = owner
            self.isHeavy = isHeavy
        }

        fileprivate var isServed: Bool { completion == nil }

        fileprivate func complete(_ result: Result<Lease, PostgresError>) {
            timer?.cancel()
            let completion = completion
            self.completion = nil
            completion?(result)
        }
    }

    /// How many connections are in use, and by which owners.
    private struct Usage {
        var all = 0
        var heavy = 0
        var byOwner: [WorkOwner: Int] = [:]
        var heavyByOwner: [WorkOwner: Int] = [:]

        mutating func add(_ change: Int, _ owner: WorkOwner, isHeavy: Bool) {
            all += change
            byOwner.add(change, at: owner)
            guard isHeavy else { return }
            heavy += change
            heavyByOwner.add(change, at: owner)
        }
    }

    /// - Parameter reserve: Connections in addition to `limit`, for owners that have none.
    init(_ opener: ConnectionOpener, limit: Int, reserve: Int, heavyLimit: Int) {
        self.opener = opener
        self.limit = limit
        self.reserve = reserve
        self.heavyLimit = heavyLimit
    }

    var busyCount: Int { used.all }
    var heavyCount: Int { used.heavy }
    var idleCount: Int { idle.count }
    var waitingCount: Int { light.count + heavy.count }

    // MARK: Getting

    /// Serves the waiter, now or when its turn comes.
    func acquire(_ waiter: Waiter, _ completion: @escaping (Result<Lease, PostgresError>) -> Void) {
        waiter.completion = completion
        guard !opener.isClosed else { return fail(waiter, .unavailable) }
        if mayTake(waiter.owner, isHeavy: waiter.isHeavy), canProvide { return provide(waiter) }
        wait(waiter)
    }

    /// Withdraws a waiter that has given up.
    func withdraw(_ waiter: Waiter) {
        light.removeAll(of: waiter.owner) { $0 === waiter }
        heavy.removeAll(of: waiter.owner) { $0 === waiter }
        waiter.complete(.failure(PostgresError(.timeout)))
    }

    private func mayTake(_ owner: WorkOwner, isHeavy: Bool) -> Bool {
        let mayUseReserve = !isHeavy && used.byOwner[owner] == nil
        guard used.all < (mayUseReserve ? limit + reserve : limit) else { return false }
        guard isHeavy else { return true }
        // The last place for heavy reads is for an owner that has none.
        return used.heavy < (used.heavyByOwner[owner] == nil ? heavyLimit : max(1, heavyLimit - 1))
    }

    private var canProvide: Bool { !idle.isEmpty || opener.mayTry }

    private func provide(_ waiter: Waiter) {
        used.add(1, waiter.owner, isHeavy: waiter.isHeavy)
        if let connection = idle.popLast() { return lend(connection, to: waiter) }
        opener.open(statementTimeout: opener.configuration.statementTimeout) { [weak self] connection in
            self?.forget(connection)
        } _: { [self] connection in
            if let connection = connection ?? idle.popLast() {
                connection.onProgress = { [weak self] connection, _ in self?.hasAnswered(connection) }
                return lend(connection, to: waiter)
            }
            used.add(-1, waiter.owner, isHeavy: waiter.isHeavy)
            wait(waiter)
            // The waiter may be gone, and its place free for another.
            serveWaiting()
        }
    }

    private func wait(_ waiter: Waiter) {
        // It may have given up while a connection was being opened.
        guard !waiter.isServed else { return }
        // A server without room refuses more sessions, but the existing ones work.
        guard canProvide || used.all > 0 || opener.openConnections > 0, !opener.isClosed else {
            fail(waiter, .unavailable)
            return failWaiting()
        }
        let limit = opener.configuration.queueLimit
        let count = light.count(of: waiter.owner) + heavy.count(of: waiter.owner)
        guard waitingCount < limit, count < opener.configuration.share(of: limit) else { return fail(waiter, .poolExhausted) }
        if waiter.isHeavy { heavy.append(waiter, of: waiter.owner) } else { light.append(waiter, of: waiter.owner) }
        if waiter.timer == nil {
            waiter.timer = opener.loop.schedule(after: opener.configuration.queueTimeout) { [weak self, waiter] in
                guard let self else { return }
                self.light.removeAll(of: waiter.owner) { $0 === waiter }
                self.heavy.removeAll(of: waiter.owner) { $0 === waiter }
                self.fail(waiter, .poolExhausted)
            }
        }
        serveWaiting()
    }

    /// Changes and heavy reads take turns, and so do their owners.
    private func serveWaiting() {
        while waitingCount > 0 {
            // Asked once for both ways: what it says changes with the time, and a waiter that took neither would be forgotten.
            guard canProvide else { return retryLater() }
            guard let waiter = nextWaiter() else { return }
            provide(waiter)
        }
    }

    private func nextWaiter() -> Waiter? {
        for isHeavy in [servesHeavyNext, !servesHeavyNext] {
            let mayTake: (WorkOwner) -> Bool = { self.mayTake($0, isHeavy: isHeavy) }
            guard let waiter = isHeavy ? heavy.popFirst(where: mayTake) : light.popFirst(where: mayTake) else { continue }
            servesHeavyNext = !isHeavy
            return waiter
        }
        return nil
    }

    /// While sessions are refused, a connection may be available before any is returned.
    private func retryLater() {
        guard retry == nil, !opener.isClosed else { return }
        retry = opener.loop.schedule(after: opener.retryDelay) { [weak self] in
            self?.retry = nil
            self?.serveWaiting()
        }
    }

    private func lend(_ connection: Connection, to waiter: Waiter) {
        let lease = Lease(connection, waiter)
        leases.append(lease)
        guard !waiter.isServed else { return release(lease) }
        opener.observations.acquired(since: waiter.start)
        waiter.complete(.success(lease))
    }

    private func fail(_ waiter: Waiter, _ condition: PostgresError.Condition) {
        if condition == .poolExhausted, !waiter.isServed { opener.observations.acquisitionFailed() }
        waiter.complete(.failure(PostgresError(condition)))
    }

    private func failWaiting() {
        for waiter in light.popAll() + heavy.popAll() { fail(waiter, .unavailable) }
    }

    // MARK: Giving back

    /// Takes a connection back, once it has answered if its user did not wait. One that is closed, does not answer, or
    /// is still in a transaction is discarded.
    func release(_ lease: Lease) {
        guard lease.connection.isBusy else { return end(lease) }
        lease.settling = opener.loop.schedule(after: Self.settlingTime) {
            lease.connection.close()
        }
    }

    private func hasAnswered(_ connection: Connection) {
        guard !connection.isBusy, let lease = leases.first(where: { $0.connection === connection }) else { return }
        if lease.settling != nil { end(lease) }
    }

    private func end(_ lease: Lease) {
        guard let place = leases.firstIndex(where: { $0 === lease }) else { return }
        leases.remove(at: place)
        lease.settling?.cancel()
        used.add(-1, lease.owner, isHeavy: lease.isHeavy)
        let connection = lease.connection
        if connection.state == .ready, !connection.isInTransaction { idle.append(connection) } else { connection.close() }
        serveWaiting()
    }

    private func forget(_ connection: Connection) {
        opener.observations.connectionLost()
        idle.removeAll { $0 === connection }
        hasAnswered(connection)
    }

    /// Closes those in use too: what their users have begun is rolled back and leaves no locks. Waiters and later
    /// callers get none.
    func closeAll() {
        for connection in idle + leases.map(\.connection) { connection.close() }
        failWaiting()
    }
}

extension [WorkOwner: Int] {
    /// Removes zero entries.
    fileprivate mutating func add(_ change: Int, at owner: WorkOwner) {
        let sum = (self[owner] ?? 0) + change
        self[owner] = sum == 0 ? nil : sum
    }
}
