internal import EventLoop
internal import Glibc

/// What a server counts, in Prometheus's text format. Labels are bounded: names of the schema and of this program, never a text of
/// a client.
public final class Metrics: TelemetrySink {
    private struct State: Sendable {
        var requests = MetricFamily(
            "http_server_request_duration_seconds", .histogram, "Time from a whole request to its answer.",
            labels: ["method", "route", "status"], bounds: Histogram.seconds)
        var active = MetricFamily("http_server_active_requests", .gauge, "Requests that are being answered.")
        var connections = MetricFamily("http_server_open_connections", .gauge, "Connections that are open.")
        var rejected = MetricFamily(
            "http_server_rejected_total", .counter, "Requests that were refused before they were handled.", labels: ["reason"])
        var operations = MetricFamily(
            "graphql_request_duration_seconds", .histogram, "Time of operations by the root field they begin with.",
            labels: ["operation_type", "operation"], bounds: Histogram.seconds)
        var errors = MetricFamily("graphql_errors_total", .counter, "Errors in answers.", labels: ["code"])
        var limits = MetricFamily("graphql_rejected_total", .counter, "Operations refused by a limit.", labels: ["rule"])
        var statements = MetricFamily(
            "db_statements_per_request", .histogram, "Statements that an operation needed.",
            bounds: [0, 1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 100])
        var failures = MetricFamily("db_statement_failures_total", .counter, "Statements that failed.", labels: ["sqlstate"])
        var authentication = MetricFamily("auth_failures_total", .counter, "Requests without a valid key.", labels: ["reason"])
        var dropped = MetricFamily("telemetry_dropped_total", .counter, "Log lines and spans that were not written.", labels: ["kind"])
        var jobRuns = MetricFamily("job_runs_total", .counter, "Runs of jobs in this server.", labels: ["job", "outcome"])
        var jobLastRun = MetricFamily(
            "job_last_run_timestamp_seconds", .gauge, "When a job last ended in this server, in seconds of the Unix epoch.", labels: ["job"]
        )
        var jobLastDuration = MetricFamily("job_last_duration_seconds", .gauge, "How long a job last took.", labels: ["job"])
        var jobLastChanged = MetricFamily("job_last_changed", .gauge, "How many records a job last changed.", labels: ["job"])
        // The original's three.
        var originalRequests = MetricFamily(
            "customer_os_api_graphql_requests_total", .counter, "Requests, as the original counts them.", labels: ["name", "status"])
        var originalDuration = MetricFamily(
            "customer_os_api_graphql_request_duration_seconds", .histogram, "Time of requests, as the original counts it.",
            labels: ["name"], bounds: Histogram.seconds)
        var originalErrors = MetricFamily(
            "customer_os_api_graphql_request_errors_total", .counter, "Answers with errors, as the original counts them.", labels: ["name"])
    }

    /// What is asked for when the metrics are read.
    public struct Reading: Sendable {
        public let name: String
        public let isCounter: Bool
        public let help: String
        public let labels: [(name: String, value: String)]
        public let value: Double

        public init(_ name: String, isCounter: Bool = false, _ help: String, labels: [(name: String, value: String)] = [], _ value: Double)
        {
            self.name = name
            self.isCounter = isCounter
            self.help = help
            self.labels = labels
            self.value = value
        }
    }

    private let state = Lock(State())
    private let startTime = time(nil)

    public init() {}

    public func record(_ event: TelemetryEvent) {
        state.withLock { state in
            switch event {
            case .connectionOpened: state.connections.add(1)
            case .connectionClosed: state.connections.add(-1)
            case .requestStarted: state.active.add(1)
            case .requestEnded(let record): Self.count(record, &state)
            case .pageServed(let method, let route, let status, let duration):
                state.active.add(-1)
                state.requests.observe(duration, [Self.bounded(method), route, String(status)])
            case .requestRefused(_, let reason): state.rejected.add(1, [reason])
            case .statementFailed(_, _, let sqlState, _): state.failures.add(1, [sqlState])
            case .authenticationFailed(let reason): state.authentication.add(1, [reason])
            case .dropped(let kind): state.dropped.add(1, [kind])
            case .jobFinished(let name, let changed, let milliseconds):
                state.jobRuns.add(1, [name, "done"])
                state.jobLastRun.set(Double(time(nil)), [name])
                state.jobLastDuration.set(Double(milliseconds) / 1000, [name])
                state.jobLastChanged.set(Double(changed), [name])
            case .jobFailed(let name, _):
                state.jobRuns.add(1, [name, "failed"])
                state.jobLastRun.set(Double(time(nil)), [name])
            case .serverStarted, .serverStopping, .acceptFailed, .internalError: break
            }
        }
    }

    private static func bounded(_ method: String) -> String {
        ["GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE"].contains(method) ? method : "other"
    }

    private static func count(_ record: RequestRecord, _ state: inout State) {
        state.active.add(-1)
        state.requests.observe(record.duration, [bounded(record.method), "/query", String(record.status)])
        let name = record.rootFields.count == 1 ? record.rootFields[0] : record.rootFields.isEmpty ? "none" : "several"
        if let type = record.operationType {
            state.operations.observe(record.duration, [type, name])
            state.statements.observe(Double(record.statements))
        }
        for code in record.errorCodes { state.errors.add(1, [code]) }
        if let limit = record.limitName { state.limits.add(1, [limit]) }
        state.originalRequests.add(1, [name, String(record.status)])
        state.originalDuration.observe(record.duration, [name])
        if !record.errorCodes.isEmpty { state.originalErrors.add(1, [name]) }
    }

    /// - Parameter readings: What others know at this moment.
    public func text(_ readings: [Reading]) -> String {
        var text = ""
        let state = state.withLock { $0 }
        for family in [
            state.requests, state.active, state.connections, state.rejected, state.operations, state.errors, state.limits, state.statements,
            state.failures, state.authentication, state.dropped, state.jobRuns, state.jobLastRun, state.jobLastDuration,
            state.jobLastChanged,
            state.originalRequests, state.originalDuration, state.originalErrors,
        ] { family.write(into: &text) }
        var families: [MetricFamily] = []
        for reading in readings + processReadings {
            let index: Int
            if let known = families.firstIndex(where: { $0.name == reading.name }) {
                index = known
            } else {
                index = families.count
                families.append(
                    MetricFamily(reading.name, reading.isCounter ? .counter : .gauge, reading.help, labels: reading.labels.map(\.name)))
            }
            families[index].set(reading.value, reading.labels.map(\.value))
        }
        for family in families { family.write(into: &text) }
        return text
    }

    /// Of the process, with the names that Prometheus's own libraries use.
    private var processReadings: [Reading] {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let seconds = { (time: timeval) in Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return [
            Reading(
                "process_cpu_seconds_total", isCounter: true, "Processor time used.", seconds(usage.ru_utime) + seconds(usage.ru_stime)),
            Reading("process_resident_memory_bytes", "Memory in use.", Self.residentBytes),
            Reading("process_open_fds", "Open file descriptors.", Self.openDescriptors),
            Reading("process_start_time_seconds", "When the process started, in seconds of the Unix epoch.", Double(startTime)),
        ]
    }

    private static var residentBytes: Double {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var buffer = [CChar](repeating: 0, count: 128)
        guard fgets(&buffer, Int32(buffer.count), file) != nil else { return 0 }
        let fields = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(separator: " ")
        return fields.count > 1 ? (Double(fields[1]) ?? 0) * Double(getpagesize()) : 0
    }

    private static var openDescriptors: Double {
        guard let folder = opendir("/proc/self/fd") else { return 0 }
        defer { closedir(folder) }
        var count = -3.0
        while readdir(folder) != nil { count += 1 }
        return count
    }
}
