internal import EventLoop
internal import Synchronization

/// Lets something through at most once per interval, such as log lines that clients could otherwise cause at will.
final class Pace: Sendable {
    private let interval: UInt64
    private let next = Atomic<UInt64>(0)

    init(seconds: UInt64) { interval = seconds * 1_000_000_000 }

    /// Whether the interval has passed; if so, starts the next one.
    func isDue(at now: UInt64 = EventLoop.now) -> Bool {
        let due = next.load(ordering: .relaxed)
        return now >= due && next.compareExchange(expected: due, desired: now + interval, ordering: .relaxed).exchanged
    }
}
