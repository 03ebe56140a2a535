internal import EventLoop
internal import Postgres
internal import Synchronization

/// Bounds the requests executed at a time. More wait a moment, the tenants taking turns, and are refused if that does
/// not suffice: a server that accepts more than it can handle answers no one in time.
///
/// Each loop has an equal part of the places. Some are reserved for tenants that have none.
final class ExecutionQueue: Sendable {
    private let loops: [EventLoop]
    /// One per loop; touched only on its thread.
    private nonisolated(unsafe) let places: [Places]
    private let refusals = Atomic<Int>(0)
    private let waiting = Atomic<Int>(0)

    /// How long a request may wait for a place. Including the refusal itself, clients know within 50 ms.
    static let patience = Duration.milliseconds(40)

    /// - Parameters:
    ///   - limit: Requests at a time, on all loops together.
    ///   - tenantShare: Percent of them that one tenant may have.
    init(loops: [EventLoop], limit: Int, tenantShare: Int) {
        self.loops = loops
        let each = max(1, limit / max(1, loops.count))
        places = loops.map { _ in Places(limit: each, reserve: each - max(1, each * tenantShare / 100)) }
    }

    /// Requests refused so far, and those waiting now.
    var counts: (refused: Int, waiting: Int) { (refusals.load(ordering: .relaxed), waiting.load(ordering: .relaxed)) }

    /// Takes a place on the caller's loop, at once or after a moment. Return it with `leave`.
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

    /// Call on the loop on which the place was taken.
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
            // Refuse at once what could not be served in time.
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
