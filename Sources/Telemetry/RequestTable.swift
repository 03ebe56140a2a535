/// The outcomes of all requests so far: one entry per combination that the metrics tell apart, so that a request is one
/// look-up. Metric families are computed from it when they are read.
struct RequestTable: Sendable {
    private struct Key: Hashable {
        let method: String
        let route: String
        let status: Int
        /// Nil if there was no operation.
        let operationType: String?
        /// The root field, if there is exactly one; nil for what is not GraphQL.
        let name: String?
    }

    private struct Entry {
        var durations = Histogram(Histogram.seconds)
        var failed = 0.0
    }

    /// How many combinations are kept; the root fields and routes of this program need fewer.
    private static let limit = 5_000
    private var entries: [Key: Entry] = [:]
    private var statements = Histogram([0, 1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 100])

    mutating func count(_ record: RequestRecord) {
        let name = record.rootFields.count == 1 ? record.rootFields[0] : record.rootFields.isEmpty ? "none" : "several"
        let key = Key(
            method: RequestRecord.bounded(record.method), route: "/query", status: record.status, operationType: record.operationType,
            name: name)
        count(key, record.duration, hasFailed: !record.errorCodes.isEmpty)
        if record.operationType != nil { statements.observe(Double(record.statements)) }
    }

    mutating func count(method: String, route: String, status: Int, duration: Double) {
        let key = Key(method: RequestRecord.bounded(method), route: route, status: status, operationType: nil, name: nil)
        count(key, duration, hasFailed: false)
    }

    private mutating func count(_ key: Key, _ duration: Double, hasFailed: Bool) {
        var key = key
        if entries.count >= Self.limit, entries[key] == nil {
            key = Key(method: key.method, route: key.route, status: key.status, operationType: key.operationType, name: "other")
        }
        entries[key, default: Entry()].durations.observe(duration)
        if hasFailed { entries[key]?.failed += 1 }
    }

    /// The metrics of requests, the original's three included.
    var families: [MetricFamily] {
        var requests = MetricFamily(
            "http_server_request_duration_seconds", .histogram, "Time from a complete request to its answer.",
            labels: ["method", "route", "status"])
        var operations = MetricFamily(
            "graphql_request_duration_seconds", .histogram, "Time of operations by their first root field.",
            labels: ["operation_type", "operation"])
        var statements = MetricFamily("db_statements_per_request", .histogram, "Statements that an operation needed.")
        var originalRequests = MetricFamily(
            "customer_os_api_graphql_requests_total", .counter, "Requests, as the original counts them.", labels: ["name", "status"])
        var originalDurations = MetricFamily(
            "customer_os_api_graphql_request_duration_seconds", .histogram, "Time of requests, as the original counts it.",
            labels: ["name"])
        var originalErrors = MetricFamily(
            "customer_os_api_graphql_request_errors_total", .counter, "Answers with errors, as the original counts them.", labels: ["name"])
        for (key, entry) in entries {
            requests.add(entry.durations, [key.method, key.route, String(key.status)])
            guard let name = key.name else { continue }
            if let type = key.operationType { operations.add(entry.durations, [type, name]) }
            originalRequests.add(Double(entry.durations.count), [name, String(key.status)])
            originalDurations.add(entry.durations, [name])
            if entry.failed > 0 { originalErrors.add(entry.failed, [name]) }
        }
        if self.statements.count > 0 { statements.add(self.statements) }
        return [requests, operations, statements, originalRequests, originalDurations, originalErrors]
    }
}
