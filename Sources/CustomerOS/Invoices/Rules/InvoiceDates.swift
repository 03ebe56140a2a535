/// When an invoice is issued and due.
struct InvoiceDates: Hashable, Sendable {
    let issued: Day
    let due: Day

    /// An invoice that is issued today.
    init(on today: Day, dueDays: Int) {
        issued = today
        due = today + dueDays
    }

    /// A preview or another dry run: as if it were issued when its period is billed.
    init(of period: InvoicePeriod, isPostpaid: Bool, dueDays: Int) {
        self.init(on: isPostpaid ? period.end + 1 : period.start, dueDays: dueDays)
    }

    /// A simulation: issued when its period begins, and due some days after it ends.
    init(simulating period: InvoicePeriod, dueDays: Int) {
        issued = period.start
        due = period.end + dueDays
    }
}
