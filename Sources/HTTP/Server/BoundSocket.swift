internal import CSystem
internal import Glibc

/// An address that is taken, on which nobody listens yet: with several servers, all addresses are taken before the first one answers.
public final class BoundSocket: @unchecked Sendable {
    public let port: UInt16
    public let host: String
    private var descriptor: Int32

    /// - Parameter port: 0 lets the system choose.
    /// - Throws: when the address cannot be had.
    public init(host: String, port: UInt16) throws(HTTPServer.Failure) {
        self.host = host
        (descriptor, self.port) = try SocketAddress.bind(host: host, port: port)
    }

    /// Takes a listening socket over that a service manager has made.
    /// - Throws: when the descriptor is none.
    public init(adopting descriptor: Int32) throws(HTTPServer.Failure) {
        guard let (host, port) = SocketAddress.listening(descriptor) else {
            throw HTTPServer.Failure(
                "The descriptor \(descriptor), which the service manager hands over, is no listening TCP socket: the unit needs ListenStream=PORT and Accept=no."
            )
        }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        self.descriptor = descriptor
        self.host = host
        self.port = port
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Lets clients connect, and hands the socket over.
    func listen() throws(HTTPServer.Failure) -> Int32 {
        // Every connection inherits it. What cannot be sent yet waits in our memory, where it is counted, and not in the system's.
        var unsent: Int32 = 128 * 1024
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NOTSENT_LOWAT, &unsent, socklen_t(MemoryLayout<Int32>.size))
        guard Glibc.listen(descriptor, 1024) == 0 else {
            throw HTTPServer.Failure("Cannot listen on \(host), port \(port): \(SocketAddress.reason(errno)).")
        }
        defer { descriptor = -1 }
        return descriptor
    }
}
