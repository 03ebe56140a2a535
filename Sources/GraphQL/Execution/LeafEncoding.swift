/// How a cell's text becomes JSON. The texts are PostgreSQL's with `DateStyle` ISO and `TimeZone` UTC; other sources
/// format their cells the same way.
public indirect enum LeafEncoding: Sendable, Equatable {
    /// Any text, escaped.
    case text
    /// Text that never needs escaping, such as a UUID.
    case identifier
    /// `Int`: digits; an error outside 32 bits.
    case int
    /// Digits as they are: Int64.
    case int64
    /// `Float`: any decimal text; trailing zeros of a fraction are dropped; an error if it is not finite.
    case float
    /// `t` or `f`.
    case boolean
    /// `2024-05-01 12:30:00.25+00` → `"2024-05-01T12:30:00.25Z"`.
    case time
    /// The name of a value of the field's enum type; an error if there is no such value.
    case enumeration
    /// JSON as it is.
    case json
    /// A PostgreSQL array, `{a,"b c",NULL}`, of such elements.
    case array(LeafEncoding)
}
