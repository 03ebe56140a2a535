internal import GraphQL
internal import Records

/// Points in time: RFC 3339, checked in UTC after rounding to microseconds, as they are stored.
enum Moment {
    /// The zero time of Go programs, which clears a contract's date.
    static let none = "0001-01-01T00:00:00Z"

    /// - Returns: The time in UTC, in the common format.
    static func normal(_ given: String) throws(ValueRefusal) -> String {
        do { return try Time.normal(given) } catch { throw ValueRefusal(error) }
    }

    /// If a day is meant, a date is accepted: the midnight in UTC at which the day begins.
    static func day(_ given: String) throws(ValueRefusal) -> String {
        guard let moment = RFC3339(date: given) ?? RFC3339(dateTime: given) else {
            throw ValueRefusal(.malformed, "must be a date such as 2026-03-31, or an RFC 3339 date-time")
        }
        return try text(moment)
    }

    /// For upper bounds: truncated to microseconds, since rounding could yield the next event's time.
    static func before(_ given: String) throws(ValueRefusal) -> String {
        let rounded = try normal(given)
        return RFC3339(dateTime: given, rounds: false)?.text ?? rounded
    }

    private static func text(_ moment: RFC3339) throws(ValueRefusal) -> String {
        do { return try Time.normal(moment) } catch { throw ValueRefusal(error) }
    }
}

extension ValueRefusal {
    fileprivate init(_ problem: Time.Problem) {
        self.init(problem == .malformed ? .malformed : .outOfRange, problem.explanation)
    }
}
