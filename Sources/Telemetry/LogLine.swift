internal import Glibc

/// A log line, written field by field into one buffer. Every request ends with one.
struct LogLine {
    enum Level: String {
        case info, warning, error
    }

    private(set) var bytes: [UInt8] = []
    private let format: LogWriter.Format

    /// Begins with the current time, in UTC.
    init(_ format: LogWriter.Format, _ level: Level, _ message: String) {
        self.format = format
        bytes.reserveCapacity(512)
        if format == .json { bytes.append(UInt8(ascii: "{")) }
        beginFirst("time")
        if format == .json { bytes.append(UInt8(ascii: "\"")) }
        appendTime()
        if format == .json { bytes.append(UInt8(ascii: "\"")) }
        add("level", level.rawValue)
        add("message", message)
    }

    mutating func add(_ name: String, _ value: String) {
        begin(name)
        switch format {
        case .logfmt where Self.isBare(value): append(value)
        case .logfmt: append(EscapedText.quoted(value) { "{\(String($0, radix: 16))}" })
        case .json where Self.isBare(value):
            bytes.append(UInt8(ascii: "\""))
            append(value)
            bytes.append(UInt8(ascii: "\""))
        case .json: append(JSONText.quoted(value))
        }
    }

    mutating func add(_ name: String, _ value: Int) {
        begin(name)
        append(String(value))
    }

    /// In milliseconds, to the microsecond.
    mutating func add(_ name: String, seconds: Double) {
        begin(name)
        append(((seconds * 1e6).rounded() / 1000).shortText)
    }

    mutating func end() {
        if format == .json { bytes.append(UInt8(ascii: "}")) }
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func begin(_ name: String) {
        bytes.append(UInt8(ascii: format == .json ? "," : " "))
        beginFirst(name)
    }

    private mutating func beginFirst(_ name: String) {
        switch format {
        case .logfmt:
            append(name)
            bytes.append(UInt8(ascii: "="))
        case .json:
            bytes.append(UInt8(ascii: "\""))
            append(name)
            append("\":")
        }
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// Whether a value needs no escapes (in logfmt no quotes either) and is not truncated.
    private static func isBare(_ value: String) -> Bool {
        let length = value.utf8.count
        guard length > 0, length <= 1000 else { return false }
        // A native string has contiguous bytes: looping over them is several times faster.
        return value.utf8.withContiguousStorageIfAvailable { $0.allSatisfy(isBare) } ?? value.utf8.allSatisfy(isBare)
    }

    private static func isBare(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "=") && byte != UInt8(ascii: "\\")
    }

    /// RFC 3339 with milliseconds; in JSON as the API writes times, without zeros at the end.
    private mutating func appendTime() {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        var parts = tm()
        gmtime_r(&time.tv_sec, &parts)
        append(Int(parts.tm_year) + 1900, digits: 4, then: "-")
        append(Int(parts.tm_mon) + 1, digits: 2, then: "-")
        append(Int(parts.tm_mday), digits: 2, then: "T")
        append(Int(parts.tm_hour), digits: 2, then: ":")
        append(Int(parts.tm_min), digits: 2, then: ":")
        append(Int(parts.tm_sec), digits: 2, then: ".")
        append(time.tv_nsec / 1_000_000, digits: 3, then: "Z")
        guard format == .json else { return }
        bytes.removeLast()
        while bytes.last == UInt8(ascii: "0") { bytes.removeLast() }
        if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
        bytes.append(UInt8(ascii: "Z"))
    }

    private mutating func append(_ number: Int, digits: Int, then end: Unicode.Scalar) {
        var unit = digits == 4 ? 1000 : digits == 3 ? 100 : 10
        while unit > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / unit % 10))
            unit /= 10
        }
        bytes.append(UInt8(ascii: end))
    }
}
