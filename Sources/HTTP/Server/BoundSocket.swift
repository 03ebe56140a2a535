internal import CSystem
internal import Glibc

/// A bound address without a listener yet: with several servers, all addresses are bound before the first one answers.
public final class BoundSocket: @unchecked Sendable {
    public let port: UInt16
    public let host: String
    private var descriptor: Int32

    /// - Parameter port: 0 lets the system choose.
    /// - Throws: if the address cannot be bound.
    public init(host: String, port: UInt16) throws(HTTPServer.Failure) {
        self.host = host
        (descriptor, self.port) = try SocketAddress.bind(host: host, port: port)
    }

    /// Takes over a listening socket from a service manager.
    /// - Throws: if the descriptor is not a listening TCP socket.
    public init(adopting descriptor: Int32) throws(HTTPServer.Failure) {
        guard let (host, port) = SocketAddress.listening(descriptor) else {
            throw HTTPServer.Failure(
                "The descriptor \(descriptor), which the service manager hands over, is not a listening TCP socket: the unit needs ListenStream=PORT and Accept=no."
            )
        }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        self.descriptor = descriptor
        self.host = host
        self.port = port
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Starts listening, and hands over the socket.
    func listen() throws(HTTPServer.Failure) -> Int32 {
        // Every connection inherits it. What cannot be sent yet waits in our memory, where it is counted, not in the
        // kernel's.
        var unsent: Int32 = 128 * 1024
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NOTSENT_LOWAT, &unsent, socklen_t(MemoryLayout<Int32>.size))
        guard Glibc.listen(descriptor, 1024) == 0 else {
            throw HTTPServer.Failure("Cannot listen on \(host), port \(port): \(SocketAddress.reason(errno)).")
        }
        defer { descriptor = -1 }
        return descriptor
    }
}
