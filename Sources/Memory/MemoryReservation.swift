/// Memory that is held for one purpose, such as a request. All of it is given back when nobody refers to the reservation any more, so
/// however a request ends, nothing stays behind. Used by one thread at a time.
public final class MemoryReservation: @unchecked Sendable {
    private let account: MemoryAccount
    private var held = Held()
    /// Whether something was refused.
    public private(set) var wasRefused = false

    /// Bytes by part. Without a heap of its own: there is one for each request.
    private struct Held {
        var bodies = 0
        var requests = 0
        var answers = 0
        var documents = 0
        var statements = 0

        subscript(part: MemoryBudget.Part) -> Int {
            get {
                switch part {
                case .bodies: bodies
                case .requests: requests
                case .answers: answers
                case .documents: documents
                case .statements: statements
                }
            }
            set {
                switch part {
                case .bodies: bodies = newValue
                case .requests: requests = newValue
                case .answers: answers = newValue
                case .documents: documents = newValue
                case .statements: statements = newValue
                }
            }
        }
    }

    init(_ account: MemoryAccount) { self.account = account }

    deinit {
        for part in MemoryBudget.Part.allCases where held[part] > 0 { account.giveBack(held[part], part) }
    }

    /// Holds more.
    /// - Returns: Whether there is room for it. Nothing changes where there is none.
    public func grow(_ part: MemoryBudget.Part, by count: Int) -> Bool {
        guard count > 0 else { return true }
        guard account.take(count, part) else {
            wasRefused = true
            return false
        }
        held[part] += count
        return true
    }

    /// Gives a part back, down to nothing.
    public func shrink(_ part: MemoryBudget.Part, by count: Int) {
        let count = min(count, held[part])
        guard count > 0 else { return }
        held[part] -= count
        account.giveBack(count, part)
    }

    /// Gives a part back as far as it is more than `count`.
    public func shrink(_ part: MemoryBudget.Part, to count: Int) { shrink(part, by: held[part] - count) }

    /// Holds exactly so much. Less is always possible.
    public func resize(_ part: MemoryBudget.Part, to count: Int) -> Bool {
        let difference = count - held[part]
        if difference >= 0 { return grow(part, by: difference) }
        shrink(part, by: -difference)
        return true
    }
}
