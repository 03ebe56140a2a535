internal import GraphQL
internal import Glibc

/// A day in UTC. Contracts, services and invoices count in days.
struct Day: Hashable, Comparable, Sendable {
    /// Days since January 1, 1970.
    let number: Int64

    private static let microseconds: Int64 = 86_400_000_000

    init(number: Int64) { self.number = number }

    /// A day or month that is too great runs over: day 30 of a February is March 1 or 2, month 13 is the next January.
    init(year: Int, month: Int, day: Int) {
        var parts = tm()
        parts.tm_year = Int32(clamping: year - 1900)
        parts.tm_mon = Int32(clamping: month - 1)
        parts.tm_mday = Int32(clamping: day)
        number = Int64(timegm(&parts) / 86_400)
    }

    /// - Parameter text: A date such as `2026-03-31`.
    init?(_ text: String) {
        guard let midnight = RFC3339(date: text) else { return nil }
        number = midnight.microseconds / Self.microseconds
    }

    private var parts: tm {
        var time = time_t(number * 86_400)
        var parts = tm()
        gmtime_r(&time, &parts)
        return parts
    }

    var year: Int { Int(parts.tm_year) + 1900 }
    /// From 1.
    var month: Int { Int(parts.tm_mon) + 1 }
    /// Of the month, from 1.
    var day: Int { Int(parts.tm_mday) }

    /// `2026-03-31`
    var text: String {
        let parts = parts
        let fields = [(Int(parts.tm_year) + 1900, 4), (Int(parts.tm_mon) + 1, 2), (Int(parts.tm_mday), 2)]
        return fields.map { field, width in String(repeating: "0", count: max(0, width - "\(field)".count)) + "\(field)" }
            .joined(separator: "-")
    }

    /// The same day of a later month. A day that the month does not have runs over into the next one: January 31 and
    /// one month is March 2 or 3.
    func later(months: Int) -> Day {
        let parts = parts
        return Day(year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1 + months, day: Int(parts.tm_mday))
    }

    static func < (left: Day, right: Day) -> Bool { left.number < right.number }
    static func + (day: Day, days: Int) -> Day { Day(number: day.number + Int64(days)) }
    static func - (day: Day, days: Int) -> Day { day + -days }
    /// The days from `right` to `left`.
    static func - (left: Day, right: Day) -> Int { Int(left.number - right.number) }
}

extension Day: CustomStringConvertible {
    var description: String { text }
}
