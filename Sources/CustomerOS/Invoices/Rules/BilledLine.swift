/// A line of an invoice.
struct BilledLine: Hashable, Sendable {
    /// `BilledVersion.id`.
    let version: String
    /// Of one unit.
    let price: Money
    let quantity: Int64
    let net: Money
    let tax: Money
    let total: Money

    /// - Throws: `ValueRefusal` if an amount is too great.
    init(_ version: BilledVersion, price: Money, quantity: Int64, in unit: Money.Unit) throws(ValueRefusal) {
        self.version = version.id
        self.price = price
        self.quantity = quantity
        net = try Money(Int128(price.hundredths) * Int128(quantity), over: 1, in: unit)
        tax = try Money(Int128(net.hundredths) * Int128(version.taxRate.units), over: 10_000, in: unit)
        total = try Money.sum([net, tax])
    }
}
