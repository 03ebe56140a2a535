internal import EventLoop
internal import Telemetry

/// Measurements of one loop's connections so far. Belongs to the loop's thread.
final class LoopObservations {
    /// Seconds by `StatementText.name`, from passing a statement to its connection to reading its result.
    private(set) var statements: [String: Histogram] = [:]
    /// Seconds that callers waited for a connection of their own.
    private(set) var acquisitions = Histogram(Histogram.databaseSeconds)
    /// Callers that got none in time, or found the queue full.
    private(set) var timeouts = 0
    /// Connections opened to replace lost ones.
    private(set) var reconnects = 0
    /// How often a shared connection stalled.
    private(set) var setAside = 0
    private var missing = 0

    func statementEnded(_ name: String, nanoseconds: UInt64) {
        statements[name, default: Histogram(Histogram.databaseSeconds)].observe(Double(nanoseconds) / 1e9)
    }

    func acquired(since start: UInt64) { acquisitions.observe(Double(EventLoop.now &- start) / 1e9) }
    func acquisitionFailed() { timeouts += 1 }
    func connectionSetAside() { setAside += 1 }
    func connectionLost() { missing += 1 }

    func connectionOpened() {
        guard missing > 0 else { return }
        missing -= 1
        reconnects += 1
    }
}

extension Histogram {
    /// Most statements take less than a millisecond.
    static let databaseSeconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
}
