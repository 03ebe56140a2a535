internal import Glibc

/// Writes events as lines, one each, to standard error: as logfmt or as JSON.
///
/// A reader that stands still must not stop the server: a line that cannot be written at once is dropped, and counted.
public final class LogWriter: TelemetrySink {
    public enum Format: String, Sendable {
        case logfmt, json
    }

    /// Which requests are written.
    public enum Requests: Sendable {
        case none
        /// Those that took at least so many seconds, and all that failed by the server's fault.
        case slow(Double)
        case all
    }

    private let descriptor: Int32
    private let format: Format
    private let requests: Requests
    private let onDrop: @Sendable () -> Void

    /// - Parameter onDrop: Told of every line that was dropped.
    public init(
        descriptor: Int32 = 2, format: Format = .logfmt, requests: Requests = .slow(1), onDrop: @escaping @Sendable () -> Void = {}
    ) {
        self.descriptor = descriptor
        self.format = format
        self.requests = requests
        self.onDrop = onDrop
    }

    public func record(_ event: TelemetryEvent) {
        guard let fields = fields(of: event) else { return }
        let line = Self.line([("time", .text(Self.now()))] + fields, format) + "\n"
        var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard poll(&state, 1, 0) == 1 else { return onDrop() }
        var text = line
        // One call a line, so that lines of several threads do not mix.
        _ = text.withUTF8 { write(descriptor, $0.baseAddress, $0.count) }
    }

    enum Value {
        case text(String)
        case number(Double)
    }

    private typealias Field = (name: String, value: Value)

    private func fields(of event: TelemetryEvent) -> [Field]? {
        switch event {
        case .serverStarted(let host, let port): return Self.message("info", "server started", [("host", host), ("port", String(port))])
        case .serverStopping: return Self.message("info", "server stopping", [])
        case .requestRefused(let status, let reason):
            return Self.message("info", "request refused", [("status", String(status)), ("reason", reason)])
        case .handshakeFailed(let reason): return Self.message("info", "connection not secured", [("reason", reason)])
        case .certificateLoaded(let seconds):
            return Self.message("info", "certificate loaded", [("days_left", String(seconds / 86_400))])
        case .warning(let text): return Self.message("warning", text, [])
        case .failure(let text): return Self.message("error", text, [])
        case .authenticationFailed(let reason): return Self.message("info", "authentication failed", [("reason", reason)])
        case .acceptFailed(let errno): return Self.message("warning", "no connection accepted", [("errno", String(errno))])
        case .statementFailed(let field, let statement, let sqlState, let constraint):
            return Self.message(
                "error", "statement failed",
                [("field", field), ("statement", statement), ("sqlstate", sqlState)] + (constraint.map { [("constraint", $0)] } ?? []))
        case .internalError(let part): return Self.message("error", "internal error", [("part", part)])
        case .jobFinished(let name, let changed, let milliseconds):
            return Self.message(
                "info", "job finished", [("job", name), ("changed", String(changed)), ("milliseconds", String(milliseconds))])
        case .jobFailed(let name, let sqlState): return Self.message("error", "job failed", [("job", name), ("sqlstate", sqlState)])
        case .operationSlow(let operation): return Self.fields(of: operation)
        case .requestEnded(let record): return isShown(record) ? Self.fields(of: record) : nil
        case .connectionOpened, .connectionClosed, .requestStarted, .pageServed, .dropped: return nil
        }
    }

    private static func message(_ level: String, _ message: String, _ fields: [(String, String)]) -> [Field] {
        [("level", .text(level)), ("message", .text(message))] + fields.map { ($0.0, .text($0.1)) }
    }

    private func isShown(_ record: RequestRecord) -> Bool {
        switch requests {
        case .none: false
        case .all: true
        case .slow(let limit): record.duration >= limit || record.errorCodes.contains("INTERNAL")
        }
    }

    private static func fields(of record: RequestRecord) -> [Field] {
        var fields: [Field] = [
            ("level", .text("info")), ("message", .text("request")), ("request_id", .text(record.requestID)),
            ("method", .text(record.method)), ("status", .number(Double(record.status))),
            ("duration_ms", .number((record.duration * 1e6).rounded() / 1000)),
        ]
        if let tenant = record.tenant { fields.append(("tenant", .text(tenant))) }
        if let type = record.operationType { fields.append(("operation_type", .text(type))) }
        if let name = record.operationName { fields.append(("operation", .text(String(name.prefix(100))))) }
        if !record.rootFields.isEmpty { fields.append(("root_fields", .text(record.rootFields.prefix(20).joined(separator: ",")))) }
        fields += [
            ("statements", .number(Double(record.statements))), ("rows", .number(Double(record.rows))),
            ("bytes", .number(Double(record.bytes))),
        ]
        if !record.errorCodes.isEmpty { fields.append(("errors", .text(Set(record.errorCodes).sorted().joined(separator: ",")))) }
        return fields + traceFields(of: record)
    }

    private static func traceFields(of record: RequestRecord) -> [Field] {
        [("trace_id", record.traceID), ("span_id", record.spanID)].compactMap { name, value in value.map { (name, .text($0)) } }
    }

    private static func fields(of operation: SlowOperation) -> [Field] {
        let record = operation.record
        var fields: [Field] = [
            ("level", .text("warning")), ("message", .text("slow operation")), ("request_id", .text(record.requestID)),
            ("duration_ms", .number((record.duration * 1e6).rounded() / 1000)),
        ]
        if let tenant = record.tenant { fields.append(("tenant", .text(tenant))) }
        if let name = record.operationName { fields.append(("operation", .text(String(name.prefix(100))))) }
        fields += [
            ("root_fields", .text(record.rootFields.prefix(20).joined(separator: ","))), ("document", .text(operation.documentHash)),
            ("statements", .text(operation.statementText)),
        ]
        return fields + traceFields(of: record)
    }

    static func line(_ fields: [(name: String, value: Value)], _ format: Format) -> String {
        switch format {
        case .logfmt:
            fields.map { name, value in
                switch value {
                case .text(let text): "\(name)=\(quoted(text))"
                case .number(let number): "\(name)=\(number.shortText)"
                }
            }.joined(separator: " ")
        case .json:
            "{"
                + fields.map { name, value in
                    switch value {
                    case .text(let text): "\"\(name)\":\(JSONText.quoted(text))"
                    case .number(let number): "\"\(name)\":\(number.shortText)"
                    }
                }.joined(separator: ",") + "}"
        }
    }

    /// Bare where that is clear; otherwise in quotes, without a character that could end the line or steer a terminal.
    static func quoted(_ value: String) -> String {
        let isBare =
            !value.isEmpty && value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "=") }
        if isBare { return value }
        return EscapedText.quoted(value) { "{\(String($0, radix: 16))}" }
    }

    private static func now() -> String {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        var parts = tm()
        gmtime_r(&time.tv_sec, &parts)
        let padded = { (number: Int, width: Int) in
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return
            "\(parts.tm_year + 1900)-\(padded(Int(parts.tm_mon) + 1, 2))-\(padded(Int(parts.tm_mday), 2))T\(padded(Int(parts.tm_hour), 2)):"
            + "\(padded(Int(parts.tm_min), 2)):\(padded(Int(parts.tm_sec), 2)).\(padded(time.tv_nsec / 1_000_000, 3))Z"
    }
}
