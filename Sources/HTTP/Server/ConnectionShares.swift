internal import EventLoop

/// How many connections each client has, over all loops of a server.
///
/// Networks that stand for many clients are exempt: this machine, and proxies.
final class ConnectionShares: Sendable {
    private let limit: Int
    private let exempt: IPNetworks
    private let counts = Lock<[IPAddress: Int]>([:])

    init(limit: Int, exempt: IPNetworks) {
        self.limit = limit
        self.exempt = exempt
    }

    /// The client whose share a connection counts towards; nil if exempt.
    func holder(of address: IPAddress?) -> IPAddress? {
        guard let address, !exempt.contains(address) else { return nil }
        return address.client
    }

    /// - Returns: Whether there was room; if so, call `leave` later.
    func enter(_ holder: IPAddress) -> Bool {
        counts.withLock { counts in
            let count = counts[holder, default: 0]
            guard count < limit else { return false }
            counts[holder] = count + 1
            return true
        }
    }

    func leave(_ holder: IPAddress) {
        counts.withLock { counts in
            guard let count = counts[holder] else { return }
            counts[holder] = count > 1 ? count - 1 : nil
        }
    }
}
