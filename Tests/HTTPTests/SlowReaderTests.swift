import EventLoop
import Foundation
import Testing

@testable import HTTP

/// Answers with as many bytes as the path says, in pieces.
private struct SizedHandler: HTTPHandler {
    func admit(_ request: HTTPRequest) async -> HTTPAdmission {
        var body = HTTPBody()
        var left = Int(request.path.dropFirst()) ?? 0
        while left > 0 {
            let size = min(left, 100_000)
            body.append(.array([UInt8](repeating: UInt8(ascii: "x"), count: size)))
            left -= size
        }
        return .answered(HTTPResponse(status: 200, body: body))
    }
}

@Suite("A client that reads slowly", .serialized)
struct SlowReaderTests {
    private static let size = 30_000_000

    private func start(
        closings: Lock<Int> = Lock(0), _ change: (inout HTTPServerConfiguration) -> Void = { _ in }
    ) throws -> HTTPServer {
        var configuration = HTTPServerConfiguration(host: "127.0.0.1", port: 0)
        change(&configuration)
        return try HTTPServer(configuration: configuration, loops: [EventLoop(name: "one")], handler: SizedHandler()) { event in
            if case .connectionClosed = event { closings.withLock { $0 += 1 } }
        }
    }

    @Test("gets its whole answer, around the size sent with the head too", arguments: [-1, 0, 1, 100_000])
    func whole(_ extra: Int) async throws {
        let server = try start()
        let socket = try TestSocket(server.port)
        socket.send("GET /\(16 * 1024 + extra) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        let answer = await socket.readToEnd()
        #expect(answer.components(separatedBy: "\r\n\r\n").last == String(repeating: "x", count: 16 * 1024 + extra))
        await server.drain(within: .seconds(1))
    }

    @Test("gets its whole answer as long as it reads, however long that takes")
    func steady() async throws {
        let closings = Lock(0)
        let server = try start(closings: closings) { $0.writeTimeout = .seconds(2) }
        let socket = try TestSocket(server.port)
        socket.send("GET /\(Self.size) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        let count = await socket.count(inPiecesOf: 400_000, every: 60_000)
        #expect(count > Self.size && count < Self.size + 1000)
        await server.drain(within: .seconds(1))
    }

    @Test("is cut off if it reads nothing, even while it pipelines")
    func nothing() async throws {
        let closings = Lock(0)
        let server = try start(closings: closings) { $0.writeTimeout = .milliseconds(250) }
        let sockets = try (0..<3).map { _ in try TestSocket(server.port) }
        for socket in sockets { socket.send("GET /\(Self.size) HTTP/1.1\r\nHost: a\r\n\r\nGET /1 HTTP/1.1\r\nHost: a\r\n\r\n") }
        for _ in 0..<200 where closings.withLock({ $0 }) < sockets.count { try await Task.sleep(for: .milliseconds(50)) }
        #expect(closings.withLock { $0 } == sockets.count)
        await server.drain(within: .seconds(1))
    }

    @Test("is cut off if it reads slower than the minimum")
    func trickle() async throws {
        let server = try start {
            $0.writeTimeout = .milliseconds(500)
            $0.minimumRate = 100_000_000
        }
        let socket = try TestSocket(server.port)
        socket.send("GET /\(Self.size) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(await socket.count(inPiecesOf: 100_000, every: 50_000) < Self.size)
        await server.drain(within: .seconds(1))
    }

    @Test("is judged to the byte by what it has actually read", arguments: [(999, true), (1000, false), (1001, false)])
    func pace(_ taken: Int, _ isTooSlow: Bool) {
        var pace = ReaderPace()
        pace.begin(unacknowledged: 5000)
        pace.give(3000)
        #expect(pace.isTooSlow(unacknowledged: 8000 - taken, least: 1000) == isTooSlow)
        #expect(pace.isTooSlow(unacknowledged: 8000, least: 0) && !pace.isTooSlow(unacknowledged: 7999, least: 0))
    }
}
