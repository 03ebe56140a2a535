import TestSupport
import Testing

@testable import CustomerOS

/// What invoices bill, to the cent.
@Suite("Bills")
struct BillTests {
    private static let january = InvoicePeriod(start: Day(year: 2024, month: 1, day: 1), end: Day(year: 2024, month: 1, day: 31))
    /// The rest of April.
    private static let april = InvoicePeriod(start: Day(year: 2024, month: 4, day: 16), end: Day(year: 2024, month: 4, day: 30))

    private static func version(
        _ billed: BilledType, _ price: String, _ quantity: Int64 = 1, tax: String = "0", start: Day = january.start,
        end: Day? = nil, service: String? = nil, isCanceled: Bool = false, isPaused: Bool = false, isInvoiced: Bool = false
    ) throws -> BilledVersion {
        BilledVersion(
            id: "\(billed) \(price) \(quantity) \(start)", service: service ?? "\(billed) \(price)", billed: billed,
            price: try #require(Decimals(price, count: BilledVersion.priceDigits)), quantity: quantity,
            taxRate: try #require(Decimals(tax, count: BilledVersion.taxDigits)), start: start, end: end, isCanceled: isCanceled,
            isPaused: isPaused, isInvoiced: isInvoiced)
    }

    private static func bill(
        _ versions: [BilledVersion], months: Int = 1, isPostpaid: Bool = false, of period: InvoicePeriod? = nil,
        in unit: Money.Unit = .cent
    ) throws -> Bill {
        try Bill(
            of: period ?? InvoicePeriod(from: january.start, months: months), months: months, isPostpaid: isPostpaid, versions, in: unit)
    }

    /// As `300.00 40.00 340.00 2`: net, tax, total and the number of lines.
    private static func text(_ bill: Bill) -> String { "\(bill.net) \(bill.tax) \(bill.total) \(bill.lines.count)" }

    // MARK: Cycles

    @Test(
        "a price covers its own months",
        arguments: [
            (BilledType.annually, "1200", 1, [(1, "100.00"), (3, "300.00"), (12, "1200.00")]),
            (.annually, "1200", 2, [(12, "2400.00")]),
            (.quarterly, "300", 1, [(1, "100.00"), (3, "300.00"), (12, "1200.00")]),
            (.monthly, "100", 1, [(12, "1200.00"), (6, "600.00")]),
        ])
    func months(_ billed: BilledType, _ price: String, _ quantity: Int64, _ nets: [(Int, String)]) throws {
        for (months, net) in nets {
            #expect(try Self.bill([Self.version(billed, price, quantity)], months: months).net.description == net)
        }
    }

    @Test(
        "all services are summed up, before and after the cycle",
        arguments: [("100", Int64(1), "129.00 0.00 129.00 3"), ("100", 0, "29.00 0.00 29.00 2"), ("0", 1, "29.00 0.00 29.00 3")])
    func sums(_ price: String, _ quantity: Int64, _ text: String) throws {
        let versions = [
            try Self.version(.monthly, price, quantity), try Self.version(.monthly, "10", 2), try Self.version(.once, "3", 3),
        ]
        #expect(Self.text(try Self.bill(versions)) == text)
        #expect(Self.text(try Self.bill(versions, isPostpaid: true)) == text)
    }

    @Test("each line has its tax")
    func tax() throws {
        let two = try Self.bill([Self.version(.monthly, "100", tax: "20"), Self.version(.monthly, "100", 2, tax: "10", service: "b")])
        #expect(Self.text(two) == "300.00 40.00 340.00 2")
        #expect(Self.text(try Self.bill([Self.version(.monthly, "0.33333", tax: "10")])) == "0.33 0.03 0.36 1")
    }

    @Test("usage and nothing are not billed")
    func unbilled() throws {
        let versions = [try Self.version(.monthly, "100"), try Self.version(.usage, "100"), try Self.version(.none, "100")]
        #expect(Self.text(try Self.bill(versions)) == "100.00 0.00 100.00 1")
    }

    @Test("currencies without decimals are billed in whole units, line by line")
    func wholeUnits() throws {
        let versions = [
            try Self.version(.annually, "100", tax: "8"), try Self.version(.annually, "1000", 3, tax: "8"),
        ]
        // 8.33 and 83.33 for a month.
        let bill = try Self.bill(versions, in: Money.Unit(currency: "JPY"))
        #expect(bill.lines.map(\.price.description) == ["8.00", "83.00"])
        #expect(Self.text(bill) == "257.00 21.00 278.00 2")
        #expect(Self.text(try Self.bill(versions, in: Money.Unit(currency: "EUR"))) == "258.32 20.67 278.99 2")
    }

    @Test("the version in force on the first day is billed, or on the last if billed afterwards")
    func versions() throws {
        let (february, middle) = (Self.january.end + 1, Self.january.start + 14)
        let versions = [
            try Self.version(.monthly, "1", end: middle, service: "a"), try Self.version(.monthly, "2", start: middle, service: "a"),
            try Self.version(.monthly, "4", start: february, service: "b"),
        ]
        #expect(try Self.bill(versions).net.description == "1.00")
        #expect(try Self.bill(versions, isPostpaid: true).net.description == "2.00")
        #expect(try Self.bill(versions, of: InvoicePeriod(from: february, months: 1)).net.description == "6.00")
        // A service that begins on the last day is billed afterwards.
        let late = [
            try Self.version(.monthly, "1", start: Self.january.end), try Self.version(.monthly, "2"),
            try Self.version(.monthly, "4", start: february),
        ]
        #expect(Self.text(try Self.bill(late, isPostpaid: true)) == "3.00 0.00 3.00 2")
    }

    @Test("what is paused, canceled, over, negative or already billed once is not billed")
    func skipped() throws {
        let start = Self.january.start
        #expect(try Self.bill([Self.version(.monthly, "1", isPaused: true)]).lines.isEmpty)
        #expect(try Self.bill([Self.version(.monthly, "1", -1)]).lines.isEmpty)
        #expect(try Self.bill([Self.version(.monthly, "-1")]).lines.isEmpty)
        #expect(try Self.bill([Self.version(.once, "-1")]).net.description == "-1.00")
        #expect(try Self.bill([Self.version(.monthly, "1", start: start - 9, end: start)]).lines.isEmpty)
        #expect(try Self.bill([Self.version(.once, "1", start: start - 9, end: start - 1)]).lines.isEmpty)
        #expect(try Self.bill([Self.version(.once, "1", start: Self.january.end)]).lines.count == 1)
        #expect(try Self.bill([Self.version(.once, "1", start: Self.january.end + 1)]).lines.isEmpty)
        #expect(try Self.bill([Self.version(.once, "1", isInvoiced: true)]).lines.isEmpty)
        #expect(try Self.bill([Self.version(.monthly, "1", isInvoiced: true)]).lines.count == 1)
        let closed = [
            try Self.version(.monthly, "1", service: "a"), try Self.version(.monthly, "2", service: "a", isCanceled: true),
            try Self.version(.monthly, "4", service: "b"),
        ]
        #expect(try Self.bill(closed).net.description == "4.00")
    }

    // MARK: Between cycles

    private static func added(_ versions: [BilledVersion], invoiced: [BilledVersion] = []) throws -> Bill {
        try Bill(
            between: april, invoiced: Dictionary(invoiced.map { ($0.service, $0) }) { first, _ in first }, versions, in: .cent)
    }

    @Test("a new service is billed until the next cycle, and one of once in full")
    func new() throws {
        #expect(Self.text(try Self.added([Self.version(.annually, "365", start: Self.april.start - 1)])) == "15.00 0.00 15.00 1")
        #expect(Self.text(try Self.added([Self.version(.once, "365", start: Self.april.start - 1)])) == "365.00 0.00 365.00 1")
        #expect(try Self.added([Self.version(.once, "365", start: Self.april.start - 1, isInvoiced: true)]).lines.isEmpty)
    }

    @Test("what has grown is billed by the difference, and what has shrunk is not billed")
    func grown() throws {
        let start = Self.april.start - 1
        let before = try Self.version(.annually, "365", start: Self.january.start, end: start, service: "a", isInvoiced: true)
        let more = try Self.version(.annually, "365", 3, tax: "50", start: start, service: "a", isInvoiced: true)
        let less = try Self.version(.annually, "36.5", start: start, service: "a", isInvoiced: true)
        #expect(Self.text(try Self.added([before, more], invoiced: [before])) == "30.00 15.00 45.00 1")
        #expect(try Self.added([before, less], invoiced: [before]).lines.isEmpty)
        #expect(try Self.added([before, more], invoiced: [more]).lines.isEmpty)
    }

    // MARK: Properties

    @Test("amounts are rounded half away from zero, and totals are the sums of lines")
    func rounding() throws {
        var numbers = RandomSource(seed: 20_240_229)
        for _ in 0..<3_000 {
            let unit = numbers.pick([Money.Unit.cent, .whole])
            let step: Int128 = unit == .cent ? 1 : 100
            let versions = try (0..<numbers.number(below: 6)).map { index in
                try Self.version(
                    numbers.pick(BilledType.allCases), "\(numbers.number(below: 100_000)).\(numbers.number(below: 100))",
                    Int64(numbers.number(below: 1_000)), tax: "\(numbers.number(below: 101))", service: "\(index)")
            }
            let months = numbers.pick([1, 2, 3, 6, 12, 36])
            let bill = try Self.bill(versions, months: months, in: unit)
            let byID = Dictionary(versions.map { ($0.id, $0) }) { first, _ in first }
            for line in bill.lines {
                let version = try #require(byID[line.version])
                let own = Int128(version.billed.months ?? months)
                // Distances from the exact value are at most half of the smallest unit.
                let price = Int128(line.price.hundredths) * own * 10_000 - Int128(version.price.units) * Int128(months)
                #expect(2 * price.magnitude <= (own * 10_000 * step).magnitude)
                #expect(line.net.hundredths == line.price.hundredths * line.quantity)
                let tax = Int128(line.tax.hundredths) * 10_000 - Int128(line.net.hundredths) * Int128(version.taxRate.units)
                #expect(2 * tax.magnitude <= (10_000 * step).magnitude)
                #expect(Int128(line.tax.hundredths) % step == 0 && Int128(line.price.hundredths) % step == 0)
            }
            #expect(bill.net.hundredths == bill.lines.reduce(0) { $0 + $1.net.hundredths })
            #expect(bill.tax.hundredths == bill.lines.reduce(0) { $0 + $1.tax.hundredths })
            #expect(bill.total.hundredths == bill.net.hundredths + bill.tax.hundredths)
        }
    }

    @Test(
        "a tie goes away from zero",
        arguments: [("0.005", "0.01"), ("-0.005", "-0.01"), ("0.004999", "0.00"), ("-0.004999", "0.00"), ("1.015", "1.02")])
    func ties(_ price: String, _ rounded: String) throws {
        #expect(try Self.bill([Self.version(.once, price)]).net.description == rounded)
    }

    @Test("an amount that JSON could not hold exactly is refused")
    func tooGreat() throws {
        #expect(throws: ValueRefusal.self) { try Self.bill([Self.version(.monthly, "1000000000000", 1_000_000_000)]) }
        #expect(try Self.bill([Self.version(.monthly, "1000000000000", 1_000)]).net.description == "1000000000000000.00")
    }

    @Test(
        "decimals are read and written as PostgreSQL does",
        arguments: [
            ("0", "0.00"), ("-0.5", "-0.50"), ("12.3", "12.30"), ("-1234567.89", "-1234567.89"), (".5", nil), ("1.234", nil), ("", nil),
            ("1e3", nil), ("1.", nil),
        ])
    func decimals(_ text: String, _ written: String?) {
        #expect(Decimals(text, count: 2)?.description == written)
    }
}
