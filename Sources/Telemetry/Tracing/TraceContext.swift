/// Where a request belongs in a trace, according to its client. W3C Trace Context.
public struct TraceContext: Sendable, Equatable {
    /// 32 hexadecimal digits.
    public let traceID: String
    /// The client's span: 16 hexadecimal digits.
    public let spanID: String
    /// Whether the client records it.
    public let isSampled: Bool
    /// `tracestate`, passed on unchanged; at most 512 of the characters that the header allows.
    public var state = ""

    /// Reads `traceparent`: `version-trace-parent-flags`. Nil when it is malformed (section 3.2).
    public init?(header: String) {
        let parts = header.split(separator: "-", omittingEmptySubsequences: false)
        let isHexadecimal = { (text: Substring) in text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) } }
        guard parts.count >= 4, parts[0].count == 2, parts[0] != "ff", parts[0] != "00" || parts.count == 4, parts[1].count == 32,
            parts[2].count == 16, parts[3].count == 2, parts[..<4].allSatisfy(isHexadecimal), parts[1].contains(where: { $0 != "0" }),
            parts[2].contains(where: { $0 != "0" }), let flags = UInt8(parts[3], radix: 16)
        else { return nil }
        traceID = String(parts[1])
        spanID = String(parts[2])
        isSampled = flags & 1 == 1
    }

    /// With `tracestate`, which is dropped if malformed.
    public init?(header: String, state: String?) {
        self.init(header: header)
        if let state, state.utf8.count <= 512, state.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { self.state = state }
    }
}
