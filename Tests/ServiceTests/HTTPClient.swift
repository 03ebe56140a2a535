import Foundation
import Postgres
import TestSupport

/// The answer.
struct HTTPAnswer {
    var status: Int
    var headers: [String: String]
    var body: String
    /// The statements issued for the request, if the server reports them (`TestServer.query`).
    var statements: [StatementText] = []
}

/// A small blocking client: one connection, kept alive.
final class HTTPClient {
    struct Failure: Error {
        let reason: String
    }

    private let descriptor: Int32
    private var buffer: [UInt8] = []

    /// - Parameter source: The client's address; all of 127.0.0.0/8 belongs to this machine.
    init(port: UInt16, from source: String = "127.0.0.1") throws {
        descriptor = try LocalConnection.open(port: port, from: source)
    }

    deinit { close(descriptor) }

    func send(_ method: String, _ path: String, headers: [String: String] = [:], body: String = "") throws -> HTTPAnswer {
        var request = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n"
        request += "X-Canary: \(TestLog.Canary.header)\r\nCookie: session=\(TestLog.Canary.header)\r\n"
        for (name, value) in headers { request += "\(name): \(value)\r\n" }
        request += "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        try write(request)
        return try receive(hasBody: method != "HEAD")
    }

    /// Sends a text as it is and returns the answer.
    func exchange(_ text: String, hasBody: Bool = true) throws -> HTTPAnswer {
        try write(text)
        return try receive(hasBody: hasBody)
    }

    func write(_ text: String) throws {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw Failure(reason: "cannot send") }
            bytes = bytes.dropFirst(count)
        }
    }

    private func receive(hasBody: Bool) throws -> HTTPAnswer {
        let end = Array("\r\n\r\n".utf8)
        while true {
            if let range = buffer.firstRange(of: end) {
                let lines = String(decoding: buffer[..<range.lowerBound], as: UTF8.self).split(separator: "\r\n")
                var headers: [String: String] = [:]
                for line in lines.dropFirst() {
                    let parts = line.split(separator: ":", maxSplits: 1)
                    headers[parts[0].lowercased()] = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
                }
                let length = hasBody ? Int(headers["content-length"] ?? "0") ?? 0 : 0
                while buffer.count < range.upperBound + length { try fill() }
                let body = String(decoding: buffer[range.upperBound..<range.upperBound + length], as: UTF8.self)
                buffer.removeFirst(range.upperBound + length)
                let status = Int(lines.first?.split(separator: " ").dropFirst().first ?? "") ?? 0
                return HTTPAnswer(status: status, headers: headers, body: body)
            }
            try fill()
        }
    }

    private func fill() throws {
        var chunk = [UInt8](repeating: 0, count: 65536)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        guard count > 0 else { throw Failure(reason: "the connection ended") }
        buffer.append(contentsOf: chunk[..<count])
    }
}
