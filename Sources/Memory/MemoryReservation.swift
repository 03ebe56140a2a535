/// Memory held for one purpose, such as a request. All of it is returned when the last reference to the reservation
/// goes, so nothing is left behind however a request ends. Used by one thread at a time.
public final class MemoryReservation: @unchecked Sendable {
    private let account: MemoryAccount
    /// Bytes by part. Stored inline: every request has a reservation.
    private var heldByPart = MemoryBudget.ByPart<Int>(repeating: 0)
    /// Whether something was refused.
    public private(set) var wasRefused = false

    init(_ account: MemoryAccount) { self.account = account }

    deinit {
        for part in MemoryBudget.Part.allCases where held(part) > 0 { account.giveBack(held(part), part) }
    }

    private func held(_ part: MemoryBudget.Part) -> Int { heldByPart[part.rawValue] }

    /// Reserves more.
    /// - Returns: Whether there was room; if not, nothing changes.
    public func grow(_ part: MemoryBudget.Part, by count: Int) -> Bool {
        guard count > 0 else { return true }
        guard account.take(count, part) else {
            wasRefused = true
            return false
        }
        heldByPart[part.rawValue] += count
        return true
    }

    /// Returns bytes of a part, at most what it holds.
    public func shrink(_ part: MemoryBudget.Part, by count: Int) {
        let count = min(count, held(part))
        guard count > 0 else { return }
        heldByPart[part.rawValue] -= count
        account.giveBack(count, part)
    }

    /// Returns what a part holds beyond `count` bytes.
    public func shrink(_ part: MemoryBudget.Part, to count: Int) { shrink(part, by: held(part) - count) }

    /// Holds exactly `count` bytes. Shrinking always succeeds.
    public func resize(_ part: MemoryBudget.Part, to count: Int) -> Bool {
        let difference = count - held(part)
        if difference >= 0 { return grow(part, by: difference) }
        shrink(part, by: -difference)
        return true
    }
}
