internal import EventLoop
internal import HTTP
internal import Postgres

/// Whether requests can be answered: asks the database each time.
final class Readiness: Sendable {
    private let database: Database
    private let isDraining = Lock(false)

    init(_ database: Database) { self.database = database }

    func startDraining() { isDraining.withLock { $0 = true } }

    private static let ping = Statement("readiness", "SELECT count(*) FROM schema_migration")

    func response() async -> HTTPResponse {
        if isDraining.withLock({ $0 }) { return answer(503, "draining", database: "unknown") }
        switch await database.read([Query(Self.ping)]).first {
        case .success?: return answer(200, "ready", database: "ok")
        default: return answer(503, "unavailable", database: "unreachable")
        }
    }

    private func answer(_ status: Int, _ state: String, database: String) -> HTTPResponse {
        HTTPResponse(
            status: status, contentType: "application/json", text: "{\"status\":\"\(state)\",\"checks\":{\"database\":\"\(database)\"}}\n",
            fields: status == 503 ? [HTTPField("Retry-After", "1")] : [])
    }
}
