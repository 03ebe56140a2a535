internal import Glibc

/// Writes events as logfmt lines, one each, to standard error.
///
/// A reader that stands still must not stop the server: a line that cannot be written at once is dropped.
public final class LogWriter: TelemetrySink {
    private let descriptor: Int32

    public init(descriptor: Int32 = 2) { self.descriptor = descriptor }

    public func record(_ event: TelemetryEvent) {
        let line = Self.line(event) + "\n"
        var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard poll(&state, 1, 0) == 1 else { return }
        var text = line
        // One call a line, so that lines of several threads do not mix.
        _ = text.withUTF8 { write(descriptor, $0.baseAddress, $0.count) }
    }

    static func line(_ event: TelemetryEvent) -> String {
        switch event {
        case .serverStarted(let host, let port): fields("info", "server started", [("host", host), ("port", String(port))])
        case .serverStopping: fields("info", "server stopping", [])
        case .migrationApplied(let name): fields("info", "migration applied", [("migration", name)])
        case .requestRefused(let status, let reason):
            fields("info", "request refused", [("status", String(status)), ("reason", reason)])
        case .acceptFailed(let errno): fields("warning", "no connection accepted", [("errno", String(errno))])
        case .statementFailed(let field, let statement, let sqlState, let constraint):
            fields(
                "error", "statement failed",
                [("field", field), ("statement", statement), ("sqlstate", sqlState)] + (constraint.map { [("constraint", $0)] } ?? []))
        case .internalError(let part): fields("error", "internal error", [("part", part)])
        case .jobFinished(let name, let changed, let milliseconds):
            fields("info", "job finished", [("job", name), ("changed", String(changed)), ("milliseconds", String(milliseconds))])
        case .jobFailed(let name, let sqlState): fields("error", "job failed", [("job", name), ("sqlstate", sqlState)])
        }
    }

    private static func fields(_ level: String, _ message: String, _ fields: [(String, String)]) -> String {
        ([("time", now()), ("level", level), ("message", message)] + fields).map { "\($0.0)=\(quoted($0.1))" }.joined(separator: " ")
    }

    /// Bare where that is clear; otherwise in quotes, without a character that could end the line or steer a terminal.
    static func quoted(_ value: String) -> String {
        let isBare =
            !value.isEmpty && value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "=") }
        if isBare { return value }
        var text = "\""
        for scalar in value.unicodeScalars.prefix(1000) {
            switch scalar {
            case "\"", "\\": text += "\\\(scalar)"
            case "\u{00}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}": text += "\\u{\(String(scalar.value, radix: 16))}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
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
