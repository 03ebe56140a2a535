/// The days that an invoice covers, both included.
struct InvoicePeriod: Hashable, Sendable {
    let start: Day
    let end: Day

    init(start: Day, end: Day) {
        self.start = start
        self.end = end
    }

    /// A whole cycle.
    /// - Parameter months: At least 1.
    init(from start: Day, months: Int) { self.init(start: start, end: start.later(months: months) - 1) }

    /// The cycle that follows an invoiced one. If the contract is billed on the 30th, February's cycle ends with the
    /// month, and the next one begins on March 1; that one ends so that the 30th is the day again.
    /// - Parameter previous: The first day of the contract's newest cycle, if any.
    init(from start: Day, months: Int, after previous: Day?) {
        guard let previous, start.day == 1, previous.day != 1 else {
            self.init(from: start, months: months)
            return
        }
        let last = start.later(months: months - 1)
        self.init(start: start, end: Day(year: last.year, month: last.month, day: previous.day) - 1)
    }

    func contains(_ day: Day) -> Bool { (start...end).contains(day) }
}
