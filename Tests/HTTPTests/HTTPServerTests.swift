import EventLoop
import Foundation
import TestSupport
import Testing

@testable import HTTP

/// Echoes the request; `/slow` waits, `/long` waits until it is cancelled.
private final class EchoHandler: HTTPHandler {
    let cancelled = Lock(0)

    func admit(_ request: HTTPRequest) async -> HTTPAdmission { .admitted(respond: respond) }

    private func respond(to request: HTTPRequest) async -> HTTPResponse {
        switch request.path {
        case "/slow": try? await Task.sleep(for: .milliseconds(300))
        case "/long":
            try? await Task.sleep(for: .seconds(30))
            if Task.isCancelled { cancelled.withLock { $0 += 1 } }
        default: break
        }
        return HTTPResponse(status: 200, text: "\(request.method) \(request.path) \(request.body.count)\n")
    }
}

@Suite("The HTTP server", .serialized)
struct HTTPServerTests {
    private func start(
        _ handler: any HTTPHandler = EchoHandler(), closings: Lock<Int> = Lock(0),
        _ change: (inout HTTPServerConfiguration) -> Void = { _ in }
    ) throws -> HTTPServer {
        var configuration = HTTPServerConfiguration(host: "127.0.0.1", port: 0)
        change(&configuration)
        let loops = [EventLoop(name: "one"), EventLoop(name: "two")]
        return try HTTPServer(configuration: configuration, loops: loops, handler: handler) { event in
            if case .connectionClosed = event { closings.withLock { $0 += 1 } }
        }
    }

    @Test("answers several requests of a connection in their order")
    func pipelining() async throws {
        let server = try start()
        let socket = try TestSocket(server.port)
        socket.send(
            "GET /slow HTTP/1.1\r\nHost: a\r\n\r\nPOST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcGET /c HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
        )
        let answer = await socket.readToEnd()
        let bodies = answer.components(separatedBy: "\r\n\r\n").dropFirst().map { $0.prefix { $0 != "\n" } }
        #expect(bodies == ["GET /slow 0", "POST /b 3", "GET /c 0"])
        #expect(answer.components(separatedBy: "Connection: close").count == 2)
        await server.drain(within: .seconds(1))
    }

    @Test("accepts chunked bodies, sends 100, and sends no body to HEAD")
    func bodies() async throws {
        let server = try start()
        let socket = try TestSocket(server.port)
        socket.send("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n")
        #expect(await socket.read(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
        socket.send("3\r\nabc\r\n0\r\n\r\n")
        #expect(await socket.read(until: "POST /x 3\n").hasPrefix("HTTP/1.1 200 OK\r\n"))
        socket.send("HEAD /y HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        let head = await socket.readToEnd()
        #expect(head.contains("Content-Length: 10\r\n") && head.hasSuffix("\r\n\r\n"))
        await server.drain(within: .seconds(1))
    }

    @Test(
        "refuses with the right status, and closes after the answer",
        arguments: [
            ("GET /\(String(repeating: "x", count: 9000)) HTTP/1.1\r\nHost: a\r\n\r\n", 414),
            ("GET / HTTP/1.1\r\nHost: a\r\nA: \(String(repeating: "x", count: 40000))\r\n\r\n", 431),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2097153\r\n\r\n", 413),
            ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n200001\r\n", 413),
            ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ])
    func refusals(_ request: String, _ status: Int) async throws {
        let server = try start()
        let socket = try TestSocket(server.port)
        socket.send(request)
        let answer = await socket.readToEnd()
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
        #expect(answer.contains("Connection: close") && !answer.contains("smuggled"))
        await server.drain(within: .seconds(1))
    }

    @Test("tells an HTTP/1.0 client whether its connection stays open")
    func http10() async throws {
        let server = try start()
        let socket = try TestSocket(server.port)
        for _ in 0..<2 {
            socket.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            let answer = await socket.read(until: "GET /a 0\n")
            #expect(answer.hasPrefix("HTTP/1.1 200 ") && answer.contains("\r\nConnection: keep-alive\r\n"))
        }
        socket.send("GET /a HTTP/1.0\r\n\r\n")
        #expect(await socket.readToEnd().contains("\r\nConnection: close\r\n"))
        let new = try TestSocket(server.port)
        new.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(await !new.read(until: "GET /a 0\n").contains("Connection"))
        await server.drain(within: .seconds(1))
    }

    /// Like proxies, which send the whole body before they read the answer.
    @Test(
        "lets a refused client send its whole body", arguments: ["Content-Length: 16777216", "Transfer-Encoding: chunked"])
    func lingers(_ framing: String) async throws {
        let server = try start()
        let socket = try TestSocket(server.port)
        socket.send("POST / HTTP/1.1\r\nHost: a\r\n\(framing)\r\n\r\n200001\r\n")
        let piece = String(repeating: "x", count: 64 * 1024)
        for _ in 0..<256 { #expect(socket.send(piece)) }
        #expect(await socket.readToEnd().hasPrefix("HTTP/1.1 413 "))
        await server.drain(within: .seconds(1))
    }

    @Test("reads on for its limit of bytes, and not for one more", arguments: [(-1, true), (0, true), (1, false)])
    func lingerLimit(_ extra: Int, _ isOpen: Bool) async throws {
        let closings = Lock(0)
        let head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n"
        // The refused head counts.
        let server = try start(closings: closings) { $0.lingerLimit = 1000 + head.utf8.count }
        let socket = try TestSocket(server.port)
        socket.send(head)
        #expect(await socket.readToEnd().hasPrefix("HTTP/1.1 413 "))
        socket.send(String(repeating: "x", count: 1000 + extra))
        try await Task.sleep(for: .milliseconds(300))
        #expect(closings.withLock { $0 } == (isOpen ? 0 : 1))
        await server.drain(within: .seconds(1))
    }

    @Test("reads on for its limit of time")
    func lingerTimeout() async throws {
        let closings = Lock(0)
        let server = try start(closings: closings) {
            $0.lingerTimeout = .milliseconds(300)
        }
        let socket = try TestSocket(server.port)
        socket.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n")
        #expect(await socket.readToEnd().hasPrefix("HTTP/1.1 413 "))
        for _ in 0..<100 where closings.withLock({ $0 }) == 0 {
            socket.send("x")
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(closings.withLock { $0 } == 1)
        await server.drain(within: .seconds(1))
    }

    @Test("times out a slow head and a slow body")
    func slow() async throws {
        let server = try start {
            $0.headerTimeout = .milliseconds(200)
            $0.bodyTimeout = .milliseconds(200)
        }
        for start in ["GET / HTTP/1.1\r\nHo", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc"] {
            let socket = try TestSocket(server.port)
            socket.send(start)
            #expect(await socket.readToEnd().hasPrefix("HTTP/1.1 408 "))
        }
        await server.drain(within: .seconds(1))
    }

    @Test("times out a head that arrives in small pieces, and one of only empty lines")
    func trickling() async throws {
        let server = try start { $0.headerTimeout = .milliseconds(400) }
        let socket = try TestSocket(server.port)
        socket.send("GET / HTTP/1.1\r\n")
        // The pieces go on until the answer comes.
        let pieces = Task {
            while !Task.isCancelled {
                socket.send("A: b\r\n")
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        #expect(await socket.readToEnd().hasPrefix("HTTP/1.1 408 "))
        pieces.cancel()
        let empty = try TestSocket(server.port)
        empty.send(String(repeating: "\r\n", count: 5000))
        #expect(await empty.readToEnd().hasPrefix("HTTP/1.1 400 "))
        await server.drain(within: .seconds(1))
    }

    @Test("closes a connection that stays idle")
    func idle() async throws {
        let server = try start { $0.idleTimeout = .milliseconds(200) }
        let socket = try TestSocket(server.port)
        socket.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(await socket.readToEnd().hasPrefix("HTTP/1.1 200 "))
        await server.drain(within: .seconds(1))
    }

    @Test("cancels the work for a client that disconnects")
    func gone() async throws {
        let handler = EchoHandler()
        let server = try start(handler)
        var socket: TestSocket? = try TestSocket(server.port)
        socket?.send("GET /long HTTP/1.1\r\nHost: a\r\n\r\n")
        try await Task.sleep(for: .milliseconds(200))
        socket = nil
        for _ in 0..<100 where handler.cancelled.withLock({ $0 }) == 0 { try await Task.sleep(for: .milliseconds(20)) }
        #expect(handler.cancelled.withLock { $0 } == 1)
        await server.drain(within: .seconds(1))
    }

    @Test("drains: a running request is answered, an idle connection closed, a new one refused")
    func drains() async throws {
        let server = try start()
        let busy = try TestSocket(server.port)
        let idle = try TestSocket(server.port)
        idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        _ = await idle.read(until: "GET / 0\n")
        busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
        try await Task.sleep(for: .milliseconds(100))
        await server.drain(within: .seconds(5))
        #expect(await busy.readToEnd().contains("GET /slow 0"))
        #expect(await idle.readToEnd().isEmpty)
        #expect(throws: LocalConnection.Failure.self) { try TestSocket(server.port) }
    }

    @Test("drains: a connection, new or kept, that asks in time is answered, and a silent one is not waited for long")
    func drainsSilentConnections() async throws {
        let server = try start { $0.drainSilence = .seconds(4) }
        let new = try TestSocket(server.port)
        let kept = try TestSocket(server.port)
        let silent = try TestSocket(server.port)
        kept.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        _ = await kept.read(until: "GET / 0\n")
        let start = ContinuousClock.now
        async let drained: Void = server.drain(within: .seconds(60))
        try await Task.sleep(for: .milliseconds(300))
        for socket in [new, kept] {
            socket.send("GET /late HTTP/1.1\r\nHost: a\r\n\r\n")
            let answer = await socket.readToEnd()
            #expect(answer.contains("GET /late 0") && answer.contains("Connection: close"))
        }
        #expect(await silent.readToEnd().isEmpty)
        await drained
        #expect(ContinuousClock.now - start < .seconds(30))
    }

    @Test("serves everything during the grace, each answer the last of its connection, and refuses connections after it")
    func drainsWithGrace() async throws {
        let server = try start { $0.drainSilence = .seconds(1) }
        let kept = try TestSocket(server.port)
        kept.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(await !kept.read(until: "GET / 0\n").contains("Connection: close"))
        async let drained: Void = server.drain(grace: .seconds(2), within: .seconds(60))
        var answer = ""
        while !answer.contains("Connection: close") {
            let new = try TestSocket(server.port)
            new.send("GET /during HTTP/1.1\r\nHost: a\r\n\r\n")
            answer = await new.read(until: "GET /during 0\n")
            try #require(answer.hasPrefix("HTTP/1.1 200 "))
        }
        kept.send("GET /during HTTP/1.1\r\nHost: a\r\n\r\n")
        let last = await kept.readToEnd()
        #expect(last.contains("GET /during 0") && last.contains("Connection: close"))
        // An open connection keeps the server; another one is refused meanwhile.
        let silent = try TestSocket(server.port)
        let refusal = Task {
            while !Task.isCancelled {
                do { _ = try TestSocket(server.port) } catch { return }
                try? await Task.sleep(for: .milliseconds(20))
            }
        }
        await refusal.value
        silent.send("GET /after HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(await silent.readToEnd().contains("GET /after 0"))
        await drained
    }

    @Test("answers what arrived before it announces the end: pipelined requests, and a body that waits for 100")
    func drainsWholeRequests() async throws {
        let server = try start()
        let row = try TestSocket(server.port)
        row.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\nGET /c HTTP/1.1\r\nHost: a\r\n\r\n")
        let waits = try TestSocket(server.port)
        try await Task.sleep(for: .milliseconds(100))
        async let drained: Void = server.drain(within: .seconds(30))
        waits.send("POST /d HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
        #expect(await waits.read(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
        waits.send("abc")
        #expect(await waits.readToEnd().contains("POST /d 3"))
        let answers = await row.readToEnd()
        let bodies = answers.components(separatedBy: "\r\n\r\n").dropFirst().map { $0.prefix { $0 != "\n" } }
        #expect(bodies == ["GET /slow 0", "GET /b 0", "GET /c 0"])
        #expect(answers.components(separatedBy: "Connection: close").count == 2)
        await drained
    }

    /// Like the pools of clients and proxies: a connection is used until an answer says it was the last.
    @Test("loses no request of clients that keep connections while servers replace each other")
    func rollingRestarts() async throws {
        let restart = { try start { $0.drainSilence = .seconds(5) } }
        let current = Lock(try restart())
        let isOver = Lock(false)
        let answered = Lock(0)
        let clients = (0..<8).map { number in
            Task.detached {
                var lost: [String] = []
                var kept: TestSocket?
                while !isOver.withLock({ $0 }) {
                    let socket = try kept ?? TestSocket(current.withLock { $0.port })
                    socket.send("GET /\(number) HTTP/1.1\r\nHost: a\r\n\r\n")
                    let answer = await socket.read(until: "GET /\(number) 0\n")
                    guard answer.hasSuffix("GET /\(number) 0\n") else {
                        lost.append(answer)
                        kept = nil
                        continue
                    }
                    answered.withLock { $0 += 1 }
                    kept = answer.contains("Connection: close") ? nil : socket
                    try await Task.sleep(for: .milliseconds(number * 5))
                }
                return lost
            }
        }
        for _ in 0..<3 {
            let old = current.withLock { $0 }
            let new = try restart()
            current.withLock { $0 = new }
            await old.drain(grace: .seconds(1), within: .seconds(30))
        }
        isOver.withLock { $0 = true }
        for client in clients { #expect(try await client.value.isEmpty) }
        #expect(answered.withLock { $0 } > 100)
        await current.withLock { $0 }.drain(within: .seconds(30))
    }

    @Test("reports that its port is taken")
    func portTaken() async throws {
        let server = try start()
        let taken = server.port
        #expect(throws: HTTPServer.Failure.self) { try start { $0.port = taken } }
        await server.drain(within: .seconds(1))
    }
}

/// A blocking client.
final class TestSocket: Sendable {
    private let descriptor: Int32

    /// - Parameter source: The client's address; all of 127.0.0.0/8 belongs to this machine.
    init(_ port: UInt16, from source: String = "127.0.0.1") throws {
        descriptor = try LocalConnection.open(port: port, from: source)
    }

    deinit { close(descriptor) }

    /// - Returns: Whether the other side was there to receive it.
    @discardableResult
    func send(_ text: String) -> Bool {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count <= 0 { return false }
            bytes = bytes.dropFirst(count)
        }
        return true
    }

    func read(until end: String) async -> String {
        await Self.onThread { [descriptor] in
            var text = ""
            while !text.hasSuffix(end), let more = Self.receive(descriptor) { text += more }
            return text
        }
    }

    func readToEnd() async -> String {
        await Self.onThread { [descriptor] in
            var text = ""
            while let more = Self.receive(descriptor) { text += more }
            return text
        }
    }

    /// Reads to the end at its own pace.
    /// - Returns: How many bytes arrived.
    func count(inPiecesOf size: Int, every pause: useconds_t) async -> Int {
        await Self.onThread { [descriptor] in
            var total = 0
            while let text = Self.receive(descriptor, size) {
                total += text.utf8.count
                usleep(pause)
            }
            return total
        }
    }

    /// Waiting for the network must neither block one of the few threads that tasks run on, nor wait for one.
    private static func onThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: body()) }
        }
    }

    private static func receive(_ descriptor: Int32, _ size: Int = 65536) -> String? {
        var chunk = [UInt8](repeating: 0, count: size)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        return count > 0 ? String(decoding: chunk[..<count], as: UTF8.self) : nil
    }
}
