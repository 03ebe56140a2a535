/// The minimum and maximum of a kind.
struct Bounds: Sendable, Equatable {
    let least: Int64
    let greatest: Int64

    var range: ClosedRange<Int64> { least...greatest }

    /// Likelihoods, renewal rates and taxes.
    static let percent = Bounds(least: 0, greatest: 100)
    /// Units of a service.
    static let quantity = Bounds(least: 0, greatest: 1_000_000_000)
    static let employees = Bounds(least: 0, greatest: 10_000_000)
    /// Lengths and cycles.
    static let months = Bounds(least: 0, greatest: 1_200)
    /// Days until an invoice is due.
    static let days = Bounds(least: 0, greatest: 3_650)
    static let year = Bounds(least: 0, greatest: 9_999)
    /// The size of a file. Beyond it, JSON numbers are not exact.
    static let bytes = Bounds(least: 0, greatest: 9_007_199_254_740_991)
    /// Degrees.
    static let latitude = Bounds(least: -90, greatest: 90)
    static let longitude = Bounds(least: -180, greatest: 180)
    /// The offset of a time zone from UTC, in hours.
    static let offset = Bounds(least: -14, greatest: 14)

    init(least: Int64, greatest: Int64) {
        self.least = least
        self.greatest = greatest
    }

    init(_ range: ClosedRange<Int64>) { self.init(least: range.lowerBound, greatest: range.upperBound) }

    func normal(_ given: Int64) throws(ValueRefusal) -> Int64 {
        guard range.contains(given) else { throw refusal }
        return given
    }

    func normal(_ given: Double) throws(ValueRefusal) -> Double {
        guard given >= Double(least), given <= Double(greatest) else { throw refusal }
        return given
    }

    var refusal: ValueRefusal {
        ValueRefusal(.outOfRange, "must be from \(least.grouped) to \(greatest.grouped)")
    }
}

extension Int64 {
    /// With a comma after every three digits.
    var grouped: String {
        var digits = String(magnitude)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        groups.insert(digits, at: 0)
        return (self < 0 ? "-" : "") + groups.joined(separator: ",")
    }
}
