/// A version of a service, as an invoice bills it.
struct BilledVersion: Sendable {
    let id: String
    let service: String
    let billed: BilledType
    /// Of one unit, with `priceDigits`.
    let price: Decimals
    let quantity: Int64
    /// Percent, with `taxDigits`.
    let taxRate: Decimals
    let start: Day
    /// The day on which the next version begins, or the service ends.
    let end: Day?
    let isCanceled: Bool
    let isPaused: Bool
    /// Whether its service is on an invoice that is neither void nor a dry run.
    let isInvoiced: Bool

    /// The digits behind the point.
    static let priceDigits = 6
    static let taxDigits = 2

    func isInForce(on day: Day) -> Bool { start <= day && end.map { $0 > day } ?? true }

    /// Whether any day could be billed.
    var isBillable: Bool {
        !isPaused && quantity > 0 && (billed == .once ? !isInvoiced : billed.months != nil && price.units >= 0)
    }

    /// The price of one unit for some months; of what is billed once, its price.
    /// - Throws: `ValueRefusal` if it is too great.
    func unitPrice(months: Int, in unit: Money.Unit) throws(ValueRefusal) -> Money {
        let millionths = Int128(price.units)
        guard let own = billed.months else { return try Money(millionths, over: 10_000, in: unit) }
        return try Money(millionths * Int128(months), over: 10_000 * Int128(own), in: unit)
    }

    /// The price of all units for some days of a year; nothing for what is billed once.
    /// - Throws: `ValueRefusal` if it is too great.
    func share(days: Int, in unit: Money.Unit) throws(ValueRefusal) -> Money {
        guard let own = billed.months else { return .zero }
        let millionths = Int128(price.units) * Int128(quantity) * Int128(12 / own)
        return try Money(millionths * Int128(days), over: 10_000 * 365, in: unit)
    }
}
