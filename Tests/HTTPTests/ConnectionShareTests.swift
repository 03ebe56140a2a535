import EventLoop
import Foundation
import Testing

@testable import HTTP

/// Answers at once, and `/wait` on request.
private final class WaitingHandler: HTTPHandler {
    let mayAnswer = Lock(false)

    func admit(_ request: HTTPRequest) async -> HTTPAdmission {
        if request.path == "/wait" { while !mayAnswer.withLock({ $0 }) { try? await Task.sleep(for: .milliseconds(5)) } }
        return .answered(HTTPResponse(status: 200, text: "ok\n"))
    }
}

@Suite("Shares of connections")
struct ConnectionShareTests {
    private let handler = WaitingHandler()
    private let open = Lock(0)
    private let refused = Lock(0)

    private func withServer(_ limit: Int, ofAddress: Int, _ body: (UInt16) async throws -> Void) async throws {
        var configuration = HTTPServerConfiguration(host: "127.0.0.1", port: 0)
        configuration.connectionLimit = limit
        configuration.connectionLimitPerAddress = ofAddress
        configuration.exemptNetworks = IPNetworks("127.0.0.1")
        // However busy the machine is, none times out.
        configuration.headerTimeout = .seconds(600)
        configuration.requestTimeout = .seconds(600)
        let loops = [EventLoop(name: "one")]
        let server = try HTTPServer(configuration: configuration, loops: loops, handler: handler) { [open, refused] event in
            switch event {
            case .connectionOpened: open.withLock { $0 += 1 }
            case .connectionClosed: open.withLock { $0 -= 1 }
            case .connectionRefused: refused.withLock { $0 += 1 }
            default: break
            }
        }
        try await body(server.port)
        handler.mayAnswer.withLock { $0 = true }
        await server.drain(within: .seconds(1))
    }

    private func until(_ condition: () -> Bool) async throws {
        for _ in 0..<6000 where !condition() { try await Task.sleep(for: .milliseconds(10)) }
        #expect(condition())
    }

    private static let request = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

    @Test("of an address close its longest silent one when it makes one too many", arguments: [(2, 0), (3, 0), (4, 1)])
    func ofAddress(_ count: Int, _ ended: Int) async throws {
        try await withServer(100, ofAddress: 3) { port in
            var sockets: [TestSocket] = []
            for index in 0..<count {
                sockets.append(try TestSocket(port, from: "127.0.1.1"))
                try await until { open.withLock { $0 } == min(index + 1, 3) }
            }
            // Others are not affected.
            let other = try TestSocket(port, from: "127.0.1.2")
            other.send(Self.request)
            #expect(await other.readToEnd().hasSuffix("ok\n"))
            for (index, socket) in sockets.enumerated() {
                socket.send(Self.request)
                #expect(await socket.readToEnd().hasSuffix("ok\n") == (index >= ended), "\(index)")
            }
        }
        #expect(refused.withLock { $0 } == 0)
    }

    @Test("of an address allow no more when all of them are busy")
    func busy() async throws {
        try await withServer(100, ofAddress: 2) { port in
            let busy = try (0..<2).map { _ in try TestSocket(port, from: "127.0.1.1") }
            for socket in busy { socket.send("GET /wait HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n") }
            try await until { open.withLock { $0 } == 2 }
            let further = try TestSocket(port, from: "127.0.1.1")
            #expect(await further.readToEnd().isEmpty)
            #expect(refused.withLock { $0 } == 1)
            handler.mayAnswer.withLock { $0 = true }
            for socket in busy { #expect(await socket.readToEnd().hasSuffix("ok\n")) }
        }
    }

    @Test("do not apply to exempt addresses")
    func exempt() async throws {
        try await withServer(100, ofAddress: 2) { port in
            let sockets = try (0..<5).map { _ in try TestSocket(port) }
            for socket in sockets {
                socket.send(Self.request)
                #expect(await socket.readToEnd().hasSuffix("ok\n"))
            }
        }
    }

    @Test("give a newcomer a place when one address has all of them", arguments: [7, 8, 9])
    func stranger(_ count: Int) async throws {
        try await withServer(8, ofAddress: 100) { port in
            let silent = try (0..<count).map { _ in try TestSocket(port, from: "127.0.1.1") }
            try await until { open.withLock { $0 } == min(count, 8) }
            let stranger = try TestSocket(port, from: "127.0.1.2")
            stranger.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(await stranger.read(until: "ok\n").hasSuffix("ok\n"))
            // The most recently active one of a small share stays, whatever comes.
            let more = try (0..<8).map { _ in try TestSocket(port, from: "127.0.1.1") }
            stranger.send(Self.request)
            #expect(await stranger.readToEnd().hasSuffix("ok\n"))
            _ = (silent, more)
        }
    }
}
