/// What an invoice bills: the only place that decides it. Its totals are the sums of its lines.
struct Bill: Hashable, Sendable {
    let lines: [BilledLine]
    let net: Money
    let tax: Money
    let total: Money

    private init(_ lines: [BilledLine]) throws(ValueRefusal) {
        self.lines = lines
        net = try Money.sum(lines.lazy.map(\.net))
        tax = try Money.sum(lines.lazy.map(\.tax))
        total = try Money.sum([net, tax])
    }

    /// What is to be paid; nil without lines.
    var amount: Money? { lines.isEmpty ? nil : total }

    /// A cycle: the versions in force when it begins, or when it ends if the tenant bills afterwards. A closed service
    /// is not billed.
    /// - Parameter months: Of the cycle.
    /// - Throws: `ValueRefusal` if an amount is too great.
    init(
        of cycle: InvoicePeriod, months: Int, isPostpaid: Bool, _ versions: [BilledVersion], in unit: Money.Unit
    ) throws(ValueRefusal) {
        let day = isPostpaid ? cycle.end : cycle.start
        var lines: [BilledLine] = []
        for version in Self.billable(versions) {
            let isBilled =
                version.billed == .once
                ? version.start <= cycle.end && version.end.map { $0 >= day } ?? true : version.isInForce(on: day)
            guard isBilled else { continue }
            let price = try version.unitPrice(months: months, in: unit)
            lines.append(try BilledLine(version, price: price, quantity: version.quantity, in: unit))
        }
        try self.init(lines)
    }

    /// What is billed between two cycles: new services, and by how much others have grown, from the start of their
    /// version to the next cycle. Such a difference is one unit.
    /// - Parameter invoiced: The version of each service that is billed for these days already.
    /// - Throws: `ValueRefusal` if an amount is too great.
    init(
        between period: InvoicePeriod, invoiced: [String: BilledVersion], _ versions: [BilledVersion], in unit: Money.Unit
    ) throws(ValueRefusal) {
        var lines: [BilledLine] = []
        for version in Self.billable(versions) where version.isInForce(on: period.start) {
            guard version.billed != .once else {
                let price = try version.unitPrice(months: 0, in: unit)
                lines.append(try BilledLine(version, price: price, quantity: version.quantity, in: unit))
                continue
            }
            let days = period.end - version.start
            let billed = try invoiced[version.service]?.share(days: days, in: unit) ?? .zero
            let added = Money(hundredths: try version.share(days: days, in: unit).hundredths - billed.hundredths)
            if added > .zero { lines.append(try BilledLine(version, price: added, quantity: 1, in: unit)) }
        }
        try self.init(lines)
    }

    private static func billable(_ versions: [BilledVersion]) -> [BilledVersion] {
        let closed = Set(versions.lazy.filter(\.isCanceled).map(\.service))
        return versions.filter { $0.isBillable && !closed.contains($0.service) }
    }
}
