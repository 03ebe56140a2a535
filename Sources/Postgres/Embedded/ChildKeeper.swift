internal import EventLoop
internal import Glibc

/// A thread that starts a child and waits for its end. The kernel ends the child with the thread that started it, so
/// that thread must outlive the child.
final class ChildKeeper: @unchecked Sendable {
    let processID: Int32
    private let state: KeeperState

    /// - Throws: `ChildProcess.Failure` if the program cannot be started.
    init(_ arguments: [String], output: Int32) throws {
        state = KeeperState(arguments, output)
        let context = Unmanaged.passRetained(state).toOpaque()
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<KeeperState>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, context)
        pthread_detach(thread)
        processID = try state.waitForStart()
    }

    var isRunning: Bool { !state.hasEnded }

    /// Asks for a fast shutdown, then for an immediate one if that takes more than ten seconds.
    func stop() {
        for (signal, seconds) in [(SIGINT, 10), (SIGQUIT, 5), (SIGKILL, 5)] {
            if state.hasEnded { return }
            kill(processID, signal)
            for _ in 0..<seconds * 200 {
                if state.hasEnded { return }
                usleep(5_000)
            }
        }
    }
}

private final class KeeperState: @unchecked Sendable {
    private enum Phase {
        case starting, running(Int32), failed(ChildProcess.Failure), ended
    }

    private let arguments: [String]
    private let output: Int32
    private let phase = Lock(Phase.starting)

    init(_ arguments: [String], _ output: Int32) {
        self.arguments = arguments
        self.output = output
    }

    func run() {
        do {
            let pid = try ChildProcess.spawn(arguments, output: output)
            phase.withLock { $0 = .running(pid) }
            _ = ChildProcess.wait(for: pid)
            phase.withLock { $0 = .ended }
        } catch {
            phase.withLock { $0 = .failed(error) }
        }
    }

    func waitForStart() throws -> Int32 {
        while true {
            switch phase.withLock({ $0 }) {
            case .starting: usleep(500)
            case .running(let pid): return pid
            case .failed(let failure): throw failure
            case .ended: throw ChildProcess.Failure(description: "\(arguments.first ?? "") ended at once")
            }
        }
    }

    var hasEnded: Bool {
        switch phase.withLock({ $0 }) {
        case .ended: true
        // If the process ignores SIGCHLD, waiting for one child lasts until all have ended.
        case .running(let pid): kill(pid, 0) != 0 && errno == ESRCH
        default: false
        }
    }
}
