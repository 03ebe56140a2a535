internal import CustomerOS
internal import EventLoop
internal import HTTP
internal import Postgres

/// Whether requests can be answered, and if not, why. Tries a read and a change on the database, and keeps the answer
/// for a moment, so that many may poll.
final class Readiness: Sendable {
    /// What a check found, in the answer's terms.
    enum Finding: Sendable {
        case ready
        case draining
        case unreachable
        case slow
        /// Reads succeed, but changes fail.
        case failing(sqlState: String)
        case readOnly
        /// The names of the first few missing migrations.
        case missing([String])
    }

    private struct State {
        var isDraining = false
        var last: (finding: Finding, at: ContinuousClock.Instant)?
        /// Since when the database is being checked.
        var askingSince: ContinuousClock.Instant?
        var waiting: [FirstAnswer] = []
    }

    private let database: Database
    private let limit: Duration
    private let freshness: Duration
    private let migrations: [Migration]
    private let state = Lock(State())

    /// - Parameters:
    ///   - limit: What takes longer counts as no answer.
    ///   - freshness: How long an answer is reused.
    ///   - migrations: What the database must have. It may have more, from a newer server.
    init(
        _ database: Database, limit: Duration = .seconds(1), freshness: Duration = .milliseconds(50),
        migrations: [Migration] = API.migrations
    ) {
        self.database = database
        self.limit = limit
        self.freshness = freshness
        self.migrations = migrations
    }

    func startDraining() { state.withLock { $0.isDraining = true } }

    func response() async -> HTTPResponse {
        if state.withLock({ $0.isDraining }) { return Self.answer(.draining) }
        return Self.answer(await finding())
    }

    // MARK: Checking

    private enum Turn {
        case known(Finding)
        case waits, asks
    }

    /// Of concurrent callers, one checks the database. Call on one of its loops.
    func finding() async -> Finding {
        let answer = FirstAnswer()
        return await withUnsafeContinuation { continuation in
            answer.set(continuation)
            let turn = state.withLock { state -> Turn in
                let now = ContinuousClock.now
                if let last = state.last, now - last.at < freshness { return .known(last.finding) }
                state.waiting.append(answer)
                // A caller on a hung loop keeps no others waiting.
                if let since = state.askingSince, now - since < limit * 2 { return .waits }
                state.askingSince = now
                return .asks
            }
            switch turn {
            case .known(let finding): answer.give(finding)
            case .waits: break
            case .asks: begin()
            }
        }
    }

    private func begin() {
        guard let loop = database.currentLoop else { return end(.unreachable) }
        let first = Lock(false)
        let give: @Sendable (Finding) -> Void = { [self] finding in
            let isFirst = first.withLock { hasGiven in
                defer { hasGiven = true }
                return !hasGiven
            }
            if isFirst { end(finding) }
        }
        let probe = ChangeProbe()
        // Changes that wait for a connection wait for others in progress: the database is fine.
        let timer = loop.schedule(after: limit) { give(probe.isWaiting ? .ready : .slow) }
        nonisolated(unsafe) let ownTimer = timer
        Task.immediate(executorPreference: loop) { [self] in
            give(await ask(probe))
            ownTimer.cancel()
        }
    }

    private func end(_ finding: Finding) {
        let waiting = state.withLock { state in
            state.last = (finding, ContinuousClock.now)
            state.askingSince = nil
            defer { state.waiting = [] }
            return state.waiting
        }
        for answer in waiting { answer.give(finding) }
    }

    private static let applied = StatementText("readiness", "SELECT number FROM schema_migration")

    private func ask(_ probe: ChangeProbe) async -> Finding {
        switch await database.read([Query(Self.applied)], for: .platform).first {
        case .success(let rows)?:
            let applied = Set((0..<rows.rowCount).compactMap { rows.text($0, 0).flatMap { Int($0) } })
            let missing = migrations.filter { !applied.contains($0.number) }.map(\.name)
            return missing.isEmpty ? await probe.run(database) : .missing(missing)
        // The table itself is missing.
        case .failure(let error)? where error.sqlState == "42P01": return .missing(migrations.map(\.name))
        default: return .unreachable
        }
    }

    /// Performs a change, and rolls it back.
    private final class ChangeProbe: Sendable {
        private let stage = Lock(Stage.before)

        private enum Stage {
            case before, waiting, after
        }

        /// Whether it waits for a connection.
        var isWaiting: Bool { stage.withLock { $0 == .waiting } }

        func run(_ database: Database) async -> Finding {
            stage.withLock { $0 = .waiting }
            do {
                try await database.transaction(for: .platform) { transaction in
                    stage.withLock { $0 = .after }
                    let answer = try await transaction.run(Query(ChangeCheck.statement))
                    throw Undone(isReadOnly: answer.text(0, 0) == "on")
                }
                return .ready
            } catch let undone as Undone {
                return undone.isReadOnly ? .readOnly : .ready
            } catch let error as PostgresError {
                switch error.condition {
                case .poolExhausted: return .ready
                case .unavailable where error.sqlState.isEmpty || error.endedSession: return .unreachable
                default: return .failing(sqlState: error.sqlState)
                }
            } catch {
                return .unreachable
            }
        }

        /// Thrown to roll the transaction back.
        private struct Undone: Error {
            let isReadOnly: Bool
        }
    }

    private static func answer(_ finding: Finding) -> HTTPResponse {
        let (status, database, migrations, reason): (String, String, String, String?) =
            switch finding {
            case .ready: ("ready", "ok", "ok", nil)
            case .draining: ("draining", "unknown", "unknown", "The server is shutting down: send requests elsewhere.")
            case .unreachable: ("unavailable", "unreachable", "unknown", "The database cannot be reached.")
            case .slow: ("unavailable", "slow", "unknown", "The database has not answered in time.")
            case .failing(let sqlState):
                ("unavailable", "failing", "ok", "Changes fail in the database (SQLSTATE \(sqlState)). Run: customeros-api doctor")
            case .readOnly: ("unavailable", "read-only", "ok", "The database takes no changes. Run: customeros-api doctor")
            case .missing(let names):
                (
                    "unavailable", "ok", "missing",
                    "The database lacks \(names.count) migrations, \(names.first ?? "") first. Run: customeros-api migrate"
                )
            }
        var text = "{\"status\":\"\(status)\",\"checks\":{\"database\":\"\(database)\",\"migrations\":\"\(migrations)\"}"
        if let reason { text += ",\"reason\":\"\(reason)\"" }
        return HTTPResponse(
            status: reason == nil ? 200 : 503, contentType: "application/json", text: text + "}\n",
            fields: [HTTPField("Cache-Control", "no-store")] + (reason == nil ? [] : [HTTPField("Retry-After", "1")]))
    }

    /// Resumes once, with the first answer.
    private final class FirstAnswer: Sendable {
        private let continuation = Lock<UnsafeContinuation<Finding, Never>?>(nil)

        func set(_ continuation: UnsafeContinuation<Finding, Never>) { self.continuation.withLock { $0 = continuation } }

        func give(_ finding: Finding) {
            let taken = continuation.withLock { continuation in
                defer { continuation = nil }
                return continuation
            }
            taken?.resume(returning: finding)
        }
    }
}
