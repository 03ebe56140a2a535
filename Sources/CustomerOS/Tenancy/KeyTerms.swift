internal import Synchronization

/// How much may be asked for in a minute; nil is no limit.
public struct RateLimit: Sendable, Hashable {
    public var requests: Int?
    /// Of operations, as it is counted before they are executed.
    public var cost: Int?

    /// The numbers that a limit may have.
    public static let range = 1...1_000_000_000

    public init(requests: Int? = nil, cost: Int? = nil) {
        self.requests = requests
        self.cost = cost
    }

    public static let none = RateLimit()
}

/// What holds for a key beside its roles.
public struct KeyTerms: Sendable {
    public let id: String
    public let isReadOnly: Bool
    public let rateLimit: RateLimit
    /// Of the tenant that the key acts for, over all its keys.
    public let tenantRateLimit: RateLimit
    let use: KeyUse
}

/// When a key was used last, noted by requests without waiting for anybody.
final class KeyUse: Sendable {
    private let noted = Atomic<UInt64>(0)

    /// - Parameter now: Nanoseconds of the loops' clock.
    func note(at now: UInt64) { noted.store(now, ordering: .relaxed) }

    var latest: UInt64 { noted.load(ordering: .relaxed) }
}
