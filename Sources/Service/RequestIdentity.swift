internal import HTTP

/// By what a request is found again in logs and traces.
struct RequestIdentity: Sendable {
    /// As the client or a proxy named it, when that is a short word of plain characters; else a new one.
    let requestID: String
    /// The trace of W3C Trace Context that the request belongs to.
    let traceID: String?

    init(_ request: HTTPRequest) {
        let given = request.field("X-Request-Id")
        requestID = given.flatMap { Self.isPlain($0) ? $0 : nil } ?? Self.random()
        traceID = request.field("traceparent").flatMap(Self.traceID)
    }

    private static func isPlain(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F
            }
    }

    private static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        return [generator.next(), generator.next()].map { (number: UInt64) in
            let digits = String(number, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// The trace of `version-trace-parent-flags`, or nil when it is malformed. W3C Trace Context section 3.2.
    static func traceID(_ header: String) -> String? {
        let parts = header.split(separator: "-", omittingEmptySubsequences: false)
        let isHexadecimal = { (text: Substring) in text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) } }
        guard parts.count >= 4, parts[0].count == 2, parts[0] != "ff", parts[0] != "00" || parts.count == 4, parts[1].count == 32,
            parts[2].count == 16, parts[3].count == 2, parts[..<4].allSatisfy(isHexadecimal), parts[1].contains(where: { $0 != "0" }),
            parts[2].contains(where: { $0 != "0" })
        else { return nil }
        return String(parts[1])
    }
}
