internal import EventLoop
internal import Synchronization

/// Lets something through once in a while: lines of the log about what strangers do as often as they like.
final class Pace: Sendable {
    private let interval: UInt64
    private let next = Atomic<UInt64>(0)

    init(seconds: UInt64) { interval = seconds * 1_000_000_000 }

    /// Whether it is time again; then it is not for the interval.
    func isDue(at now: UInt64 = EventLoop.now) -> Bool {
        let due = next.load(ordering: .relaxed)
        return now >= due && next.compareExchange(expected: due, desired: now + interval, ordering: .relaxed).exchanged
    }
}
