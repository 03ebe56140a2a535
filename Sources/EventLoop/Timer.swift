/// An action that an event loop runs once, at a given time of the monotonic clock. Belongs to the loop's thread.
public final class Timer {
    /// Nanoseconds of the monotonic clock.
    let deadline: UInt64
    private(set) var action: (() -> Void)?

    init(deadline: UInt64, action: @escaping () -> Void) {
        self.deadline = deadline
        self.action = action
    }

    /// Keeps the action from running. Does nothing if it has run.
    public func cancel() { action = nil }

    func fire() {
        let action = action
        self.action = nil
        action?()
    }
}

/// The timers of a loop as a binary heap, earliest first. A cancelled timer stays until it is due.
struct TimerQueue {
    private var heap: [Timer] = []

    /// When the loop must wake, or nil if nothing is scheduled.
    var nextDeadline: UInt64? { heap.first?.deadline }

    mutating func insert(_ timer: Timer) {
        heap.append(timer)
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            if heap[parent].deadline <= heap[child].deadline { break }
            heap.swapAt(parent, child)
            child = parent
        }
    }

    /// Removes and returns the earliest timer if it is due at `now`.
    mutating func popDue(at now: UInt64) -> Timer? {
        guard let first = heap.first, first.deadline <= now else { return nil }
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while true {
            var smallest = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child].deadline < heap[smallest].deadline { smallest = child }
            }
            if smallest == parent { return first }
            heap.swapAt(parent, smallest)
            parent = smallest
        }
    }
}
