internal import CustomerOS
internal import EventLoop
internal import HTTP
internal import Postgres

/// Whether requests can be answered, and why not: asks the database each time.
final class Readiness: Sendable {
    /// What a check found, in the words of the answer.
    private enum Finding: Sendable {
        case ready
        case draining
        case unreachable
        case slow
        /// The names of the first few.
        case missing([String])
    }

    private let database: Database
    private let limit: Duration
    private let migrations: [Migration]
    private let isDraining = Lock(false)

    /// - Parameters:
    ///   - limit: What takes longer counts as no answer.
    ///   - migrations: What the database must have. It may have more: those of a newer server beside this one.
    init(_ database: Database, limit: Duration = .seconds(1), migrations: [Migration] = API.migrations) {
        self.database = database
        self.limit = limit
        self.migrations = migrations
    }

    func startDraining() { isDraining.withLock { $0 = true } }

    private static let applied = Statement("readiness", "SELECT number FROM schema_migration")

    func response() async -> HTTPResponse {
        if isDraining.withLock({ $0 }) { return Self.answer(.draining) }
        return Self.answer(await firstFinding())
    }

    /// The database's, or that it takes too long.
    private func firstFinding() async -> Finding {
        guard let loop = database.currentLoop else { return .unreachable }
        let answer = FirstAnswer()
        return await withUnsafeContinuation { continuation in
            answer.set(continuation)
            let timer = loop.schedule(after: limit) { answer.give(.slow) }
            nonisolated(unsafe) let ownTimer = timer
            Task.immediate(executorPreference: loop) { [self] in
                answer.give(await ask())
                ownTimer.cancel()
            }
        }
    }

    private func ask() async -> Finding {
        switch await database.read([Query(Self.applied)]).first {
        case .success(let rows)?:
            let applied = Set((0..<rows.rowCount).compactMap { rows.text($0, 0).flatMap { Int($0) } })
            let missing = migrations.filter { !applied.contains($0.number) }.map(\.name)
            return missing.isEmpty ? .ready : .missing(missing)
        // The table itself is missing.
        case .failure(let error)? where error.sqlState == "42P01": return .missing(migrations.map(\.name))
        default: return .unreachable
        }
    }

    private static func answer(_ finding: Finding) -> HTTPResponse {
        let (status, database, migrations, reason): (String, String, String, String?) =
            switch finding {
            case .ready: ("ready", "ok", "ok", nil)
            case .draining: ("draining", "unknown", "unknown", "The server ends: running requests finish, new ones go elsewhere.")
            case .unreachable: ("unavailable", "unreachable", "unknown", "The database cannot be reached.")
            case .slow: ("unavailable", "slow", "unknown", "The database has not answered in time.")
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

    /// Resumes once, with what comes first.
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
