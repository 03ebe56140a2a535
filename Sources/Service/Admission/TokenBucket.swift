/// A token bucket: holds what is allowed in a minute, and fills evenly.
///
/// Counts in whole numbers: a token has as many parts as a minute has microseconds, so that what comes back in a microsecond is a whole
/// number of parts. Times are those of a clock that never goes back, in nanoseconds.
struct TokenBucket: Sendable {
    private static let minute: Int64 = 60_000_000

    /// The most tokens, and how many come back in a minute. At most 10⁹.
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

    /// Brings the bucket to the present. What is in it stays when the capacity changes, as far as there is room.
    mutating func refill(capacity: Int? = nil, at now: UInt64) {
        let now = Self.microseconds(now)
        if now > moment {
            // No more than fills it, so that no product is too large.
            let needed = self.capacity > 0 ? (full - parts) / Int64(self.capacity) + 1 : 0
            parts = min(full, parts + min(now - moment, needed) * Int64(self.capacity))
            moment = now
        }
        if let capacity {
            self.capacity = capacity
            parts = min(parts, full)
        }
    }

    /// Takes tokens where there are as many. More than the bucket holds are given when it is full, and owed from then on.
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

    /// How much of it is there: 1 when it is full.
    var share: Double { Double(parts) / Double(full) }

    /// In how many seconds `take(count)` succeeds, rounded up.
    func seconds(until count: Int) -> Int {
        let wanted = Int64(clamping: count).multipliedReportingOverflow(by: Self.minute)
        return seconds(toReach: wanted.overflow ? full : min(wanted.partialValue, full))
    }

    /// In how many seconds it is full, rounded up.
    var secondsUntilFull: Int { seconds(toReach: full) }

    private func seconds(toReach goal: Int64) -> Int {
        guard goal > parts, capacity > 0 else { return 0 }
        let rate = Int64(capacity) * 1_000_000
        return Int((goal - parts + rate - 1) / rate)
    }
}
