internal import EventLoop
internal import Glibc

/// A server's metrics, in Prometheus's text format. Labels are bounded: names from the schema and this program, never
/// client text.
public final class Metrics: TelemetrySink {
    private struct State: Sendable {
        var requests = RequestTable()
        var active = 0.0
        var connections = 0.0
        var acceptFailures = 0.0
        var rejected = MetricFamily(
            "http_server_rejected_total", .counter, "Requests refused before they were handled.", labels: ["reason"])
        var errors = MetricFamily("graphql_errors_total", .counter, "Errors in answers.", labels: ["code"])
        var limits = MetricFamily("graphql_rejected_total", .counter, "Operations refused by a limit.", labels: ["rule"])
        var failures = MetricFamily("db_statement_failures_total", .counter, "Statements that failed.", labels: ["sqlstate"])
        var authentication = MetricFamily("auth_failures_total", .counter, "Requests without a valid key.", labels: ["reason"])
        var dropped = MetricFamily(
            "telemetry_dropped_total", .counter, "Log lines lost because their reader stalled or they could not be written.",
            labels: ["kind"])
        var jobRuns = MetricFamily("job_runs_total", .counter, "Runs of jobs in this server.", labels: ["job", "outcome"])
    }

    /// A value that is asked for when the metrics are read.
    public struct Reading: Sendable {
        public let name: String
        public let help: String
        public let labels: [(name: String, value: String)]
        fileprivate let kind: MetricFamily.Kind
        fileprivate let number: Double?
        fileprivate let histogram: Histogram?

        /// - Parameter value: Nil only declares the metric.
        public init(
            _ name: String, isCounter: Bool = false, _ help: String, labels: [(name: String, value: String)] = [], _ value: Double?
        ) {
            self.name = name
            self.help = help
            self.labels = labels
            kind = isCounter ? .counter : .gauge
            number = value
            histogram = nil
        }

        public init(_ name: String, _ help: String, labels: [(name: String, value: String)] = [], _ histogram: Histogram) {
            self.name = name
            self.help = help
            self.labels = labels
            kind = .histogram
            number = nil
            self.histogram = histogram
        }
    }

    private let state = Lock(State())
    private let startTime = time(nil)

    public init() {}

    public func record(_ event: TelemetryEvent) {
        state.withLock { state in
            switch event {
            case .connectionOpened: state.connections += 1
            case .connectionClosed: state.connections -= 1
            case .requestStarted: state.active += 1
            case .requestEnded(let record): Self.count(record, &state)
            case .pageServed(let method, let route, let status, let duration):
                state.active -= 1
                state.requests.count(method: method, route: route, status: status, duration: duration)
            case .requestRefused(_, let reason), .handshakeFailed(let reason): state.rejected.add(1, [reason])
            case .statementFailed(_, _, _, let sqlState, _): state.failures.add(1, [sqlState])
            case .authenticationFailed(let reason, _, _): state.authentication.add(1, [reason])
            case .connectionRefused: state.rejected.add(1, ["too many connections of one address"])
            case .dropped(let kind): state.dropped.add(1, [kind])
            case .jobFinished(let name, _, _): state.jobRuns.add(1, [name, "done"])
            case .jobFailed(let name, _): state.jobRuns.add(1, [name, "failed"])
            case .acceptFailed: state.acceptFailures += 1
            case .serverStarted, .serverStopping, .operationSlow, .certificateLoaded, .databaseLost, .databaseBack, .notice, .warning,
                .failure, .internalError:
                break
            }
        }
    }

    private static func count(_ record: RequestRecord, _ state: inout State) {
        state.active -= 1
        state.requests.count(record)
        for code in record.errorCodes { state.errors.add(1, [code]) }
        if let limit = record.limitName { state.limits.add(1, [limit]) }
    }

    /// - Parameter readings: Values that others provide at this moment.
    public func text(_ readings: [Reading]) -> String {
        var text = ""
        let state = state.withLock { $0 }
        let counted = [
            state.rejected, state.errors, state.limits, state.failures, state.authentication, state.dropped, state.jobRuns,
        ]
        for family in state.requests.families + counted { family.write(into: &text) }
        let serverReadings = [
            Reading("http_server_active_requests", "Requests being answered.", state.active),
            Reading("http_server_open_connections", "Connections that are open.", state.connections),
            Reading(
                "http_server_accept_failures_total", isCounter: true, "How often no connection could be accepted for want of descriptors.",
                state.acceptFailures),
        ]
        var families: [MetricFamily] = []
        for reading in serverReadings + readings + processReadings {
            let index: Int
            if let known = families.firstIndex(where: { $0.name == reading.name }) {
                index = known
            } else {
                index = families.count
                families.append(
                    MetricFamily(reading.name, reading.kind, reading.help, labels: reading.labels.map(\.name)))
            }
            let labels = reading.labels.map(\.value)
            if let histogram = reading.histogram {
                families[index].add(histogram, labels)
            } else if let number = reading.number {
                families[index].set(number, labels)
            }
        }
        for family in families { family.write(into: &text) }
        return text
    }

    /// Of the process, named as in Prometheus's own libraries.
    private var processReadings: [Reading] {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let seconds = { (time: timeval) in Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return [
            Reading(
                "process_cpu_seconds_total", isCounter: true, "Processor time used.", seconds(usage.ru_utime) + seconds(usage.ru_stime)),
            Reading("process_resident_memory_bytes", "Memory in use.", Self.residentBytes),
            Reading("process_open_fds", "Open file descriptors.", Self.openDescriptors),
            Reading("process_max_fds", "File descriptors the process may open.", Self.descriptorLimit),
            Reading("process_threads", "Threads of the process.", Self.entries(of: "/proc/self/task")),
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

    /// Excluding the descriptor that reads them.
    private static var openDescriptors: Double { max(0, entries(of: "/proc/self/fd") - 1) }

    private static func entries(of path: String) -> Double {
        guard let folder = opendir(path) else { return 0 }
        defer { closedir(folder) }
        // Two entries are "." and "..".
        var count = -2.0
        while readdir(folder) != nil { count += 1 }
        return count
    }

    private static var descriptorLimit: Double {
        var limit = rlimit()
        return getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 ? Double(limit.rlim_cur) : 0
    }
}
