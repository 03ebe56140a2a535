internal import Foundation
internal import Glibc

/// Asks a server, as a health check does, with time limits of its own.
struct ServerProbe {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let host: String
    let port: Int

    /// A server that listens everywhere is asked here.
    init(host: String, port: Int) {
        self.host =
            switch host {
            case "0.0.0.0", "": "127.0.0.1"
            case "::": "::1"
            default: host
            }
        self.port = port
    }

    struct Answer {
        let status: Int
        let body: String
    }

    /// - Throws: `Failure` when nothing listens there, or what listens does not speak HTTP.
    func get(_ path: String) throws(Failure) -> Answer {
        let descriptor = try connected()
        defer { close(descriptor) }
        let name = host.contains(":") ? "[\(host)]" : host
        CommandLineInterface.write("GET \(path) HTTP/1.1\r\nHost: \(name):\(port)\r\nConnection: close\r\n\r\n", to: descriptor)
        var answer: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while answer.count < 1 << 16 {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            answer.append(contentsOf: chunk[..<count])
        }
        let text = String(decoding: answer, as: UTF8.self)
        guard text.hasPrefix("HTTP/1.1 "), let status = Int(text.dropFirst(9).prefix(3)) else {
            throw Failure(description: "What listens on \(host), port \(port), did not answer within 3 seconds, or does not speak HTTP.")
        }
        let body = text.range(of: "\r\n\r\n").map { String(text[$0.upperBound...]) } ?? ""
        return Answer(status: status, body: body)
    }

    private func connected() throws(Failure) -> Int32 {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &list) == 0 else { throw Failure(description: "The host \(host) is unknown.") }
        defer { freeaddrinfo(list) }
        var entry = list
        while let candidate = entry?.pointee {
            entry = candidate.ai_next
            let type = candidate.ai_socktype | Int32(SOCK_CLOEXEC.rawValue)
            let descriptor = socket(candidate.ai_family, type, candidate.ai_protocol)
            guard descriptor >= 0 else { continue }
            var limit = timeval(tv_sec: 3, tv_usec: 0)
            for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
                setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
            }
            if connect(descriptor, candidate.ai_addr, candidate.ai_addrlen) == 0 { return descriptor }
            close(descriptor)
        }
        throw Failure(description: "Nothing listens on \(host), port \(port). Start it with `customeros-api serve`.")
    }
}
