internal import EventLoop

/// The owners whose reads stalled a shared connection a short while ago. Whatever stalled it, a locked table or many
/// rows, their next reads are likely to meet it, too.
struct Suspicions {
    private static let lifetime: UInt64 = 10_000_000_000

    private var ends: [WorkOwner: UInt64] = [:]

    func contains(_ owner: WorkOwner) -> Bool {
        guard !ends.isEmpty, let end = ends[owner] else { return false }
        return end > EventLoop.now
    }

    mutating func insert(_ owner: WorkOwner) {
        let now = EventLoop.now
        ends = ends.filter { $0.value > now }
        ends[owner] = now + Self.lifetime
    }
}
