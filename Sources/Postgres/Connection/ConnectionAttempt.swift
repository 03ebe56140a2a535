internal import CLibPQ
internal import EventLoop
internal import Glibc

/// An attempt to connect, on a thread of its own: libpq looks the host's name up and reads files of passwords and certificates while it
/// waits, also where it is asked not to (libpq, "Database Connection Control Functions", PQconnectPoll).
///
/// All but `connect` belongs to the loop's thread.
final class ConnectionAttempt: @unchecked Sendable {
    private let configuration: DatabaseConfiguration
    private let loop: EventLoop
    private var completion: ((OpaquePointer?) -> Void)?
    private var timer: Timer?

    /// Calls `completion` on the loop once, with a working connection that it owns, or with nil after a failure or the time to connect.
    static func begin(_ configuration: DatabaseConfiguration, loop: EventLoop, _ completion: @escaping (OpaquePointer?) -> Void) {
        let attempt = ConnectionAttempt(configuration, loop, completion)
        var thread = pthread_t()
        let context = Unmanaged.passRetained(attempt)
        let status = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<ConnectionAttempt>.fromOpaque(argument).takeRetainedValue().connect()
                return nil
            }, context.toOpaque())
        guard status == 0 else {
            context.release()
            return attempt.end(nil)
        }
        pthread_detach(thread)
        attempt.timer = loop.schedule(after: configuration.connectTimeout) { [weak attempt] in attempt?.end(nil) }
    }

    private init(_ configuration: DatabaseConfiguration, _ loop: EventLoop, _ completion: @escaping (OpaquePointer?) -> Void) {
        self.configuration = configuration
        self.loop = loop
        self.completion = completion
    }

    private func connect() {
        var connected = Connected(handle: ConnectionStart.connect(configuration))
        if PQstatus(connected.handle) != CONNECTION_OK {
            PQfinish(connected.handle)
            connected.handle = nil
        }
        loop.execute { [connected] in self.end(connected.handle) }
    }

    private func end(_ handle: OpaquePointer?) {
        timer?.cancel()
        // Nobody waits for it any more.
        guard let completion else { return PQfinish(handle) }
        self.completion = nil
        completion(handle)
    }

    /// A connection on its way from thread to thread: one at a time has it.
    private struct Connected: @unchecked Sendable {
        var handle: OpaquePointer?
    }
}
