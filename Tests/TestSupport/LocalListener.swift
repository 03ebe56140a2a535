internal import CSystem
import Foundation

/// Listens on the loopback interface.
///
/// Programs that tests start do not inherit its sockets: a copy there would keep a connection open that was closed
/// here.
public final class LocalListener: Sendable {
    public let port: UInt16
    private let descriptor: Int32
    private let end = DispatchSemaphore(value: 0)

    /// - Parameter port: 0 for any free one.
    public init(port: UInt16 = 0) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var one: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 64) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isListening else {
            close(descriptor)
            throw POSIXError(.EADDRNOTAVAIL)
        }
        self.descriptor = descriptor
        self.port = UInt16(bigEndian: address.sin_port)
    }

    /// Accepts connections on a thread of its own. Called once.
    /// - Parameter onClient: Called with each connection, which it owns.
    public func serve(_ onClient: @escaping @Sendable (Int32) -> Void) {
        Thread.detachNewThread { [descriptor, end] in
            while true {
                let client = accept4(descriptor, nil, nil, Int32(SOCK_CLOEXEC.rawValue))
                guard client >= 0 else { break }
                onClient(client)
            }
            end.signal()
        }
    }

    /// Stops listening; accepted connections go on. Called once, after `serve`.
    public func stop() {
        shutdown(descriptor, Int32(SHUT_RDWR))
        // The descriptor may be reused as soon as it is closed.
        end.wait()
        close(descriptor)
    }
}
