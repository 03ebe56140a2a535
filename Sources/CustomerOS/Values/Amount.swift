/// Amounts of money and prices: as many decimals as the currency has.
enum Amount {
    static let bounds = Bounds(least: -1_000_000_000_000, greatest: 1_000_000_000_000)
    /// Beyond it, a computed figure is no longer exact in JSON.
    static let greatestComputed = Bounds(least: -1_000_000_000_000_000, greatest: 1_000_000_000_000_000)

    /// The largest error that binary arithmetic may leave in the intended digits.
    private static let noise = 0.000_001

    static func normal(_ given: Double) throws(ValueRefusal) -> Double {
        let amount = try bounds.normal(given)
        let rounded = (amount * 100).rounded() / 100
        guard (amount - rounded).magnitude <= min(2 * rounded.ulp, noise) else {
            throw ValueRefusal(.tooPrecise, "must have at most two digits behind the point")
        }
        // Minus zero is zero.
        return rounded == 0 ? 0 : rounded
    }

    /// Whether an amount, which has at most two decimals, has no more than its currency.
    static func check(_ amount: Double, in currency: String) throws(ValueRefusal) {
        guard Currency.hasDecimals(currency) || amount == amount.rounded() else {
            throw ValueRefusal(.tooPrecise, "must be a whole number: \(currency) has no decimals")
        }
    }
}
