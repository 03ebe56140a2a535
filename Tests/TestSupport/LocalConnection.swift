import Foundation

/// Connections to servers on this machine.
public enum LocalConnection {
    public struct Failure: Error {
        public let port: UInt16
    }

    /// Connects to a port of the loopback interface. What is read there is waited for a minute at most.
    /// - Parameter source: The address that the client has; all of 127.0.0.0/8 belong to this machine.
    /// - Returns: The descriptor, which the caller closes.
    public static func open(port: UInt16, from source: String = "127.0.0.1") throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        let isOpen = call(bind, descriptor, address(source, port: 0)) && call(connect, descriptor, address("127.0.0.1", port: port))
        guard isOpen else {
            close(descriptor)
            throw Failure(port: port)
        }
        var limit = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        return descriptor
    }

    private static func address(_ text: String, port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        inet_pton(AF_INET, text, &address.sin_addr)
        return address
    }

    private static func call(
        _ function: (Int32, UnsafePointer<sockaddr>?, socklen_t) -> Int32, _ descriptor: Int32, _ address: sockaddr_in
    ) -> Bool {
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                function(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
