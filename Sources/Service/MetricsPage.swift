internal import CustomerOS
internal import HTTP
internal import Memory
internal import Postgres
internal import Telemetry

/// `/metrics`, in Prometheus's text format; on a port of its own also health and readiness, which stay available while
/// the server drains.
final class MetricsPage: HTTPHandler {
    private let metrics: Metrics
    private let documents: DocumentCache
    private let queue: ExecutionQueue
    private let database: Database
    private let readiness: Readiness
    private let certificate: TLSCertificate?
    private let tracer: Tracer?
    private let jobs: JobBook
    private let memory: MemoryBudget

    init(
        _ metrics: Metrics, documents: DocumentCache, queue: ExecutionQueue, database: Database, readiness: Readiness,
        certificate: TLSCertificate?, tracer: Tracer?, jobs: JobBook, memory: MemoryBudget
    ) {
        self.metrics = metrics
        self.documents = documents
        self.queue = queue
        self.database = database
        self.readiness = readiness
        self.certificate = certificate
        self.tracer = tracer
        self.jobs = jobs
        self.memory = memory
    }

    func admit(_ request: HTTPRequest) async -> HTTPAdmission { .answered(await response(to: request)) }

    private func response(to request: HTTPRequest) async -> HTTPResponse {
        guard request.method == "GET" || request.method == "HEAD" else {
            return HTTPResponse(status: 405, text: "Use GET.\n", fields: [HTTPField("Allow", "GET, HEAD")])
        }
        switch request.path {
        case "/metrics": return await response()
        case "/health", "/livez": return Health.response
        case "/readiness", "/readyz": return await readiness.response()
        default: return HTTPResponse(status: 404, text: "The metrics are at /metrics.\n")
        }
    }

    func response() async -> HTTPResponse {
        let cache = documents.uses
        let requests = queue.counts
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
        var tracing: [Metrics.Reading] = []
        if let counts = tracer?.exporter.counts {
            tracing = [
                Metrics.Reading("trace_spans_waiting", "Spans waiting to be exported.", Double(counts.waiting)),
                Metrics.Reading(
                    "trace_spans_exported_total", isCounter: true, "Spans the collector accepted.", Double(counts.exported)),
                Metrics.Reading(
                    "trace_spans_dropped_total", isCounter: true, "Spans that were dropped: the queue was full, or the collector refused.",
                    Double(counts.dropped)),
                Metrics.Reading(
                    "trace_export_failures_total", isCounter: true, "Batches that did not reach the collector.", Double(counts.failures)),
            ]
        }
        let held = MemoryBudget.Part.allCases.map { part in
            Metrics.Reading(
                "memory_budget_used_bytes", "Memory clients make the server hold, by purpose.", labels: [("part", "\(part)")],
                Double(memory.usedBytes(for: part)))
        }
        let readings =
            [
                Metrics.Reading(
                    "graphql_document_cache_hits_total", isCounter: true, "Documents found in the cache.", Double(cache.hits)),
                Metrics.Reading(
                    "graphql_document_cache_misses_total", isCounter: true, "Documents that had to be parsed and validated.",
                    Double(cache.misses)),
                Metrics.Reading("graphql_document_cache_bytes", "Memory charged for cached documents.", Double(cache.bytes)),
                Metrics.Reading("graphql_requests_waiting", "Requests waiting for their turn.", Double(requests.waiting)),
                Metrics.Reading(
                    "graphql_requests_refused_total", isCounter: true, "Requests refused because there were too many.",
                    Double(requests.refused)),
                Metrics.Reading("db_pool_connections", connections, labels: [("state", "shared")], Double(pool.shared)),
                Metrics.Reading("db_pool_connections", connections, labels: [("state", "busy")], Double(pool.busy)),
                Metrics.Reading("db_pool_connections", connections, labels: [("state", "idle")], Double(pool.idle)),
                Metrics.Reading("db_pool_connections", connections, labels: [("state", "platform")], Double(pool.platform)),
                Metrics.Reading("db_pool_heavy", "Connections busy with heavy reads.", Double(pool.heavy)),
                Metrics.Reading("db_pool_waiting", "Requests waiting for a connection of their own.", Double(pool.waiting)),
                Metrics.Reading(
                    "db_shared_waiting", "Short reads waiting for their turn on a shared connection.", Double(pool.sharedWaiting)),
                Metrics.Reading(
                    "db_shared_aside", "Shared connections stalled by a read; they get no more.", Double(pool.aside)),
                Metrics.Reading(
                    "db_shared_set_aside_total", isCounter: true, "How often a read stalled a shared connection.",
                    Double(pool.setAside)),
                Metrics.Reading(
                    "db_pool_acquire_duration_seconds", "Time requests waited for a connection of their own.", pool.acquisitions),
                Metrics.Reading(
                    "db_pool_timeouts_total", isCounter: true, "Requests that got no connection of their own in time.",
                    Double(pool.timeouts)),
                Metrics.Reading(
                    "db_reconnects_total", isCounter: true, "Connections opened to replace lost ones.", Double(pool.reconnects)),
                Metrics.Reading(
                    "build_info", "What runs.",
                    labels: [("version", Program.version), ("commit", API.commit), ("swift", Program.compilerVersion)], 1),
                Metrics.Reading("memory_budget_limit_bytes", "How much of it there may be in all.", Double(memory.limit)),
                Metrics.Reading(
                    "memory_budget_refusals_total", isCounter: true, "How often there was no room for more.", Double(memory.refusalCount)),
            ] + held + statements + security + tracing + jobs.readings
        return HTTPResponse(status: 200, contentType: "text/plain; version=0.0.4; charset=utf-8", text: metrics.text(readings))
    }
}

/// `/health`: the process is alive and its loops turn.
enum Health {
    static let response = HTTPResponse(
        status: 200, contentType: "application/json", text: "{\"status\":\"ok\"}\n", fields: [HTTPField("Cache-Control", "no-store")])
}
