internal import CustomerOS
internal import EventLoop
internal import HTTP

/// Limits what keys and tenants may ask for in a minute. Buckets are in memory: with several servers, each has its own.
final class RateLimiter: Sendable {
    private enum Holder: Hashable {
        case key(String)
        case tenant(Int32)
    }

    enum Unit: String {
        case requests, cost
    }

    private struct Slot: Hashable {
        let holder: Holder
        let unit: Unit

        /// The limit's name for clients: `keyRequests`, `tenantCost`.
        var name: String {
            let owner = if case .key = holder { "key" } else { "tenant" }
            return owner + (unit == .cost ? "Cost" : "Requests")
        }
    }

    /// What is left of the tightest limit.
    struct Standing: Sendable {
        let limit: Int
        let remaining: Int
        /// Seconds until it is fully restored.
        let reset: Int

        var fields: [HTTPField] {
            [
                HTTPField("RateLimit-Limit", String(limit)), HTTPField("RateLimit-Remaining", String(remaining)),
                HTTPField("RateLimit-Reset", String(reset)),
            ]
        }
    }

    /// An exhausted limit.
    struct Refusal: Error {
        let name: String
        let limit: Int
        /// Seconds until a retry can succeed.
        let wait: Int
        let standing: Standing?
    }

    private static let sweepSize = 10_000

    private let buckets = Lock<[Slot: TokenBucket]>([:])

    /// Takes from all limits of a caller, or from none.
    /// - Returns: Nil if nothing limits the caller.
    func take(_ count: Int, _ unit: Unit, of principal: Principal?, at now: UInt64 = EventLoop.now) throws(Refusal) -> Standing? {
        guard let principal, let terms = principal.key, terms.rateLimit != .none || terms.tenantRateLimit != .none else { return nil }
        return try take(count, unit, slots(terms, principal), at: now)
    }

    private func slots(_ terms: KeyTerms, _ principal: Principal) -> [(slot: Slot, capacity: Int)] {
        let limits: [(Holder, RateLimit)] = [(.key(terms.id), terms.rateLimit), (.tenant(principal.tenant.id), terms.tenantRateLimit)]
        return limits.flatMap { holder, limit in
            [(Slot(holder: holder, unit: .requests), limit.requests), (Slot(holder: holder, unit: .cost), limit.cost)]
        }
        .compactMap { slot, capacity in capacity.map { (slot, $0) } }
    }

    private func take(_ count: Int, _ unit: Unit, _ slots: [(slot: Slot, capacity: Int)], at now: UInt64) throws(Refusal) -> Standing? {
        try buckets.withLock { (buckets: inout [Slot: TokenBucket]) throws(Refusal) -> Standing? in
            Self.forgetFull(&buckets, at: now)
            for (slot, capacity) in slots {
                buckets[slot, default: TokenBucket(capacity: capacity, at: now)].refill(capacity: capacity, at: now)
            }
            let asked = slots.filter { $0.slot.unit == unit }.compactMap { slot, _ in buckets[slot].map { (slot, $0.seconds(until: count)) }
            }
            if let (slot, wait) = asked.max(by: { $0.1 < $1.1 }), wait > 0 {
                throw Refusal(
                    name: slot.name, limit: buckets[slot]?.capacity ?? 0, wait: wait, standing: buckets[slot].map(Self.standing))
            }
            for (slot, _) in asked { _ = buckets[slot]?.take(count) }
            let scarcest = slots.compactMap { buckets[$0.slot] }.min { $0.share < $1.share }
            return scarcest.map(Self.standing)
        }
    }

    private static func standing(_ bucket: TokenBucket) -> Standing {
        Standing(limit: bucket.capacity, remaining: bucket.remaining, reset: bucket.secondsUntilFull)
    }

    /// Drops full buckets: they are equivalent to none.
    private static func forgetFull(_ buckets: inout [Slot: TokenBucket], at now: UInt64) {
        guard buckets.count >= sweepSize else { return }
        buckets = buckets.filter { entry in
            var bucket = entry.value
            bucket.refill(at: now)
            return !bucket.isFull
        }
    }
}
