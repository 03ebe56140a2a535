internal import EventLoop
internal import Glibc

/// Writes each event as a line to standard error, as logfmt or JSON.
///
/// A stalled reader must not stop the server: a line that cannot be written at once, because there is no room or no
/// reader, is dropped and counted.
public final class LogWriter: TelemetrySink {
    public enum Format: String, Sendable {
        case logfmt, json
    }

    /// Which requests are written.
    public enum Requests: Sendable {
        case none
        /// Those that took at least this many seconds, and all that failed through the server's fault.
        case slow(Double)
        case all
    }

    private let descriptor: Int32
    private let format: Format
    private let requests: Requests
    private let onDrop: @Sendable () -> Void
    /// Whether the last line was cut off; the next one then starts a new line. The lock is held while writing, so that
    /// no other thread takes the room found.
    private let isCutOff = Lock(false)

    /// - Parameter onDrop: Called for every lost line.
    public init(
        descriptor: Int32 = 2, format: Format = .logfmt, requests: Requests = .slow(1), onDrop: @escaping @Sendable () -> Void = {}
    ) {
        self.descriptor = descriptor
        self.format = format
        self.requests = requests
        self.onDrop = onDrop
    }

    public func record(_ event: TelemetryEvent) {
        guard var line = line(of: event) else { return }
        line.end()
        if !write(line.bytes) { onDrop() }
    }

    /// - Returns: Whether the whole line was written.
    private func write(_ line: [UInt8]) -> Bool {
        isCutOff.withLock { isCutOff in
            var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            guard poll(&state, 1, 0) == 1 else { return false }
            let bytes = isCutOff ? [UInt8(ascii: "\n")] + line : line
            var written = 0
            // One call per line, so that it does not mix with those of other programs.
            repeat {
                written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            } while written < 0 && errno == EINTR
            if written > 0 { isCutOff = written < bytes.count }
            return written == bytes.count
        }
    }

    private func line(of event: TelemetryEvent) -> LogLine? {
        switch event {
        case .serverStarted(let host, let port):
            return line(.info, "server started", [("host", .text(host)), ("port", .number(Int(port)))])
        case .serverStopping: return line(.info, "server stopping")
        case .requestRefused(let status, let reason):
            return line(.info, "request refused", [("status", .number(status)), ("reason", .text(reason))])
        case .handshakeFailed(let reason): return line(.info, "connection not secured", [("reason", .text(reason))])
        case .certificateLoaded(let seconds): return line(.info, "certificate loaded", [("days_left", .number(seconds / 86_400))])
        case .databaseLost(let reason): return line(.error, "database lost", [("reason", .text(reason))])
        case .databaseBack(let seconds): return line(.info, "database back", [("duration_ms", .seconds(seconds))])
        case .notice(let text): return line(.info, text)
        case .warning(let text): return line(.warning, text)
        case .failure(let text): return line(.error, text)
        case .authenticationFailed(let reason, let address, let isTold):
            guard isTold else { return nil }
            return line(
                .info, "authentication failed", [("reason", .text(reason))] + (address.map { [("address", .text($0))] } ?? []))
        case .acceptFailed(let errno): return line(.warning, "no connection accepted", [("errno", .number(Int(errno)))])
        case .statementFailed(let requestID, let field, let statement, let sqlState, let constraint):
            return line(
                .error, "statement failed",
                (requestID.map { [("request_id", .text($0))] } ?? [])
                    + [("field", .text(field)), ("statement", .text(statement)), ("sqlstate", .text(sqlState))]
                    + (constraint.map { [("constraint", .text($0))] } ?? []))
        case .internalError(let record): return internalLine(of: record)
        case .jobFinished(let name, let changed, let milliseconds):
            return line(
                .info, "job finished", [("job", .text(name)), ("changed", .number(changed)), ("milliseconds", .number(milliseconds))])
        case .jobFailed(let name, let sqlState):
            return line(.error, "job failed", [("job", .text(name)), ("sqlstate", .text(sqlState))])
        case .operationSlow(let operation): return line(of: operation)
        case .requestEnded(let record): return isShown(record) ? line(of: record) : nil
        case .connectionOpened, .connectionClosed, .connectionRefused, .requestStarted, .pageServed, .dropped: return nil
        }
    }

    private enum Value {
        case text(String)
        case number(Int)
        /// Written in milliseconds.
        case seconds(Double)
    }

    private func line(_ level: LogLine.Level, _ message: String, _ fields: [(name: String, value: Value)] = []) -> LogLine {
        var line = LogLine(format, level, message)
        for field in fields {
            switch field.value {
            case .text(let text): line.add(field.name, text)
            case .number(let number): line.add(field.name, number)
            case .seconds(let seconds): line.add(field.name, seconds: seconds)
            }
        }
        return line
    }

    private func isShown(_ record: RequestRecord) -> Bool {
        guard record.isTold else { return false }
        return switch requests {
        case .none: false
        case .all: true
        case .slow(let limit): record.duration >= limit || record.errorCodes.contains("INTERNAL")
        }
    }

    private func line(of record: RequestRecord) -> LogLine {
        var line = LogLine(format, .info, "request")
        line.add("request_id", record.requestID)
        line.add("method", record.method)
        line.add("status", record.status)
        line.add("duration_ms", seconds: record.duration)
        if let tenant = record.tenant { line.add("tenant", tenant) }
        if let type = record.operationType { line.add("operation_type", type) }
        if let name = record.operationName { line.add("operation", String(name.prefix(100))) }
        if !record.rootFields.isEmpty { line.add("root_fields", Self.rootFields(of: record)) }
        line.add("statements", record.statements)
        line.add("rows", record.rows)
        line.add("bytes", record.bytes)
        if !record.errorCodes.isEmpty { line.add("errors", Set(record.errorCodes).sorted().joined(separator: ",")) }
        Self.addTrace(of: record, to: &line)
        return line
    }

    private func internalLine(of record: RequestRecord) -> LogLine {
        var line = LogLine(format, .error, "internal error")
        line.add("request_id", record.requestID)
        if let tenant = record.tenant { line.add("tenant", tenant) }
        if !record.rootFields.isEmpty { line.add("root_fields", Self.rootFields(of: record)) }
        if !record.brokenFields.isEmpty { line.add("fields", record.brokenFields.prefix(20).joined(separator: ",")) }
        Self.addTrace(of: record, to: &line)
        return line
    }

    private func line(of operation: SlowOperation) -> LogLine {
        let record = operation.record
        var line = LogLine(format, .warning, "slow operation")
        line.add("request_id", record.requestID)
        line.add("duration_ms", seconds: record.duration)
        if let tenant = record.tenant { line.add("tenant", tenant) }
        if let name = record.operationName { line.add("operation", String(name.prefix(100))) }
        line.add("root_fields", Self.rootFields(of: record))
        line.add("document", operation.documentHash)
        line.add("statements", operation.statementText)
        Self.addTrace(of: record, to: &line)
        return line
    }

    private static func rootFields(of record: RequestRecord) -> String { record.rootFields.prefix(20).joined(separator: ",") }

    private static func addTrace(of record: RequestRecord, to line: inout LogLine) {
        if let traceID = record.traceID { line.add("trace_id", traceID) }
        if let spanID = record.spanID { line.add("span_id", spanID) }
    }
}
