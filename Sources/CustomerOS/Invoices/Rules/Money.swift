/// An amount of money, exact to its hundredths.
struct Money: Hashable, Comparable, Sendable {
    let hundredths: Int64

    static let zero = Money(hundredths: 0)

    init(hundredths: Int64) { self.hundredths = hundredths }

    /// A quotient of hundredths, rounded half away from zero to the smallest unit of the currency.
    /// - Throws: `ValueRefusal` if it is too great to be exact in JSON.
    init(_ hundredths: Int128, over divisor: Int128, in unit: Unit) throws(ValueRefusal) {
        let divisor = divisor * Int128(unit.hundredths)
        let half = hundredths < 0 ? -divisor : divisor
        let rounded = (2 * hundredths + half) / (2 * divisor) * Int128(unit.hundredths)
        guard let amount = Int64(exactly: rounded), Self.range.contains(amount) else { throw Amount.greatestComputed.refusal }
        self.hundredths = amount
    }

    private static let range = (Amount.greatestComputed.least * 100)...(Amount.greatestComputed.greatest * 100)

    /// - Throws: `ValueRefusal` if the sum is too great to be exact in JSON.
    static func sum(_ amounts: some Sequence<Money>) throws(ValueRefusal) -> Money {
        let sum = amounts.reduce(0) { $0 + Int128($1.hundredths) }
        return try Money(sum, over: 1, in: .cent)
    }

    static func < (left: Money, right: Money) -> Bool { left.hundredths < right.hundredths }

    /// The smallest unit in which a currency is billed.
    enum Unit: Sendable {
        case cent
        /// For currencies without decimals.
        case whole

        init(currency: String) { self = Currency.hasDecimals(currency) ? .cent : .whole }

        fileprivate var hundredths: Int64 {
            switch self {
            case .cent: 1
            case .whole: 100
            }
        }
    }
}

extension Money: CustomStringConvertible {
    /// `-12.30`
    var description: String { Decimals(units: hundredths, count: 2).description }
}
