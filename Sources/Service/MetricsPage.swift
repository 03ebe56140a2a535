internal import CustomerOS
internal import HTTP
internal import Postgres
internal import Telemetry

/// `/metrics`, in Prometheus's text format.
final class MetricsPage: HTTPHandler {
    private let metrics: Metrics
    private let documents: DocumentCache
    private let database: Database
    private let certificate: TLSCertificate?

    init(_ metrics: Metrics, documents: DocumentCache, database: Database, certificate: TLSCertificate?) {
        self.metrics = metrics
        self.documents = documents
        self.database = database
        self.certificate = certificate
    }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        guard request.path == "/metrics" else { return HTTPResponse(status: 404, text: "The metrics are at /metrics.\n") }
        return await response()
    }

    func response() async -> HTTPResponse {
        let cache = documents.uses
        let pool = await database.statistics()
        let connections = "Connections to the database."
        let statements = pool.statements.sorted { $0.key < $1.key }.map { name, histogram in
            Metrics.Reading(
                "db_statement_duration_seconds", "Time of statements from being sent to the reading of their results.",
                labels: [("statement", name)], histogram)
        }
        var security: [Metrics.Reading] = []
        if let certificate {
            security.append(
                Metrics.Reading(
                    "tls_certificate_expiry_timestamp_seconds", "When the certificate ends, in seconds of the Unix epoch.",
                    certificate.end))
        }
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
            Metrics.Reading(
                "db_pool_acquire_duration_seconds", "Time that requests waited for a connection of their own.", pool.acquisitions),
            Metrics.Reading(
                "db_pool_timeouts_total", isCounter: true, "Requests that got no connection of their own in time.", Double(pool.timeouts)),
            Metrics.Reading(
                "db_reconnects_total", isCounter: true, "Connections that were opened in place of lost ones.", Double(pool.reconnects)),
            Metrics.Reading(
                "build_info", "What runs.",
                labels: [("version", Program.version), ("commit", API.commit), ("swift", Program.compilerVersion)], 1),
        ] + statements + security
        return HTTPResponse(status: 200, contentType: "text/plain; version=0.0.4; charset=utf-8", text: metrics.text(readings))
    }
}
