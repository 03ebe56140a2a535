internal import EventLoop
internal import Synchronization

/// The bytes that a server may hold for its clients, in total and per tenant. Memory whose size a client decides is
/// reserved before it is allocated, and refused if that would exceed a limit. Decision 29.
public final class MemoryBudget: Sendable {
    /// What memory is held for.
    public enum Part: Int, CaseIterable, Sendable {
        /// Of requests, while they arrive.
        case bodies
        /// Values, plans and rows of requests in progress.
        case requests
        /// Not yet read by their clients.
        case answers
        /// Known documents with their plans, and persisted queries.
        case documents
        /// Texts of statements that sessions of the database keep prepared.
        case statements
    }

    /// One value for each part.
    typealias ByPart<Value: ~Copyable> = InlineArray<5, Value>

    /// Who holds memory: each holder has a share of its own.
    public enum Holder: Hashable, Sendable {
        case tenant(Int32)
        /// All clients without a valid key.
        case anonymous
        /// What is kept for everyone.
        case server
    }

    /// Bytes in total.
    public let limit: Int
    private let tenantLimit: Int
    private let anonymousLimit: Int
    private let used = Atomic<Int>(0)
    private let usedByPart = ByPart<Atomic<Int>> { _ in Atomic(0) }
    private let refusals = Atomic<Int>(0)
    /// Of holders that hold something, or just did.
    private let accounts = Lock<[Holder: WeakAccount]>([:])

    /// - Parameters:
    ///   - tenantShare: Percent of the whole that one tenant may hold.
    ///   - anonymousShare: Percent of the whole for all clients without a key together.
    public init(limit: Int, tenantShare: Int = 100, anonymousShare: Int = 100) {
        self.limit = limit
        tenantLimit = Self.percent(tenantShare, of: limit)
        anonymousLimit = Self.percent(anonymousShare, of: limit)
    }

    private static func percent(_ share: Int, of limit: Int) -> Int { limit / 100 * share + limit % 100 * share / 100 }

    /// Bytes held now.
    public var usedBytes: Int { used.load(ordering: .relaxed) }

    /// Bytes held now for one part.
    public func usedBytes(for part: Part) -> Int { usedByPart[part.rawValue].load(ordering: .relaxed) }

    /// How often memory was refused.
    public var refusalCount: Int { refusals.load(ordering: .relaxed) }

    /// An empty reservation for a holder.
    public func reservation(for holder: Holder) -> MemoryReservation { MemoryReservation(account(of: holder)) }

    private func account(of holder: Holder) -> MemoryAccount {
        accounts.withLock { accounts in
            if let known = accounts[holder]?.account { return known }
            let account = MemoryAccount(holder, limit: limit(for: holder), budget: self)
            accounts[holder] = WeakAccount(account: account)
            return account
        }
    }

    private func limit(for holder: Holder) -> Int {
        switch holder {
        case .tenant: tenantLimit
        case .anonymous: anonymousLimit
        case .server: limit
        }
    }

    func forget(_ holder: Holder) {
        // Another account may have replaced the one that ends. Releasing its last reference takes the lock too, so we
        // release it outside the lock.
        let successor = accounts.withLock { accounts in
            let successor = accounts[holder]?.account
            if successor == nil { accounts[holder] = nil }
            return successor
        }
        withExtendedLifetime(successor) {}
    }

    func take(_ count: Int, _ part: Part) -> Bool {
        guard used.add(count, ordering: .relaxed).newValue <= limit else {
            used.subtract(count, ordering: .relaxed)
            return false
        }
        usedByPart[part.rawValue].add(count, ordering: .relaxed)
        return true
    }

    func giveBack(_ count: Int, _ part: Part) {
        used.subtract(count, ordering: .relaxed)
        usedByPart[part.rawValue].subtract(count, ordering: .relaxed)
    }

    func noteRefusal() { refusals.add(1, ordering: .relaxed) }

    private struct WeakAccount {
        weak var account: MemoryAccount?
    }
}

/// One holder's use of a budget.
final class MemoryAccount: Sendable {
    private let holder: MemoryBudget.Holder
    private let limit: Int
    private let budget: MemoryBudget
    private let used = Atomic<Int>(0)

    init(_ holder: MemoryBudget.Holder, limit: Int, budget: MemoryBudget) {
        self.holder = holder
        self.limit = limit
        self.budget = budget
    }

    deinit { budget.forget(holder) }

    func take(_ count: Int, _ part: MemoryBudget.Part) -> Bool {
        if used.add(count, ordering: .relaxed).newValue <= limit, budget.take(count, part) { return true }
        used.subtract(count, ordering: .relaxed)
        budget.noteRefusal()
        return false
    }

    func giveBack(_ count: Int, _ part: MemoryBudget.Part) {
        used.subtract(count, ordering: .relaxed)
        budget.giveBack(count, part)
    }
}
