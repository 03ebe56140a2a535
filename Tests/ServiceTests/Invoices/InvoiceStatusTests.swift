import TestSupport
import Testing

@testable import CustomerOS

/// The state machine of invoices, and their numbers.
@Suite("Statuses of invoices")
struct InvoiceStatusTests {
    private static let total = Money(hundredths: 100)

    @Test("a filled invoice is due, a preview is scheduled, and what costs nothing is paid")
    func filled() {
        #expect(InvoiceStatus(total: Self.total, isPreview: false, contractHasRunOut: true) == .due)
        #expect(InvoiceStatus(total: .zero, isPreview: false, contractHasRunOut: false) == .paid)
        #expect(InvoiceStatus(total: .zero, isPreview: true, contractHasRunOut: false) == .scheduled)
        #expect(InvoiceStatus(total: Self.total, isPreview: true, contractHasRunOut: true) == .onHold)
        #expect(InvoiceStatus(total: nil, isPreview: true, contractHasRunOut: false) == .empty)
        #expect(InvoiceStatus(total: nil, isPreview: false, contractHasRunOut: false) == .empty)
    }

    @Test("only what is due or overdue can be paid, and no dry run", arguments: InvoiceStatus.allCases)
    func pay(_ status: InvoiceStatus) throws {
        #expect(throws: InvoiceStatus.Refusal.dryRun) { try status.pay(isDryRun: true) }
        if status == .due || status == .overdue {
            #expect(try status.pay(isDryRun: false) == .paid)
        } else {
            #expect(throws: InvoiceStatus.Refusal.notDue) { try status.pay(isDryRun: false) }
        }
    }

    @Test("anything but a dry run can be voided once", arguments: InvoiceStatus.allCases)
    func void(_ status: InvoiceStatus) throws {
        #expect(throws: InvoiceStatus.Refusal.dryRun) { try status.void(isDryRun: true) }
        if status == .void {
            #expect(throws: InvoiceStatus.Refusal.alreadyVoid) { try status.void(isDryRun: false) }
        } else {
            #expect(try status.void(isDryRun: false) == .void)
        }
    }

    @Test("a client sets what the server does not derive", arguments: InvoiceStatus.allCases)
    func set(_ status: InvoiceStatus) throws {
        switch status {
        case .initialized, .draft: #expect(try InvoiceStatus.overdue.set(to: status) == .initialized)
        case .empty, .due, .paid, .void: #expect(try InvoiceStatus.overdue.set(to: status) == status)
        case .overdue, .scheduled, .onHold, .paymentProcessing:
            #expect(throws: InvoiceStatus.Refusal.derived) { try InvoiceStatus.due.set(to: status) }
        }
    }

    @Test("what is due is overdue the day after, and previews follow their contract", arguments: InvoiceStatus.allCases)
    func time(_ status: InvoiceStatus) throws {
        let due = try InvoicePeriodTests.day("2024-02-29")
        #expect(status.aged(due: due, on: due, isDryRun: false) == status)
        #expect(status.aged(due: due, on: due + 1, isDryRun: true) == status)
        #expect(status.aged(due: due, on: due + 1, isDryRun: false) == (status == .due ? .overdue : status))
        #expect(status.following(contractHasRunOut: true) == (status == .scheduled ? .onHold : status))
        #expect(status.following(contractHasRunOut: false) == (status == .onHold ? .scheduled : status))
    }

    @Test("a number has three consonants and five digits")
    func numbers() {
        var numbers = RandomSource(seed: 5)
        var seen: Set<String> = []
        for _ in 0..<2_000 {
            let number = InvoiceNumber.random(using: &numbers)
            #expect(number.wholeMatch(of: /[BCDFGHJKLMNPQRSTVWXYZ]{3}-[0-9]{5}/) != nil)
            seen.insert(number)
        }
        #expect(seen.count > 1_990)
        #expect(InvoiceNumber.random() != InvoiceNumber.random())
    }
}
