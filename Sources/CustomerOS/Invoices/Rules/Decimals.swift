/// A decimal number with a fixed number of digits behind the point, as PostgreSQL writes and reads it.
struct Decimals: Hashable, Sendable, CustomStringConvertible {
    /// The number without its point.
    let units: Int64
    /// The digits behind the point.
    let count: Int

    init(units: Int64, count: Int) {
        self.units = units
        self.count = count
    }

    /// - Returns: nil if the text is not a decimal number with at most `count` digits behind the point.
    init?(_ text: String, count: Int) {
        let isNegative = text.hasPrefix("-")
        let parts = text.dropFirst(isNegative ? 1 : 0).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty }), let whole = parts.first else { return nil }
        let fraction = parts.count == 2 ? parts[1] : ""
        let digits = whole + fraction + String(repeating: "0", count: max(0, count - fraction.utf8.count))
        guard fraction.utf8.count <= count, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let units = Int64(digits)
        else { return nil }
        self.init(units: isNegative ? -units : units, count: count)
    }

    var description: String {
        let digits = String(units.magnitude)
        let padded = String(repeating: "0", count: max(0, count + 1 - digits.count)) + digits
        return (units < 0 ? "-" : "") + padded.dropLast(count) + (count > 0 ? "." : "") + padded.suffix(count)
    }
}
