internal import CLibPQ
internal import EventLoop
internal import Glibc

/// An attempt to connect, on a thread of its own: libpq blocks while it resolves the host name and reads password and
/// certificate files, even in its non-blocking mode (libpq, "Database Connection Control Functions", PQconnectPoll).
///
/// Everything but `connect` belongs to the loop's thread.
final class ConnectionAttempt: @unchecked Sendable {
    private let configuration: DatabaseConfiguration
    private let statementTimeout: Duration
    private let loop: EventLoop
    private var completion: ((Connected?) -> Void)?
    private var timer: Timer?

    /// A connection passed between threads: one at a time owns it.
    struct Connected: @unchecked Sendable {
        let handle: OpaquePointer
        /// Whether a pooler stands between us and PostgreSQL.
        let isPooled: Bool
    }

    /// Calls `completion` on the loop once, with a working connection that it then owns, or with nil after a failure or
    /// timeout.
    static func begin(
        _ configuration: DatabaseConfiguration, statementTimeout: Duration, loop: EventLoop, _ completion: @escaping (Connected?) -> Void
    ) {
        let attempt = ConnectionAttempt(configuration, statementTimeout, loop, completion)
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

    private init(
        _ configuration: DatabaseConfiguration, _ statementTimeout: Duration, _ loop: EventLoop,
        _ completion: @escaping (Connected?) -> Void
    ) {
        self.configuration = configuration
        self.statementTimeout = statementTimeout
        self.loop = loop
        self.completion = completion
    }

    private func connect() {
        var connected: Connected?
        if let handle = ConnectionStart.connect(configuration, statementTimeout: statementTimeout) {
            let isPooled = PQstatus(handle) == CONNECTION_OK && !Self.ownsSession(handle)
            if PQstatus(handle) == CONNECTION_OK {
                connected = Connected(handle: handle, isPooled: isPooled)
            } else {
                PQfinish(handle)
            }
        }
        loop.execute { [connected] in self.end(connected) }
    }

    /// Whether the answering session is the one that was started: a pooler gives a process id of its own.
    private static func ownsSession(_ handle: OpaquePointer) -> Bool {
        let result = PQexec(handle, "SELECT pg_backend_pid()")
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_TUPLES_OK, let text = PQgetvalue(result, 0, 0) else { return false }
        return Int32(String(cString: text)) == PQbackendPID(handle)
    }

    private func end(_ connected: Connected?) {
        timer?.cancel()
        guard let completion else {
            // The attempt has been given up.
            if let connected { PQfinish(connected.handle) }
            return
        }
        self.completion = nil
        completion(connected)
    }
}
