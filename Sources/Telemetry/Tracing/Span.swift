/// A piece of work within a trace, as it is exported. It holds no key, variables or document.
public struct Span: Sendable {
    /// The numbers of OpenTelemetry's protocol.
    public enum Kind: Int, Sendable {
        case `internal` = 1
        case server = 2
        case client = 3
    }

    public enum Value: Sendable, Equatable {
        case text(String)
        case integer(Int)
    }

    public typealias Attribute = (name: String, value: Value)

    public let traceID: String
    public let spanID: String
    /// Empty for the first span of a trace.
    public let parentID: String
    public let traceState: String
    public let name: String
    public let kind: Kind
    /// Nanoseconds of the Unix epoch.
    public let start: UInt64
    public let end: UInt64
    public let attributes: [Attribute]
    public let hasFailed: Bool
}
