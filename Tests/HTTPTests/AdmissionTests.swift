import EventLoop
import Foundation
import Testing

@testable import HTTP

/// Refuses paths that begin with `/no` by the head, and admits the rest: `/later` after a while.
private final class Gate: HTTPHandler {
    let judged = Lock<[String]>([])

    func admit(_ request: HTTPRequest) async -> HTTPAdmission {
        judged.withLock { $0.append(request.path) }
        if request.path.hasSuffix("later") { try? await Task.sleep(for: .milliseconds(50)) }
        if request.path.hasPrefix("/no") { return .answered(HTTPResponse(status: 401, text: "\(request.path)\n")) }
        return .admitted { HTTPResponse(status: 200, text: "\($0.method) \($0.path) \($0.body.count)\n") }
    }
}

@Suite("Admission by the head of a request")
struct AdmissionTests {
    private let gate = Gate()

    private func withServer(_ body: (UInt16) async throws -> Void) async throws {
        let loops = [EventLoop(name: "one")]
        var configuration = HTTPServerConfiguration(host: "127.0.0.1", port: 0)
        // While other tests keep every thread busy, pauses between the pieces of a request may be long.
        configuration.headerTimeout = .seconds(600)
        configuration.bodyTimeout = .seconds(600)
        let server = try HTTPServer(configuration: configuration, loops: loops, handler: gate)
        try await body(server.port)
        await server.drain(within: .seconds(1))
    }

    @Test(
        "refuses while the body is one byte short, and then closes",
        arguments: ["/no", "/no/later"],
        [
            "Content-Length: 5\r\n\r\nabcd", "Content-Length: 5\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n5\r\nabcd",
            "Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r", "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n",
        ])
    func refusesEarly(_ path: String, _ rest: String) async throws {
        try await withServer { port in
            let socket = try TestSocket(port)
            socket.send("POST \(path) HTTP/1.1\r\nHost: a\r\n\(rest)")
            let answer = await socket.readToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 401 ") && answer.contains("\r\nConnection: close\r\n"))
            #expect(answer.hasSuffix("\r\n\r\n\(path)\n") && !answer.contains(" 100 "))
        }
        #expect(gate.judged.withLock { $0 } == [path])
    }

    @Test("keeps the connection after a refused request that has arrived completely", arguments: ["", "/later"])
    func goesOn(_ pace: String) async throws {
        try await withServer { port in
            let socket = try TestSocket(port)
            socket.send(
                "POST /no\(pace) HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcPOST /b HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"
                    + "HEAD /no\(pace) HTTP/1.1\r\nHost: a\r\n\r\nGET /c\(pace) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let answer = await socket.readToEnd()
            let lines = answer.replacing("\r\n", with: "\n").split(separator: "\n")
            let said = lines.filter { line in ["HTTP", "/no", "POST", "GET"].contains { line.hasPrefix($0) } }
            let expected = [
                "HTTP/1.1 401 Unauthorized", "/no\(pace)", "HTTP/1.1 200 OK", "POST /b 2", "HTTP/1.1 401 Unauthorized", "HTTP/1.1 200 OK",
                "GET /c\(pace) 0",
            ]
            #expect(said.map(String.init) == expected)
            #expect(answer.components(separatedBy: "Connection: close").count == 2)
        }
        #expect(gate.judged.withLock { $0 } == ["/no\(pace)", "/b", "/no\(pace)", "/c\(pace)"])
    }

    @Test("asks for a body only if the request is admitted", arguments: ["/a", "/later"])
    func continues(_ path: String) async throws {
        try await withServer { port in
            let socket = try TestSocket(port)
            socket.send("POST \(path) HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
            #expect(await socket.read(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
            socket.send("abc")
            #expect(await socket.read(until: "POST \(path) 3\n").hasPrefix("HTTP/1.1 200 "))
        }
        #expect(gate.judged.withLock { $0 } == [path])
    }

    @Test("answers once, wherever the bytes of requests are cut", arguments: ["/a", "/later", "/no", "/no/later"])
    func cuts(_ path: String) async throws {
        let text =
            "POST \(path) HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcPOST \(path) HTTP/1.0\r\nContent-Length: 2\r\n\r\nab"
        try await withServer { port in
            for cut in stride(from: 1, to: text.utf8.count, by: 5) {
                let socket = try TestSocket(port)
                socket.send(String(text.prefix(cut)))
                try await Task.sleep(for: .milliseconds(2))
                socket.send(String(text.dropFirst(cut)))
                let answer = await socket.readToEnd()
                let count = answer.components(separatedBy: "HTTP/1.1 ").count - 1
                // A refused request whose body is cut off ends the connection; everything else is answered.
                #expect(count == 2 || (path.hasPrefix("/no") && count == 1), "\(cut): \(answer)")
                #expect(answer.contains("Connection: close"))
            }
        }
    }
}
