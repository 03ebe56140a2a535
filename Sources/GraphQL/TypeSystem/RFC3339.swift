/// The dates and date-times of RFC 3339, section 5.6.
public struct RFC3339: Sendable, Equatable {
    /// Microseconds since 1970 in UTC. Second 60 is the one after 59.
    public let microseconds: Int64

    /// The first microsecond of the year 1, and the last of the year 9999.
    public static let firstMicrosecond: Int64 = -62_135_596_800_000_000
    public static let lastMicrosecond: Int64 = 253_402_300_799_999_999

    private static let second: Int64 = 1_000_000
    private static let day: Int64 = 86_400 * second

    /// - Parameter rounds: Whether digits beyond microseconds are rounded to nearest, or cut off.
    /// - Returns: nil if the text is not a date-time.
    public init?(dateTime text: String, rounds: Bool = true) {
        var reader = Reader(text)
        guard let day = reader.date(), reader.skip("T") || reader.skip("t") || reader.skip(" "), let hour = reader.number(2), hour < 24,
            reader.skip(":"), let minute = reader.number(2), minute < 60, reader.skip(":"), let second = reader.number(2), second <= 60,
            let fraction = reader.fraction(rounds: rounds), let offset = reader.offset(), reader.isAtEnd
        else { return nil }
        microseconds = day * Self.day + (hour * 3600 + minute * 60 + second - offset * 60) * Self.second + fraction
    }

    /// The midnight in UTC at which a date begins.
    /// - Returns: nil if the text is not a date.
    public init?(date text: String) {
        var reader = Reader(text)
        guard let day = reader.date(), reader.isAtEnd else { return nil }
        microseconds = day * Self.day
    }

    static func isDateTime(_ text: String) -> Bool { RFC3339(dateTime: text) != nil }

    static func isDate(_ text: String) -> Bool { RFC3339(date: text) != nil }

    /// In UTC, with as many fractional digits as needed. The year must have four digits.
    public var text: String {
        let (days, rest) = microseconds.dividedDown(by: Self.day)
        let date = Self.civil(days)
        let (seconds, fraction) = (rest / Self.second, rest % Self.second)
        var digits = fraction == 0 ? "" : "." + Self.padded(fraction, 6)
        while digits.hasSuffix("0") { digits.removeLast() }
        let time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { Self.padded($0, 2) }.joined(separator: ":")
        return "\(Self.padded(date.year, 4))-\(Self.padded(date.month, 2))-\(Self.padded(date.day, 2))T\(time)\(digits)Z"
    }

    private static func padded(_ number: Int64, _ count: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }

    // MARK: Calendar

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970. Years begin in March, so that the leap day is the last; 400 years always have 146,097 days.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let (era, yearOfEra) = (month > 2 ? year : year - 1).dividedDown(by: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The inverse of `days`.
    private static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = (days + 719_468).dividedDown(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (era * 400 + yearOfEra + (month > 2 ? 0 : 1), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    /// Reads the parts of a text in order.
    private struct Reader {
        private var rest: Substring.UTF8View

        init(_ text: String) { rest = text[...].utf8 }

        var isAtEnd: Bool { rest.isEmpty }

        mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard let byte = rest.first, UInt32(byte) == character.value else { return false }
            rest.removeFirst()
            return true
        }

        private mutating func digit() -> Int64? {
            guard let byte = rest.first, (0x30...0x39).contains(byte) else { return nil }
            rest.removeFirst()
            return Int64(byte - 0x30)
        }

        mutating func number(_ length: Int) -> Int64? {
            var value: Int64 = 0
            for _ in 0..<length {
                guard let digit = digit() else { return nil }
                value = value * 10 + digit
            }
            return value
        }

        /// As days since 1970.
        mutating func date() -> Int64? {
            guard let year = number(4), skip("-"), let month = number(2), (1...12).contains(month), skip("-"), let day = number(2),
                day >= 1,
                day <= RFC3339.days(in: month, of: year)
            else { return nil }
            return RFC3339.days(year, month, day)
        }

        /// In microseconds, rounded by the seventh digit.
        mutating func fraction(rounds: Bool) -> Int64? {
            guard skip(".") else { return 0 }
            var value: Int64 = 0
            var count = 0
            while let digit = digit() {
                if count < 6 { value = value * 10 + digit }
                if count == 6, digit >= 5, rounds { value += 1 }
                count += 1
            }
            guard count > 0 else { return nil }
            for _ in min(count, 6)..<6 { value *= 10 }
            return value
        }

        /// In minutes.
        mutating func offset() -> Int64? {
            if skip("Z") || skip("z") { return 0 }
            let isNegative = skip("-")
            guard isNegative || skip("+"), let hours = number(2), hours < 24, skip(":"), let minutes = number(2), minutes < 60 else {
                return nil
            }
            return (isNegative ? -1 : 1) * (hours * 60 + minutes)
        }
    }
}

extension Int64 {
    /// The quotient and the non-negative remainder.
    fileprivate func dividedDown(by divisor: Int64) -> (Int64, Int64) {
        let remainder = self % divisor
        return remainder < 0 ? (self / divisor - 1, remainder + divisor) : (self / divisor, remainder)
    }
}
