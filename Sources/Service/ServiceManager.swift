internal import Glibc
internal import HTTP

/// The service manager that started us, by the protocols of sd_notify(3), sd_watchdog_enabled(3) and sd_listen_fds(3).
/// Without one, notifications do nothing and there are no sockets.
struct ServiceManager: Sendable {
    private let notifySocket: String?
    /// How long the manager waits for a keep-alive.
    let watchdogInterval: Duration?
    private let descriptors: [Int32]
    private let names: [String]

    /// The first descriptor passed; the others follow it.
    private static let firstDescriptor: Int32 = 3

    init(_ environment: [String: String], processID: Int32) {
        notifySocket = environment["NOTIFY_SOCKET"].flatMap { $0.hasPrefix("/") || $0.hasPrefix("@") ? $0 : nil }
        // The variables may be inherited from a parent, for which they were meant.
        let isForUs = { (name: String) in environment[name].map { Int32($0) == processID } ?? true }
        watchdogInterval =
            isForUs("WATCHDOG_PID")
            ? environment["WATCHDOG_USEC"].flatMap { Int64($0) }.flatMap { $0 > 0 ? .microseconds($0) : nil } : nil
        let count = environment["LISTEN_PID"].flatMap { Int32($0) } == processID ? Int32(environment["LISTEN_FDS"] ?? "") ?? 0 : 0
        descriptors = (0..<max(0, min(16, count))).map { Self.firstDescriptor + $0 }
        names = (environment["LISTEN_FDNAMES"] ?? "").split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    }

    /// Takes the variables out of the environment, so that the programs we start do not inherit them. Call before there
    /// are threads.
    static func take() -> ServiceManager {
        let variables = ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"]
        var environment: [String: String] = [:]
        for name in variables { environment[name] = getenv(name).map { String(cString: $0) } }
        for name in variables { unsetenv(name) }
        let manager = ServiceManager(environment, processID: getpid())
        for descriptor in manager.descriptors { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        return manager
    }

    private var metricsIndex: Int? { descriptors.indices.first { names.indices.contains($0) && names[$0] == "metrics" } }

    /// The socket for requests: the first one not named `metrics`.
    var socket: BoundSocket? {
        get throws { try descriptors.indices.first { $0 != metricsIndex }.map { try BoundSocket(adopting: descriptors[$0]) } }
    }

    /// The socket named `metrics`.
    var metricsSocket: BoundSocket? {
        get throws { try metricsIndex.map { try BoundSocket(adopting: descriptors[$0]) } }
    }

    /// Notifies the manager. Failures do not matter.
    /// - Parameter waits: Whether the message must not be lost if the manager is busy; then it may take five seconds.
    func tell(_ state: String, status: String? = nil, waits: Bool = false) {
        guard let notifySocket else { return }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = Array(notifySocket.utf8)
        guard path.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
        withUnsafeMutableBytes(of: &address.sun_path) { place in
            place.copyBytes(from: path)
            // A name that begins with @ is in the abstract namespace: its first byte is zero.
            if path.first == UInt8(ascii: "@") { place[0] = 0 }
        }
        let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var limit = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let flags = Int32(MSG_NOSIGNAL) | (waits ? 0 : Int32(MSG_DONTWAIT))
        let message = Array((state + (status.map { "\nSTATUS=\($0)" } ?? "")).utf8)
        let length = socklen_t(MemoryLayout<sa_family_t>.size + path.count)
        _ = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, message, message.count, flags, $0, length)
            }
        }
    }
}
