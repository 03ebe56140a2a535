internal import Postgres
internal import Records

/// What a change does with a contract's day.
enum DayChange: Hashable, Sendable {
    case kept, cleared
    case set(Time)

    /// The day in UTC, such as `2024-05-01`, if one is set. Days sort like their texts.
    var day: Substring? { if case .set(let time) = self { time.day } else { nil } }
}

extension DayChange: ParameterValue {
    static var cast: SQL { "text" }

    /// Null keeps the day, the empty text clears it.
    var parameter: Parameter {
        switch self {
        case .kept: .null
        case .cleared: .text("")
        case .set(let time): time.parameter
        }
    }
}
