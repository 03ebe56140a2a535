import TestSupport
import Testing

@testable import CustomerOS

/// Days, cycles and their dates.
@Suite("Periods of invoices")
struct InvoicePeriodTests {
    static func day(_ text: String) throws -> Day { try #require(Day(text)) }

    /// As `01-30…02-29`, with years.
    private static func text(_ period: InvoicePeriod) -> String { "\(period.start)…\(period.end)" }

    @Test("days count as in the calendar")
    func days() throws {
        var (year, month, day) = (1999, 1, 1)
        var number = try Self.day("1999-01-01").number
        while year < 2105 {
            let found = Day(number: number)
            try #require((found.year, found.month, found.day) == (year, month, day))
            try #require(Day(found.text) == found)
            try #require(Day(year: year, month: month, day: day) == found)
            number += 1
            day += 1
            let leaps = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
            if day > [31, leaps ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
    }

    @Test(
        "a day that the month does not have runs over",
        arguments: [
            ("2023-01-31", 1, "2023-03-03"), ("2024-01-31", 1, "2024-03-02"), ("2024-02-29", 12, "2025-03-01"),
            ("2024-10-31", 4, "2025-03-03"), ("2024-12-31", 0, "2024-12-31"), ("2024-03-31", 1, "2024-05-01"),
        ])
    func months(_ start: String, _ months: Int, _ later: String) throws {
        #expect(try Self.day(start).later(months: months).text == later)
    }

    @Test(
        "cycles keep their day, even if February lacks it",
        arguments: [
            ("2024-01-30", 1, ["2024-01-30…2024-02-29", "2024-03-01…2024-03-29", "2024-03-30…2024-04-29", "2024-04-30…2024-05-29"]),
            ("2024-01-31", 1, ["2024-01-31…2024-03-01", "2024-03-02…2024-04-01", "2024-04-02…2024-05-01"]),
            ("2023-11-30", 3, ["2023-11-30…2024-02-29", "2024-03-01…2024-05-29", "2024-05-30…2024-08-29"]),
            ("2024-02-29", 12, ["2024-02-29…2025-02-28", "2025-03-01…2026-02-28"]),
            ("2023-06-01", 1, ["2023-06-01…2023-06-30", "2023-07-01…2023-07-31"]),
        ])
    func cycles(_ start: String, _ months: Int, _ periods: [String]) throws {
        var schedule = InvoiceSchedule(
            months: months, next: nil, begins: try Self.day(start), ends: nil, previous: nil, isPostpaid: false)
        for period in periods {
            let cycle = try #require(schedule.cycle)
            #expect(Self.text(cycle) == period)
            schedule = schedule.after(cycle)
        }
    }

    @Test("an invoice that a client asks for ends with its own cycle")
    func asked() throws {
        #expect(Self.text(InvoicePeriod(from: try Self.day("2024-03-01"), months: 1)) == "2024-03-01…2024-03-31")
    }

    @Test("cycles cover every day once, and are billed alike day by day or after an outage of any length")
    func outages() throws {
        var numbers = RandomSource(seed: 20_261_130)
        for _ in 0..<300 {
            let begins = try Self.day("2023-01-01") + numbers.number(below: 500)
            let ends = numbers.chance(50) ? begins + numbers.number(below: 1_300) : nil
            let start = InvoiceSchedule(
                months: numbers.pick([1, 1, 2, 3, 6, 12, 24]), next: nil, begins: begins, ends: ends, previous: nil,
                isPostpaid: numbers.chance(50))
            let last = begins + 1_100
            var (daily, late) = (Ledger(start), Ledger(start))
            var today = begins - 3
            while today <= last {
                daily.bill(on: today)
                if numbers.chance(2) { late.bill(on: today) }
                today = today + 1
            }
            late.bill(on: last)
            try #require(daily.cycles == late.cycles)
            #expect(daily.cycles.first.map { $0.start == begins } ?? true)
            for (cycle, next) in zip(daily.cycles, daily.cycles.dropFirst()) { try #require(next.start == cycle.end + 1) }
            // Nothing that is due is missing.
            let covered = daily.cycles.last?.end
            if let covered, !start.isPostpaid, ends.map({ $0 > last }) ?? true { #expect(covered >= last) }
        }
    }

    private struct Ledger {
        var schedule: InvoiceSchedule
        var cycles: [InvoicePeriod] = []

        init(_ schedule: InvoiceSchedule) { self.schedule = schedule }

        mutating func bill(on today: Day) {
            while let cycle = schedule.due(on: today) {
                cycles.append(cycle)
                schedule = schedule.after(cycle)
            }
        }
    }

    @Test("a contract is billed while it runs, before or after its cycles")
    func due() throws {
        let (start, end) = (try Self.day("2024-05-01"), try Self.day("2024-05-31"))
        func schedule(postpaid: Bool = false, ends: Day? = nil, months: Int = 1, begins: Day?) -> InvoiceSchedule {
            InvoiceSchedule(months: months, next: nil, begins: begins, ends: ends, previous: nil, isPostpaid: postpaid)
        }
        #expect(schedule(begins: start).due(on: start - 1) == nil)
        #expect(schedule(begins: start).due(on: start)?.end == end)
        #expect(schedule(postpaid: true, begins: start).due(on: end) == nil)
        #expect(schedule(postpaid: true, begins: start).due(on: end + 1)?.end == end)
        #expect(schedule(ends: start, begins: start).due(on: end) == nil)
        #expect(schedule(ends: start + 1, begins: start).due(on: end) != nil)
        #expect(schedule(months: 0, begins: start).due(on: end) == nil)
        #expect(schedule(begins: nil).due(on: end) == nil)
    }

    @Test("between two cycles, the rest of the current one is billed")
    func offCycle() throws {
        let next = try Self.day("2024-05-01")
        func period(_ today: Day, postpaid: Bool = false) -> InvoicePeriod? {
            InvoiceSchedule(months: 1, next: next, begins: nil, ends: nil, previous: nil, isPostpaid: postpaid).offCycle(on: today)
        }
        #expect(period(try Self.day("2024-04-16")).map(Self.text) == "2024-04-16…2024-04-30")
        #expect(period(next - 1).map(Self.text) == "2024-04-30…2024-04-30")
        #expect(period(next) == nil)
        #expect(period(next - 5, postpaid: true) == nil)
    }

    @Test("a dry run is issued when its period is billed")
    func dates() throws {
        let period = InvoicePeriod(start: try Self.day("2024-02-01"), end: try Self.day("2024-02-29"))
        #expect(InvoiceDates(on: period.end, dueDays: 0).due == period.end)
        #expect(InvoiceDates(of: period, isPostpaid: false, dueDays: 14).due.text == "2024-02-15")
        #expect(InvoiceDates(of: period, isPostpaid: true, dueDays: 14).issued.text == "2024-03-01")
        #expect(InvoiceDates(of: period, isPostpaid: true, dueDays: 14).due.text == "2024-03-15")
        #expect(InvoiceDates(simulating: period, dueDays: 14).issued.text == "2024-02-01")
        #expect(InvoiceDates(simulating: period, dueDays: 14).due.text == "2024-03-14")
    }
}
