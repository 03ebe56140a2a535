internal import EventLoop

/// A message that goes around all loops. What it ends with happens only while every loop turns.
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
        // The last loop's thread is this one: its timer begins the next round.
        loops.last?.schedule(after: interval) { self.begin() }
    }
}
