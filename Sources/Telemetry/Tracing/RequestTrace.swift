internal import Glibc

/// The spans of one request. Belongs to the thread of the request's loop. Times are nanoseconds of the monotonic clock.
public final class RequestTrace: @unchecked Sendable {
    public let traceID: String
    /// Of the span that covers the whole request.
    public let spanID: String
    private let parent: TraceContext?
    /// From the monotonic clock to the Unix epoch.
    private let offset: UInt64
    private var numbers: SpanNumbers
    private var spans: [Span] = []

    /// - Returns: nil if the sampler drops the request.
    public init?(parent: TraceContext?, sampler: TraceSampler) {
        var numbers = SpanNumbers()
        let traceID = parent?.traceID ?? numbers.next() + numbers.next()
        guard sampler.samples(traceID, parent: parent) else { return nil }
        self.traceID = traceID
        self.parent = parent
        spanID = numbers.next()
        self.numbers = numbers
        offset = Self.nanoseconds(CLOCK_REALTIME) &- Self.nanoseconds(CLOCK_MONOTONIC)
    }

    private static func nanoseconds(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }

    /// Adds a child span to another span, or to the request's own.
    /// - Returns: Its id.
    @discardableResult
    public func add(
        _ name: String, kind: Span.Kind = .internal, from start: UInt64, to end: UInt64, below parentID: String? = nil,
        attributes: [Span.Attribute] = [], hasFailed: Bool = false
    ) -> String {
        let id = numbers.next()
        spans.append(
            Span(
                traceID: traceID, spanID: id, parentID: parentID ?? spanID, traceState: parent?.state ?? "", name: name, kind: kind,
                start: start &+ offset, end: end &+ offset, attributes: attributes, hasFailed: hasFailed))
        return id
    }

    /// All spans, with the request's own.
    public func finish(
        _ name: String, from start: UInt64, to end: UInt64, attributes: [Span.Attribute], hasFailed: Bool
    ) -> [Span] {
        let own = Span(
            traceID: traceID, spanID: spanID, parentID: parent?.spanID ?? "", traceState: parent?.state ?? "", name: name, kind: .server,
            start: start &+ offset, end: end &+ offset, attributes: attributes, hasFailed: hasFailed)
        return [own] + spans
    }

    /// `traceresponse`, by which the client finds the request's span.
    public var responseHeader: String { "00-\(traceID)-\(spanID)-01" }
}

/// Ids of spans: 16 hexadecimal digits, never all zero. One request asks the system for randomness once.
private struct SpanNumbers {
    private var state: UInt64

    init() {
        var generator = SystemRandomNumberGenerator()
        state = generator.next()
    }

    mutating func next() -> String {
        // SplitMix64: distinct for distinct states, and well mixed.
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        value ^= value >> 31
        let digits = String(max(1, value), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
