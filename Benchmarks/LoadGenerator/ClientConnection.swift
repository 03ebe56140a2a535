import CSystem
import Foundation

/// A connection with at most one request in flight.
final class ClientConnection {
    let stream: Int
    private(set) var descriptor: Int32 = -1
    var reader = AnswerReader()
    /// Whether a request is in flight.
    var isWaiting = false
    private(set) var expected: [UInt8]?
    private(set) var due = 0.0
    var answers = 0
    private(set) var isRefused = false
    private var output: [UInt8] = []
    private var outputStart = 0

    init(_ stream: Int) { self.stream = stream }

    func connect(_ host: String, port: UInt16) -> Bool {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        inet_pton(AF_INET, host, &address.sin_addr)
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if status == 0 || errno == EINPROGRESS { return true }
        close()
        return false
    }

    func send(_ request: PreparedRequest, number: Int, due: Double) {
        isWaiting = true
        self.due = due
        expected = request.answer(number)
        output = request.bytes(number)
        outputStart = 0
        flush()
    }

    func flush() {
        while outputStart < output.count {
            let count = output.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress.map { $0 + outputStart }, $0.count - outputStart, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else {
                // Only the first call after the failure reports it.
                if errno == ECONNREFUSED { isRefused = true }
                return
            }
            outputStart += count
        }
    }

    /// Reads what has arrived.
    /// - Returns: Whether more may come.
    func receive() -> Bool {
        withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 1) { buffer in
            while true {
                let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
                if count > 0 {
                    reader.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                    continue
                }
                if count < 0, errno == EAGAIN || errno == EINTR { return true }
                if count < 0, errno == ECONNREFUSED { isRefused = true }
                return false
            }
        }
    }

    func close() {
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }
}
