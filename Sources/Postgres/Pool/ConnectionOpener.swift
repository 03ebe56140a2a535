internal import EventLoop

/// Opens the connections of one loop. Belongs to the loop's thread.
final class ConnectionOpener {
    let configuration: DatabaseConfiguration
    let loop: EventLoop
    let observations = LoopObservations()
    private let naming: StatementNaming
    /// Connections that are open. Where there are some, a server that refuses one more has no room, but is there.
    private(set) var openConnections = 0
    /// After a failure nobody tries again before this moment.
    private var retryAt: UInt64 = 0
    private var failures = 0
    private(set) var isClosed = false

    init(_ configuration: DatabaseConfiguration, naming: StatementNaming, loop: EventLoop) {
        self.configuration = configuration
        self.naming = naming
        self.loop = loop
    }

    var mayTry: Bool { !isClosed && EventLoop.now >= retryAt }

    /// From now until another attempt may be made.
    var retryDelay: Duration { .nanoseconds(Int64(clamping: retryAt &- min(retryAt, EventLoop.now)) + 1_000_000) }

    /// - Parameters:
    ///   - onClose: Called once, when the connection is closed.
    ///   - completion: Called once: at once with nil where the last failure is recent.
    func open(
        statementTimeout: Duration, onClose: @escaping (Connection) -> Void, _ completion: @escaping (Connection?) -> Void
    ) {
        guard mayTry else { return completion(nil) }
        // Held until the attempt has ended, so that whoever waits is told.
        ConnectionAttempt.begin(configuration, statementTimeout: statementTimeout, loop: loop) { [self] connected in
            var connection = connected.flatMap { connected in
                Connection(connected, configuration, naming: naming, loop: loop, observations: observations) { [weak self] in
                    self?.openConnections -= 1
                    onClose($0)
                }
            }
            if connection != nil { openConnections += 1 }
            if isClosed {
                connection?.close()
                connection = nil
            }
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
    }

    /// Nothing is opened any more.
    func close() { isClosed = true }
}
