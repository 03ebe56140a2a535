internal import EventLoop

/// A message passed around all loops. Its action runs only while every loop turns.
final class LoopRound: Sendable {
    private let loops: [EventLoop]
    private let interval: Duration
    private let action: @Sendable () -> Void

    init(_ loops: [EventLoop], _ interval: Duration, _ action: @escaping @Sendable () -> Void) {
        self.loops = loops
        self.interval = interval
        self.action = action
    }

    func begin() { visit(0) }

    private func visit(_ index: Int) {
        if loops.indices.contains(index) { return loops[index].execute { self.visit(index + 1) } }
        action()
        // This is the last loop's thread: its timer starts the next round.
        loops.last?.schedule(after: interval) { self.begin() }
    }
}
