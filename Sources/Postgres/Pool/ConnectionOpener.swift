internal import EventLoop

/// Opens the connections of one loop. Belongs to the loop's thread.
final class ConnectionOpener {
    let configuration: DatabaseConfiguration
    let loop: EventLoop
    let observations = LoopObservations()
    private let naming: StatementNaming
    /// Open connections. If there are any, a server that refuses another has no room, but is up.
    private(set) var openConnections = 0
    /// After a failure, no attempt is made before this time.
    private var retryAt: UInt64 = 0
    private var failures = 0
    private(set) var isClosed = false

    init(_ configuration: DatabaseConfiguration, naming: StatementNaming, loop: EventLoop) {
        self.configuration = configuration
        self.naming = naming
        self.loop = loop
    }

    var mayTry: Bool { !isClosed && EventLoop.now >= retryAt }

    /// The time until another attempt may be made.
    var retryDelay: Duration { .nanoseconds(Int64(clamping: retryAt &- min(retryAt, EventLoop.now)) + 1_000_000) }

    /// - Parameters:
    ///   - onClose: Called once, when the connection is closed.
    ///   - completion: Called once; immediately with nil if the last failure is recent.
    func open(
        statementTimeout: Duration, onClose: @escaping (Connection) -> Void, _ completion: @escaping (Connection?) -> Void
    ) {
        guard mayTry else { return completion(nil) }
        // Retains self until the attempt has ended, so that the caller is answered.
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
                // 50 ms, doubled up to a second: fail fast meanwhile, recover fast afterwards.
                retryAt = EventLoop.now + min(1_000_000_000, 50_000_000 << UInt64(min(failures - 1, 5)))
            } else {
                failures = 0
                observations.connectionOpened()
            }
            completion(connection)
        }
    }

    /// Stops opening connections.
    func close() { isClosed = true }
}
