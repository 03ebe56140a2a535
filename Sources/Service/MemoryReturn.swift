internal import CSystem
internal import EventLoop
internal import Memory

/// Gives memory back to the system that a burst has left free. Without it the C library keeps what lies between blocks in use.
final class MemoryReturn: Sendable {
    private let memory: MemoryBudget
    private let interval: Duration
    /// Free bytes that are not worth the work.
    private static let leastBytes = 16 * 1024 * 1024

    init(_ memory: MemoryBudget, every interval: Duration) {
        self.memory = memory
        self.interval = interval
    }

    /// Looks after it from now on, until the loop ends.
    func begin(on loop: EventLoop) {
        loop.execute { self.wait(on: loop) }
    }

    private func wait(on loop: EventLoop) {
        loop.schedule(after: interval) { [self] in
            giveBack()
            wait(on: loop)
        }
    }

    private func giveBack() {
        // What is under way would ask for it again at once.
        let underWay = [MemoryBudget.Part.bodies, .requests, .answers].reduce(0) { $0 + memory.usedBytes(for: $1) }
        guard underWay < memory.limit / 16, mallinfo2().fordblks > Self.leastBytes else { return }
        malloc_trim(0)
    }
}
