internal import Records
internal import Synchronization

/// How much may be requested per minute; nil is no limit.
public struct RateLimit: Sendable, Hashable {
    public var requests: Int?
    /// The cost of operations, computed before execution.
    public var cost: Int?

    /// The values a limit may have.
    public static let range = 1...1_000_000_000

    public init(requests: Int? = nil, cost: Int? = nil) {
        self.requests = requests
        self.cost = cost
    }

    public static let none = RateLimit()
}

/// Terms of a key besides its roles.
public struct KeyTerms: Sendable {
    public let id: String
    public let isReadOnly: Bool
    public let rateLimit: RateLimit
    /// The limit of the key's tenant, over all its keys.
    public let tenantRateLimit: RateLimit
    let use: KeyUse
}

/// When a key was last used, recorded by requests without locking.
final class KeyUse: Sendable {
    private let noted = Atomic<UInt64>(0)

    /// - Parameter now: Nanoseconds of the loops' clock.
    func note(at now: UInt64) { noted.store(now, ordering: .relaxed) }

    var latest: UInt64 { noted.load(ordering: .relaxed) }
}
