internal import EventLoop
internal import Glibc
internal import Postgres

/// A thread for the reading of large requests: a body of a megabyte takes tens of milliseconds, in which a loop answers a hundred others.
///
/// The owners take turns, and the thread leaves the processor to the loops' threads when there are not enough of them for all.
final class LargeRequests: Sendable {
    private let thread = EventLoop(name: "large-requests")
    private let waiting = Lock(FairQueue<@Sendable () -> Void>())

    /// From how many bytes on a body is large: read within a millisecond or two.
    static let leastBytes = 64 * 1024

    /// What is added to the niceness of the process (setpriority(2), which sets that of one thread on Linux).
    private static let niceness: Int32 = 10

    init() {
        thread.execute {
            let this = __priority_which_t(PRIO_PROCESS.rawValue)
            _ = setpriority(this, 0, min(19, getpriority(this, 0) + Self.niceness))
        }
    }

    /// Does the work when its owner has the turn. The caller goes on where it was.
    func run<Value: Sendable>(for owner: WorkOwner, _ work: @escaping @Sendable () -> Value) async -> Value {
        await withUnsafeContinuation { continuation in
            waiting.withLock { $0.append({ continuation.resume(returning: work()) }, of: owner) }
            // Whose turn it is is asked when the thread is free.
            thread.execute { [self] in waiting.withLock { $0.popFirst() }?() }
        }
    }

    /// Ends the thread. Nothing may wait for it any more.
    func stop() {
        thread.stop()
        thread.join()
    }
}
