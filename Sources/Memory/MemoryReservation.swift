/// Memory that is held for one purpose, such as a request. All of it is given back when nobody refers to the reservation any more, so
/// however a request ends, nothing stays behind. Used by one thread at a time.
public final class MemoryReservation: @unchecked Sendable {
    private let account: MemoryAccount
    /// Bytes by part. Without a heap of its own: there is one reservation for each request.
    private var heldByPart = MemoryBudget.ByPart<Int>(repeating: 0)
    /// Whether something was refused.
    public private(set) var wasRefused = false

    init(_ account: MemoryAccount) { self.account = account }

    deinit {
        for part in MemoryBudget.Part.allCases where held(part) > 0 { account.giveBack(held(part), part) }
    }

    private func held(_ part: MemoryBudget.Part) -> Int { heldByPart[part.rawValue] }

    /// Holds more.
    /// - Returns: Whether there is room for it. Nothing changes where there is none.
    public func grow(_ part: MemoryBudget.Part, by count: Int) -> Bool {
        guard count > 0 else { return true }
        guard account.take(count, part) else {
            wasRefused = true
            return false
        }
        heldByPart[part.rawValue] += count
        return true
    }

    /// Gives a part back, down to nothing.
    public func shrink(_ part: MemoryBudget.Part, by count: Int) {
        let count = min(count, held(part))
        guard count > 0 else { return }
        heldByPart[part.rawValue] -= count
        account.giveBack(count, part)
    }

    /// Gives a part back as far as it is more than `count`.
    public func shrink(_ part: MemoryBudget.Part, to count: Int) { shrink(part, by: held(part) - count) }

    /// Holds exactly so much. Less is always possible.
    public func resize(_ part: MemoryBudget.Part, to count: Int) -> Bool {
        let difference = count - held(part)
        if difference >= 0 { return grow(part, by: difference) }
        shrink(part, by: -difference)
        return true
    }
}
