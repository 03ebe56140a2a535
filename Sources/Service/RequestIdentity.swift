internal import HTTP
internal import Synchronization
internal import Telemetry

/// By what a request is found again in logs and traces.
struct RequestIdentity: Sendable {
    /// As the client or a proxy named it, when that is a short word of plain characters; else a new one.
    let requestID: String
    /// Where the client places the request in a trace.
    let parent: TraceContext?

    init(_ request: HTTPRequest) {
        let given = request.field("X-Request-Id")
        requestID = given.flatMap { Self.isPlain($0) ? $0 : nil } ?? Self.next()
        // Section 3.3 of Trace Context: several fields of `tracestate` are one list.
        let state = request.allFields("tracestate").joined(separator: ",")
        parent = request.field("traceparent").flatMap { TraceContext(header: $0, state: state) }
    }

    private static func isPlain(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F
            }
    }

    /// This process, at random, and the number of the request within it: what is random costs a call of the kernel each time.
    private static func next() -> String { process + hexadecimal(count.wrappingAdd(1, ordering: .relaxed).newValue) }

    private static let process = hexadecimal(UInt64.random(in: 0...UInt64.max))
    private static let count = Atomic<UInt64>(0)

    private static func hexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
