import TestSupport
import Testing

@testable import Service

/// A bucket that expectations may take from.
private final class Bucket {
    private(set) var value: TokenBucket

    init(_ value: TokenBucket) { self.value = value }

    convenience init(capacity: Int, at now: UInt64) { self.init(TokenBucket(capacity: capacity, at: now)) }

    func take(_ count: Int) -> Bool { value.take(count) }
    func refill(capacity: Int? = nil, at now: UInt64) { value.refill(capacity: capacity, at: now) }
    var remaining: Int { value.remaining }
    var isFull: Bool { value.isFull }
}

@Suite("A token bucket")
struct TokenBucketTests {
    private static let second: UInt64 = 1_000_000_000

    @Test("gives n, and not one more", arguments: [1, 2, 7, 1_000_000_000])
    func boundary(_ capacity: Int) {
        for (count, isGiven) in [(capacity - 1, true), (capacity, true)] {
            let bucket = Bucket(capacity: capacity, at: 5)
            #expect(bucket.take(count) == isGiven && bucket.remaining == capacity - count)
            #expect(bucket.take(capacity - count) && !bucket.take(1))
        }
    }

    @Test("is full again after a minute, and says when it has enough")
    func refills() {
        let bucket = Bucket(capacity: 6, at: 0)
        #expect(bucket.take(6) && bucket.value.secondsUntilFull == 60 && bucket.value.seconds(until: 1) == 10)
        bucket.refill(at: 10 * Self.second - 1_000)
        #expect(!bucket.take(1) && bucket.value.seconds(until: 1) == 1)
        bucket.refill(at: 10 * Self.second)
        #expect(bucket.remaining == 1 && bucket.take(1) && !bucket.take(1))
        bucket.refill(at: 1_000_000 * Self.second)
        #expect(bucket.isFull && bucket.remaining == 6)
    }

    @Test("gives more than it holds when it is full, and is owed that")
    func debt() {
        let bucket = Bucket(capacity: 10, at: 0)
        #expect(bucket.take(1) && !bucket.take(25))
        bucket.refill(at: 6 * Self.second)
        #expect(bucket.take(25) && bucket.remaining == 0 && bucket.value.seconds(until: 1) == 96)
        bucket.refill(at: 101 * Self.second)
        #expect(!bucket.take(1))
        bucket.refill(at: 102 * Self.second)
        #expect(bucket.take(1))
    }

    @Test("keeps what is in it when its capacity changes")
    func changes() {
        let bucket = Bucket(capacity: 10, at: 0)
        #expect(bucket.take(4))
        bucket.refill(capacity: 60, at: 0)
        #expect(bucket.remaining == 6)
        bucket.refill(at: 2 * Self.second)
        #expect(bucket.remaining == 8)
        bucket.refill(capacity: 3, at: 2 * Self.second)
        #expect(bucket.remaining == 3 && bucket.isFull)
    }

    /// The model: everything given before any time, counted in integers.
    @Test("gives, in any period, exactly its capacity and what was refilled")
    func property() {
        var random = RandomSource(seed: 3)
        for _ in 0..<200 {
            let capacity = 1 + random.number(below: random.chance(50) ? 10 : 100_000)
            let bucket = Bucket(capacity: capacity, at: 0)
            // In parts: tokens times microseconds of a minute.
            var level = capacity * 60_000_000
            var now = 0
            for _ in 0..<100 {
                let pause = random.number(below: random.chance(20) ? 70_000_000 : 60_000_000 / capacity + 2)
                now += pause
                level = min(capacity * 60_000_000, level + pause * capacity)
                bucket.refill(at: UInt64(now) * 1_000)
                let count = 1 + random.number(below: max(1, capacity / 2))
                let isGiven = level >= count * 60_000_000
                let wait = bucket.value.seconds(until: count)
                #expect((wait == 0) == isGiven)
                if !isGiven {
                    let later = Bucket(bucket.value)
                    later.refill(at: UInt64(now) * 1_000 + UInt64(wait) * Self.second)
                    #expect(later.take(count))
                }
                #expect(bucket.take(count) == isGiven)
                if isGiven { level -= count * 60_000_000 }
                #expect(bucket.remaining == level / 60_000_000)
            }
        }
    }
}
