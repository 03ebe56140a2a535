/// Which requests are traced, by the names of OpenTelemetry's specification ("SDK configuration",
/// `OTEL_TRACES_SAMPLER`).
public enum TraceSampler: Sendable, Equatable {
    case alwaysOn, alwaysOff
    /// A ratio of the traces, the same ones in every program.
    case ratio(Double)
    /// As the client decided; if it did not, by the ratio.
    case parentBased(ratio: Double)

    public static let names = [
        "always_on", "always_off", "traceidratio", "parentbased_always_on", "parentbased_always_off", "parentbased_traceidratio",
    ]

    /// Nil if there is no such sampler.
    public init?(name: String, ratio: Double) {
        switch name {
        case "always_on": self = .alwaysOn
        case "always_off": self = .alwaysOff
        case "traceidratio": self = .ratio(ratio)
        case "parentbased_always_on": self = .parentBased(ratio: 1)
        case "parentbased_always_off": self = .parentBased(ratio: 0)
        case "parentbased_traceidratio": self = .parentBased(ratio: ratio)
        default: return nil
        }
    }

    func samples(_ traceID: String, parent: TraceContext?) -> Bool {
        switch self {
        case .alwaysOn: true
        case .alwaysOff: false
        case .ratio(let ratio): Self.isWithin(ratio, traceID)
        case .parentBased(let ratio): parent?.isSampled ?? Self.isWithin(ratio, traceID)
        }
    }

    /// As other programs do: by the last 63 bits of the trace.
    private static func isWithin(_ ratio: Double, _ traceID: String) -> Bool {
        if ratio >= 1 { return true }
        guard ratio > 0, let number = UInt64(traceID.suffix(16), radix: 16) else { return false }
        return number >> 1 < UInt64(ratio * 0x1p63)
    }
}
