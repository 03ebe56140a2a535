internal import GraphQL

/// Points in time: RFC 3339, judged in UTC after rounding to microseconds, which is how they are stored.
enum Moment {
    static let allowed = "0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999Z"

    /// What Go programs send for no time; it clears a date of a contract.
    static let none = "0001-01-01T00:00:00Z"

    /// - Returns: The moment in UTC, as times are written everywhere.
    static func normal(_ given: String) throws(ValueRefusal) -> String {
        guard let moment = RFC3339(dateTime: given) else {
            throw ValueRefusal(.malformed, "must be an RFC 3339 date-time such as 2026-03-31T09:30:00Z")
        }
        return try text(moment)
    }

    /// Where a day is meant, a date will do: it is the midnight in UTC that the day begins with.
    static func day(_ given: String) throws(ValueRefusal) -> String {
        guard let moment = RFC3339(date: given) ?? RFC3339(dateTime: given) else {
            throw ValueRefusal(.malformed, "must be a date such as 2026-03-31, or an RFC 3339 date-time")
        }
        return try text(moment)
    }

    /// Where only what happened before is meant: what is finer than a microsecond is cut off, since rounded it could be the next event's time.
    static func before(_ given: String) throws(ValueRefusal) -> String {
        let rounded = try normal(given)
        return RFC3339(dateTime: given, rounds: false)?.text ?? rounded
    }

    private static func text(_ moment: RFC3339) throws(ValueRefusal) -> String {
        guard (RFC3339.firstMicrosecond...RFC3339.lastMicrosecond).contains(moment.microseconds) else {
            throw ValueRefusal(.outOfRange, "must be in the years 1 to 9999 of UTC: from \(allowed)")
        }
        return moment.text
    }
}
