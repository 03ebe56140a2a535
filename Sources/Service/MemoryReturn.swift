internal import CSystem
internal import EventLoop
internal import Memory

/// Returns memory to the system that a burst has left free. Otherwise the C library keeps what lies between used
/// blocks.
final class MemoryReturn: Sendable {
    private let memory: MemoryBudget
    private let interval: Duration
    /// Fewer free bytes than this are not worth the work.
    private static let leastBytes = 16 * 1024 * 1024

    init(_ memory: MemoryBudget, every interval: Duration) {
        self.memory = memory
        self.interval = interval
    }

    /// Runs until the loop ends.
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
        // Requests in progress would ask for it again at once.
        let underWay = [MemoryBudget.Part.bodies, .requests, .answers].reduce(0) { $0 + memory.usedBytes(for: $1) }
        guard underWay < memory.limit / 16, mallinfo2().fordblks > Self.leastBytes else { return }
        malloc_trim(0)
    }
}
