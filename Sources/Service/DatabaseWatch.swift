internal import EventLoop
internal import Telemetry

/// Polls the database, and reports once when it is lost and once when it is back.
final class DatabaseWatch: @unchecked Sendable {
    private let readiness: Readiness
    private let telemetry: any TelemetrySink
    private let interval: Duration
    private let loop: EventLoop

    // Touched only on the loop's thread.
    private var lostAt: ContinuousClock.Instant?
    private var slowAnswers = 0

    init(_ readiness: Readiness, _ telemetry: any TelemetrySink, every interval: Duration, on loop: EventLoop) {
        self.readiness = readiness
        self.telemetry = telemetry
        self.interval = interval
        self.loop = loop
    }

    /// Runs until the loop ends.
    func begin() {
        loop.execute { [self] in
            loop.schedule(after: interval) { [self] in
                loop.spawn { [self] in
                    note(await readiness.finding())
                    begin()
                }
            }
        }
    }

    private func note(_ finding: Readiness.Finding) {
        // Under load an answer may be slow: only a database that stays slow counts as lost.
        if case .slow = finding { slowAnswers += 1 } else { slowAnswers = 0 }
        guard let reason = reason(of: finding) else {
            if let lostAt, slowAnswers == 0 {
                self.lostAt = nil
                telemetry.record(.databaseBack(seconds: (ContinuousClock.now - lostAt) / .seconds(1)))
            }
            return
        }
        guard lostAt == nil else { return }
        lostAt = .now
        telemetry.record(.databaseLost(reason: reason))
    }

    private func reason(of finding: Readiness.Finding) -> String? {
        switch finding {
        case .ready, .draining, .missing: nil
        case .unreachable: "unreachable"
        case .slow: slowAnswers < 3 ? nil : "slow"
        case .failing(let sqlState): "changes fail (SQLSTATE \(sqlState))"
        case .readOnly: "read-only"
        }
    }
}
