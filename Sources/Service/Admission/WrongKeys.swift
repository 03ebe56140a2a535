internal import EventLoop
internal import HTTP

/// Slows clients that guess keys: after some wrong ones in a minute, a client's further keys are looked up only as its
/// allowance refills.
///
/// Recently valid keys bypass this, so that a client that guesses keys cannot harm others at the same address.
final class WrongKeys: Sendable {
    private struct Client {
        var bucket: TokenBucket
        /// Keys being looked up, with the number of requests that wait for each. A key costs one token, however many
        /// requests bring it.
        var underway: [String: Int] = [:]
        var hasToldWrong = false
        var hasToldSlowed = false
    }

    enum Attempt {
        /// The client has no limit of its own.
        case exempt
        case counted(client: IPAddress, key: String, hasPaid: Bool)
        /// `isFirst` is true once per burst.
        case slowed(seconds: Int, isFirst: Bool)
    }

    private static let capacity = 10_000

    private let limit: Int
    private let exempt: IPNetworks
    private let clients = Lock<[IPAddress: Client]>([:])

    /// - Parameter limit: Wrong keys per client and minute; 0 is no limit.
    init(limit: Int, exempt: IPNetworks) {
        self.limit = limit
        self.exempt = exempt
    }

    /// How many clients are remembered.
    var count: Int { clients.withLock { $0.count } }

    /// Call before looking up an unknown key.
    func begin(_ key: String, from address: IPAddress?, at now: UInt64) -> Attempt {
        guard limit > 0, let address, !exempt.contains(address) else { return .exempt }
        let client = address.client
        return clients.withLock { clients in
            if clients[client] == nil { Self.makeRoom(&clients, at: now) }
            var state = clients[client] ?? Client(bucket: TokenBucket(capacity: limit, at: now))
            defer { clients[client] = state }
            state.bucket.refill(at: now)
            if state.bucket.isFull, state.underway.isEmpty { (state.hasToldWrong, state.hasToldSlowed) = (false, false) }
            let isUnderway = state.underway[key] != nil
            guard isUnderway || state.bucket.take(1) else {
                defer { state.hasToldSlowed = true }
                return .slowed(seconds: state.bucket.seconds(until: 1), isFirst: !state.hasToldSlowed)
            }
            state.underway[key, default: 0] += 1
            return .counted(client: client, key: key, hasPaid: !isUnderway)
        }
    }

    /// Call once the key has been looked up.
    /// - Returns: Whether it is the first wrong one of a burst.
    func end(_ attempt: Attempt, isWrong: Bool) -> Bool {
        guard case .counted(let client, let key, let hasPaid) = attempt else { return false }
        return clients.withLock { clients in
            guard var state = clients[client] else { return isWrong }
            defer { clients[client] = state }
            let others = (state.underway[key] ?? 1) - 1
            state.underway[key] = others > 0 ? others : nil
            if !isWrong, hasPaid { state.bucket.giveBack(1) }
            defer { state.hasToldWrong = state.hasToldWrong || isWrong }
            return isWrong && !state.hasToldWrong
        }
    }

    /// Drops clients whose bucket is full; if there are none, drops the fullest of a few.
    private static func makeRoom(_ clients: inout [IPAddress: Client], at now: UInt64) {
        guard clients.count >= capacity else { return }
        let some = clients.lazy.filter(\.value.underway.isEmpty).prefix(32).map { entry in
            var bucket = entry.value.bucket
            bucket.refill(at: now)
            return (client: entry.key, remaining: bucket.remaining, isFull: bucket.isFull)
        }
        let judged = Array(some)
        for entry in judged where entry.isFull { clients[entry.client] = nil }
        guard clients.count >= capacity, let mildest = judged.max(by: { $0.remaining < $1.remaining }) else { return }
        clients[mildest.client] = nil
    }
}
