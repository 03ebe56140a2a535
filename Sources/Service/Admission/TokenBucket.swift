/// A token bucket: holds a minute's allowance, and refills evenly.
///
/// Counts in integers: a token has as many parts as a minute has microseconds, so that a microsecond refills a whole
/// number of parts. Times are nanoseconds of the monotonic clock.
struct TokenBucket: Sendable {
    private static let minute: Int64 = 60_000_000

    /// The most tokens, and the refill per minute. At most 10⁹.
    private(set) var capacity: Int
    private var parts: Int64
    private var moment: Int64

    init(capacity: Int, at now: UInt64) {
        self.capacity = capacity
        parts = Int64(capacity) * Self.minute
        moment = Self.microseconds(now)
    }

    private static func microseconds(_ nanoseconds: UInt64) -> Int64 { Int64(clamping: nanoseconds / 1_000) }

    private var full: Int64 { Int64(capacity) * Self.minute }

    /// Refills the bucket up to now. If the capacity changes, its content stays as far as there is room.
    mutating func refill(capacity: Int? = nil, at now: UInt64) {
        let now = Self.microseconds(now)
        if now > moment {
            // No more than fills it, so that the product cannot overflow.
            let needed = self.capacity > 0 ? (full - parts) / Int64(self.capacity) + 1 : 0
            parts = min(full, parts + min(now - moment, needed) * Int64(self.capacity))
            moment = now
        }
        if let capacity {
            self.capacity = capacity
            parts = min(parts, full)
        }
    }

    /// Takes tokens if there are enough. More than the bucket's capacity can be taken only if it is full, and are owed
    /// from then on.
    mutating func take(_ count: Int) -> Bool {
        let wanted = Int64(clamping: count).multipliedReportingOverflow(by: Self.minute)
        guard parts >= min(wanted.partialValue, full), !wanted.overflow else { return false }
        parts -= wanted.partialValue
        return true
    }

    mutating func giveBack(_ count: Int) { parts = min(full, parts + Int64(count) * Self.minute) }

    var isFull: Bool { parts == full }

    /// Whole tokens.
    var remaining: Int { Int(max(0, parts / Self.minute)) }

    /// How full it is: 1 is full.
    var share: Double { Double(parts) / Double(full) }

    /// Seconds until `take(count)` succeeds, rounded up.
    func seconds(until count: Int) -> Int {
        let wanted = Int64(clamping: count).multipliedReportingOverflow(by: Self.minute)
        return seconds(toReach: wanted.overflow ? full : min(wanted.partialValue, full))
    }

    /// Seconds until it is full, rounded up.
    var secondsUntilFull: Int { seconds(toReach: full) }

    private func seconds(toReach goal: Int64) -> Int {
        guard goal > parts, capacity > 0 else { return 0 }
        let rate = Int64(capacity) * 1_000_000
        return Int((goal - parts + rate - 1) / rate)
    }
}
