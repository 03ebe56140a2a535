internal import HTTP
internal import Postgres
internal import Telemetry

/// `/metrics`, in Prometheus's text format.
final class MetricsPage: HTTPHandler {
    private let metrics: Metrics
    private let documents: DocumentCache
    private let database: Database
    private let jobs: JobBook

    init(_ metrics: Metrics, documents: DocumentCache, database: Database, jobs: JobBook) {
        self.metrics = metrics
        self.documents = documents
        self.database = database
        self.jobs = jobs
    }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        guard request.path == "/metrics" else { return HTTPResponse(status: 404, text: "The metrics are at /metrics.\n") }
        return await response()
    }

    func response() async -> HTTPResponse {
        let cache = documents.uses
        let pool = await database.statistics()
        let connections = "Connections to the database."
        let readings = [
            Metrics.Reading(
                "graphql_document_cache_hits_total", isCounter: true, "Documents that were known already.", Double(cache.hits)),
            Metrics.Reading(
                "graphql_document_cache_misses_total", isCounter: true, "Documents that had to be parsed and validated.",
                Double(cache.misses)),
            Metrics.Reading("graphql_document_cache_bytes", "Memory that known documents are counted with.", Double(cache.bytes)),
            Metrics.Reading("db_pool_connections", connections, labels: [("state", "shared")], Double(pool.shared)),
            Metrics.Reading("db_pool_connections", connections, labels: [("state", "busy")], Double(pool.busy)),
            Metrics.Reading("db_pool_connections", connections, labels: [("state", "idle")], Double(pool.idle)),
            Metrics.Reading("db_pool_waiting", "Requests that wait for a connection.", Double(pool.waiting)),
            Metrics.Reading("build_info", "What runs.", labels: [("version", Program.version)], 1),
        ]
        return HTTPResponse(
            status: 200, contentType: "text/plain; version=0.0.4; charset=utf-8", text: metrics.text(readings + jobs.readings))
    }
}
