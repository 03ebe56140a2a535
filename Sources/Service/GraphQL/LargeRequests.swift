internal import EventLoop
internal import Glibc
internal import Postgres

/// A thread that parses large requests: a megabyte takes tens of milliseconds, in which a loop answers a hundred
/// others.
///
/// The owners take turns, and the thread yields to the loops' threads if processors are scarce.
final class LargeRequests: Sendable {
    private let thread = EventLoop(name: "large-requests")
    private let waiting = Lock(FairQueue<Turn>())

    /// Work that waits for its owner's turn.
    private final class Turn: Sendable {
        let work: @Sendable () -> Void

        init(_ work: @escaping @Sendable () -> Void) { self.work = work }
    }

    /// The size in bytes from which a body is large: smaller ones parse within a millisecond or two.
    static let leastBytes = 64 * 1024

    /// Added to the process's niceness (setpriority(2), which on Linux sets one thread's).
    private static let niceness: Int32 = 10

    init() {
        thread.execute {
            let this = __priority_which_t(PRIO_PROCESS.rawValue)
            _ = setpriority(this, 0, min(19, getpriority(this, 0) + Self.niceness))
        }
    }

    /// Runs the work when its owner's turn comes. The caller resumes on its own loop.
    /// - Returns: Nil, and at once, if the task is cancelled before its turn.
    func run<Value: Sendable>(for owner: WorkOwner, _ work: @escaping @Sendable () -> Value) async -> Value? {
        // Taken by the one that resumes it: the turn or the cancellation, whichever comes first.
        let caller = Lock<UnsafeContinuation<Value?, Never>?>(nil)
        let turn = Turn {
            guard let caller = caller.withLock({ $0.take() }) else { return }
            caller.resume(returning: work())
        }
        let giveUp: @Sendable () -> Void = { [self] in
            waiting.withLock { $0.removeAll(of: owner) { $0 === turn } }
            caller.withLock { $0.take() }?.resume(returning: nil)
        }
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                caller.withLock { $0 = continuation }
                waiting.withLock { $0.append(turn, of: owner) }
                // The turn is decided once the thread is free.
                thread.execute { [self] in waiting.withLock { $0.popFirst() }?.work() }
                // The handler may have run before there was anything to give up.
                if Task.isCancelled { giveUp() }
            }
        } onCancel: {
            giveUp()
        }
    }

    /// Ends the thread. Nothing may be waiting for it.
    func stop() {
        thread.stop()
        thread.join()
    }
}
