import Foundation
import Memory
import Testing

@Suite("A memory budget")
struct MemoryBudgetTests {
    @Test("is kept to the byte", arguments: [(999, true), (1000, true), (1001, false)])
    func limit(_ count: Int, _ fits: Bool) {
        let budget = MemoryBudget(limit: 1000)
        let one = budget.reservation(for: .server)
        #expect(one.grow(.bodies, by: count) == fits)
        #expect(one.wasRefused != fits)
        #expect(budget.usedBytes == (fits ? count : 0) && budget.usedBytes(for: .bodies) == budget.usedBytes)
        #expect(budget.refusalCount == (fits ? 0 : 1))
    }

    @Test("has a share for each tenant and one for those without a key, to the byte", arguments: [-1, 0, 1])
    func shares(_ extra: Int) {
        let budget = MemoryBudget(limit: 1000, tenantShare: 30, anonymousShare: 10)
        // Two requests of one holder share one allowance.
        for (holder, share) in [(MemoryBudget.Holder.tenant(1), 300), (.tenant(2), 300), (.anonymous, 100)] {
            let (first, second) = (budget.reservation(for: holder), budget.reservation(for: holder))
            #expect(first.grow(.requests, by: share - 10))
            #expect(second.grow(.answers, by: 10 + extra) == (extra <= 0))
        }
        #expect(budget.usedBytes == 0)
    }

    @Test("is bounded in total, whatever the shares")
    func whole() {
        let budget = MemoryBudget(limit: 1000, tenantShare: 50)
        let held = (1...2).map { budget.reservation(for: .tenant($0)) }
        for reservation in held { #expect(reservation.grow(.requests, by: 500)) }
        #expect(!budget.reservation(for: .tenant(3)).grow(.requests, by: 1))
        held[0].shrink(.requests, by: 1)
        #expect(budget.reservation(for: .tenant(3)).grow(.requests, by: 1))
    }

    @Test("gets back what a reservation held when that is released, and never more")
    func givenBack() {
        let budget = MemoryBudget(limit: 1000)
        var reservation: MemoryReservation? = budget.reservation(for: .tenant(1))
        #expect(reservation?.grow(.bodies, by: 100) == true && reservation?.grow(.answers, by: 200) == true)
        #expect(reservation?.resize(.bodies, to: 900) == false)
        #expect(budget.usedBytes == 300)
        reservation?.shrink(.bodies, by: 150)
        #expect(budget.usedBytes == 200)
        reservation?.shrink(.answers, to: 50)
        #expect(budget.usedBytes(for: .answers) == 50)
        #expect(reservation?.resize(.answers, to: 70) == true)
        #expect(budget.usedBytes == 70)
        reservation = nil
        #expect(budget.usedBytes == 0)
        for part in MemoryBudget.Part.allCases { #expect(budget.usedBytes(for: part) == 0) }
    }

    @Test("is never exceeded by concurrent holders, and whole again afterwards")
    func concurrent() async {
        let budget = MemoryBudget(limit: 10_000, tenantShare: 60)
        let largest = await withTaskGroup(of: Int.self) { group in
            for number in 0..<8 {
                group.addTask {
                    var largest = 0
                    for turn in 0..<2000 {
                        let reservation = budget.reservation(for: .tenant(Int32(number % 3)))
                        if reservation.grow(.requests, by: turn % 3000) { largest = max(largest, budget.usedBytes(for: .requests)) }
                    }
                    return largest
                }
            }
            return await group.reduce(0) { max($0, $1) }
        }
        #expect(largest <= 10_000)
        #expect(budget.usedBytes == 0 && budget.usedBytes(for: .requests) == 0)
    }

    /// The last of one tenant's reservations ends while another thread makes the next.
    @Test("lets reservations end and begin on many threads at once")
    func turnover() async {
        let budget = MemoryBudget(limit: 10_000)
        let threads = DispatchGroup()
        for _ in 0..<12 {
            threads.enter()
            Thread.detachNewThread {
                for _ in 0..<50_000 { _ = budget.reservation(for: .tenant(1)).grow(.requests, by: 1) }
                threads.leave()
            }
        }
        let end = await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: threads.wait(timeout: .now() + 60)) }
        }
        #expect(end == .success && budget.usedBytes == 0)
    }
}
