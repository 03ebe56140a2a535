internal import EventLoop
internal import Postgres
internal import Synchronization

/// Bounds the requests that are executed at a time. What comes above that waits a moment, in turns by tenant, and is refused when that does
/// not suffice: a server that takes more than it can answer answers nobody in time.
///
/// Each loop has an equal part of the places. A part of them is kept for tenants who have none.
final class ExecutionQueue: Sendable {
    private let loops: [EventLoop]
    /// One for each loop; touched on its thread only.
    private nonisolated(unsafe) let places: [Places]
    private let refusals = Atomic<Int>(0)
    private let waiting = Atomic<Int>(0)

    /// How long a request may wait for its place. With what it takes to refuse it, clients know within 50 ms.
    static let patience = Duration.milliseconds(40)

    /// - Parameters:
    ///   - limit: Requests at a time, on all loops together.
    ///   - tenantShare: How many of them one tenant may have, in percent.
    init(loops: [EventLoop], limit: Int, tenantShare: Int) {
        self.loops = loops
        let each = max(1, limit / max(1, loops.count))
        places = loops.map { _ in Places(limit: each, reserve: each - max(1, each * tenantShare / 100)) }
    }

    /// Requests that were refused so far, and those that wait now.
    var counts: (refused: Int, waiting: Int) { (refusals.load(ordering: .relaxed), waiting.load(ordering: .relaxed)) }

    /// Takes a place on the caller's loop, at once or after a moment. It is given back by `leave`.
    /// - Returns: Whether there was one.
    func enter(_ owner: WorkOwner) async -> Bool {
        guard let index = loops.firstIndex(where: \.isCurrent) else { return true }
        let places = places[index]
        if places.enter(owner) { return true }
        waiting.add(1, ordering: .relaxed)
        let isIn = await withUnsafeContinuation { continuation in
            places.wait(owner, on: loops[index]) { continuation.resume(returning: $0) }
        }
        waiting.subtract(1, ordering: .relaxed)
        if !isIn { refusals.add(1, ordering: .relaxed) }
        return isIn
    }

    /// To be called on the loop that the place was taken on.
    func leave(_ owner: WorkOwner) {
        if let index = loops.firstIndex(where: \.isCurrent) { places[index].leave(owner) }
    }

    /// The places of one loop.
    private final class Places {
        private let limit: Int
        private let reserve: Int
        private var taken = 0
        private var takenByOwner: [WorkOwner: Int] = [:]
        private var queue = FairQueue<Waiter>()

        private final class Waiter {
            var timer: Timer?
            private let completion: (Bool) -> Void

            init(_ completion: @escaping (Bool) -> Void) { self.completion = completion }

            func end(_ isIn: Bool) {
                timer?.cancel()
                completion(isIn)
            }
        }

        init(limit: Int, reserve: Int) {
            self.limit = limit
            self.reserve = reserve
        }

        private func mayEnter(_ owner: WorkOwner) -> Bool {
            limit - taken > (takenByOwner[owner] == nil ? 0 : reserve)
        }

        func enter(_ owner: WorkOwner) -> Bool {
            guard mayEnter(owner) else { return false }
            taken += 1
            takenByOwner[owner, default: 0] += 1
            return true
        }

        func wait(_ owner: WorkOwner, on loop: EventLoop, _ completion: @escaping (Bool) -> Void) {
            // A request that could not be served in time is refused at once.
            guard queue.count(of: owner) < limit else { return completion(false) }
            let waiter = Waiter(completion)
            queue.append(waiter, of: owner)
            waiter.timer = loop.schedule(after: ExecutionQueue.patience) { [weak self] in
                self?.queue.removeAll(of: owner) { $0 === waiter }
                waiter.end(false)
            }
        }

        func leave(_ owner: WorkOwner) {
            taken -= 1
            let own = (takenByOwner[owner] ?? 1) - 1
            takenByOwner[owner] = own == 0 ? nil : own
            while true {
                var next: WorkOwner?
                let waiter = queue.popFirst { owner in
                    guard mayEnter(owner) else { return false }
                    next = owner
                    return true
                }
                guard let waiter, let next, enter(next) else { return }
                waiter.end(true)
            }
        }
    }
}
