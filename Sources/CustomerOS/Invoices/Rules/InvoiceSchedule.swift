/// When a contract is billed.
struct InvoiceSchedule: Sendable {
    /// The months of a cycle; 0 if it is not billed.
    let months: Int
    /// The first day of the next cycle, once one is invoiced.
    let next: Day?
    /// The day on which billing begins.
    let begins: Day?
    /// The day on which the contract ends.
    let ends: Day?
    /// The first day of the newest invoiced cycle.
    let previous: Day?
    /// Whether cycles are billed when they are over.
    let isPostpaid: Bool

    /// The next cycle; nil if there is none, or the contract ends before.
    var cycle: InvoicePeriod? {
        guard months > 0, let start = next ?? begins, ends.map({ $0 > start }) ?? true else { return nil }
        return InvoicePeriod(from: start, months: months, after: previous)
    }

    /// The next cycle if it is to be billed now.
    func due(on today: Day) -> InvoicePeriod? {
        guard let cycle, isPostpaid ? cycle.end < today : cycle.start <= today else { return nil }
        return cycle
    }

    /// The schedule once a cycle is billed.
    func after(_ cycle: InvoicePeriod) -> InvoiceSchedule {
        InvoiceSchedule(
            months: months, next: cycle.end + 1, begins: begins, ends: ends, previous: cycle.start, isPostpaid: isPostpaid)
    }

    /// The days between cycles that are billed in between; nil if the next cycle is due, or the tenant bills afterwards.
    func offCycle(on today: Day) -> InvoicePeriod? {
        guard !isPostpaid, let next, next > today else { return nil }
        return InvoicePeriod(start: today, end: next - 1)
    }
}
