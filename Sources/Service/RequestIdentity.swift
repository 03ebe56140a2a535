internal import HTTP
internal import Synchronization
internal import Telemetry

/// What identifies a request in logs and traces.
struct RequestIdentity: Sendable {
    /// The client's or a proxy's id if it is a short word of plain characters; otherwise a new one.
    let requestID: String
    /// The request's parent in a trace.
    let parent: TraceContext?

    init(_ request: HTTPRequest) {
        let given = request.field("X-Request-Id")
        requestID = given.flatMap { Self.isPlain($0) ? $0 : nil } ?? Self.next()
        // Trace Context section 3.3: several `tracestate` fields form one list.
        let state = request.allFields("tracestate").joined(separator: ",")
        parent = request.field("traceparent").flatMap { TraceContext(header: $0, state: state) }
    }

    private static func isPlain(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F
            }
    }

    /// A random id of this process and the number of the request in it: fresh randomness would cost a system call each
    /// time.
    private static func next() -> String { process + hexadecimal(count.wrappingAdd(1, ordering: .relaxed).newValue) }

    private static let process = hexadecimal(UInt64.random(in: 0...UInt64.max))
    private static let count = Atomic<UInt64>(0)

    private static func hexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
