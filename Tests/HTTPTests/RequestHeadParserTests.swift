import TestSupport
import Testing

@testable import HTTP

@Suite("The parser of request heads")
struct RequestHeadParserTests {
    private static let parser = RequestHeadParser(requestLineLimit: 8192, headerLimit: 32768, fieldLimit: 100, bodyLimit: 2_097_152)

    private func parse(
        _ text: String, _ parser: RequestHeadParser = Self.parser
    ) -> Result<(head: RequestHead, length: Int)?, Refusal> {
        let bytes = [UInt8](text.utf8)
        return bytes.withUnsafeBufferPointer { buffer -> Result<(head: RequestHead, length: Int)?, Refusal> in
            do throws(Refusal) {
                return .success(try parser.parse(buffer))
            } catch {
                return .failure(error)
            }
        }
    }

    /// A head without its first line and its end, and the status with which it is refused.
    static let refused: [(head: String, status: Int)] = [
        ("GET /\r\nHost: a", 400), ("GET\r\nHost: a", 400), ("GET  HTTP/1.1\r\nHost: a", 400), (" / HTTP/1.1\r\nHost: a", 400),
        ("G(T / HTTP/1.1\r\nHost: a", 400), ("GET / HTTP/2.0\r\nHost: a", 505), ("GET / HTTP/1.2\r\nHost: a", 505),
        ("GET / http/1.1\r\nHost: a", 400), ("PRI * HTTP/2.0", 505), ("GET /\u{7F} HTTP/1.1\r\nHost: a", 400),
        ("GET / x HTTP/1.1\r\nHost: a", 400), ("GET example.com HTTP/1.1\r\nHost: a", 400), ("GET ftp://a/ HTTP/1.1\r\nHost: a", 400),
        ("GET / HTTP/1.1", 400), ("GET / HTTP/1.1\r\nHost: a\r\nHost: a", 400), ("GET / HTTP/1.1\r\nHost : a", 400),
        ("GET / HTTP/1.1\r\n Host: a", 400), ("GET / HTTP/1.1\r\nHost: a\r\n folded", 400), ("GET / HTTP/1.1\r\nHost: a\r\nno colon", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\n: x", 400), ("GET / HTTP/1.1\r\nHost: a\r\nA: b\u{00}c", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nA: b\u{01}", 400),
        ("GET / HTTP/1.1\nHost: a", 400), ("GET / HTTP/1.1\r\nHost: a\nA: b", 400), ("GET / HTTP/1.1\r\nHost: a\rA: b", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1", 400), ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1", 400), ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x1", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1 1", 400), ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length:", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999", 413),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2097153", 413),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked", 501),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked", 400), ("POST / HTTP/1.0\r\nTransfer-Encoding: chunked", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: gzip", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked", 501),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity", 400), ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked;a=b", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: c hunked", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chun\tked", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: c h u n ked", 400),
        // A letter that Swift takes for a K.
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chun\u{212A}ed", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, ", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: ,chunked", 501),
        ("GET http:///health HTTP/1.1\r\nHost: a", 400), ("GET http://?q HTTP/1.1\r\nHost: a", 400),
        ("GET http:// HTTP/1.1\r\nHost: a", 400),
        ("GET https:///a HTTP/1.1\r\nHost: a", 400), ("GET http://u@h/a HTTP/1.1\r\nHost: a", 400),
        ("GET http://a:80:80/ HTTP/1.1\r\nHost: a", 400),
        ("GET http://:80/health HTTP/1.1\r\nHost: a", 400), ("GET http://:/health HTTP/1.1\r\nHost: a", 400),
        ("GET https://:443 HTTP/1.1\r\nHost: a", 400), ("GET / HTTP/1.0\r\nHost: a b", 400),
        ("POST / HTTP/1.1\r\nHost: a\r\nExpect: 200-ok", 417), ("\u{16}\u{03}\u{01} x\r\nHost: a", 400),
    ]

    @Test("refuses what is malformed or could be read in two ways", arguments: refused.indices)
    func refuses(_ index: Int) {
        let (head, status) = Self.refused[index]
        guard case .failure(let refusal) = parse(head + "\r\n\r\n") else {
            Issue.record("accepted: \(head)")
            return
        }
        #expect(refusal.status == status, "\(head)")
    }

    static let accepted = [
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET /a?b=c HTTP/1.1\r\nhOsT:a\r\nX:  y \t\r\n\r\n", "\r\nGET / HTTP/1.1\r\nHost:\r\n\r\n",
        "GET http://example.com/p?q HTTP/1.1\r\nHost: a\r\n\r\n", "GET http://example.com HTTP/1.1\r\nHost: a\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2097152\r\nExpect: 100-continue\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\nConnection: keep-alive, Close\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nName: caf\u{E9}\r\n\r\n",
    ]

    @Test(
        "refuses what is not a host with an optional port",
        arguments: [
            "a b", "a/b", "u@h", "[::1", "::1]", "a:80:80", "a:80x", "a:65536", "a:-1", "[::1]80", "[::1]:x", "[a]", "[]", "[::1%eth0]",
            "[v1]",
            "[vg.a]", "a?b", "a#b", "a\\b", "a<b", "%", "a%4", "a%zz", "b\u{FC}cher.example", "a,b c", "\"a\"", "::1",
        ])
    func refusesHost(_ host: String) {
        for head in ["GET / HTTP/1.1\r\nHost: \(host)", "GET http://h/ HTTP/1.1\r\nHost: \(host)"] {
            guard case .failure(let refusal) = parse(head + "\r\n\r\n") else {
                Issue.record("accepted: \(head)")
                continue
            }
            #expect(refusal.status == 400, "\(head)")
        }
    }

    @Test(
        "accepts hosts in all their forms",
        arguments: [
            "", "a", "a:", "a:0", "a:65535", "127.0.0.1:80", "[::1]", "[::1]:80", "[::ffff:1.2.3.4]:", "[v1.a:b]", "xn--bcher-kva.example",
            "a_b.c", "A-1.example.", "%C3%BC.example", "a!$&'()*+,;=~b",
        ])
    func takesHost(_ host: String) throws {
        #expect(try parse("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n").get() != nil)
        guard !host.isEmpty else { return }
        let head = try #require(try parse("GET http://\(host)/p HTTP/1.1\r\nHost: a\r\n\r\n").get()).head
        #expect(head.path == "/p")
    }

    @Test("parses a head alike, wherever its bytes are cut", arguments: accepted)
    func splits(_ text: String) throws {
        let bytes = Array(text.utf8)
        for count in 0..<bytes.count {
            let part = try bytes[..<count].withUnsafeBufferPointer { try Self.parser.parse($0) }
            #expect(part == nil, "\(count) bytes")
        }
        let whole = try #require(try parse(text + "more").get())
        #expect(whole.length == bytes.count)
    }

    @Test("reads path, query, fields and framing")
    func reads() throws {
        let text = "POST http://h/p/q?a=b HTTP/1.1\r\nHost: h\r\nX-A:  one \r\nConnection: close\r\nContent-Length: 12\r\n\r\n"
        let head = try #require(try parse(text).get()).head
        #expect(head.method == "POST" && head.path == "/p/q" && head.query == "a=b")
        #expect(head.fields[1] == HTTPField("X-A", "one"))
        #expect(head.framing == .length(12) && !head.keepsAlive)
        let old = try #require(try parse("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").get()).head
        #expect(old.isHTTP10 && old.keepsAlive)
        for connection in ["keep - alive", "keep-\talive", "\u{212A}eep-alive", "keep-alivex"] {
            #expect(try #require(try parse("GET / HTTP/1.0\r\nConnection: \(connection)\r\n\r\n").get()).head.keepsAlive == false)
        }
        for connection in ["clo se", "c\tlose", "closed"] {
            #expect(try #require(try parse("GET / HTTP/1.1\r\nHost: a\r\nConnection: \(connection)\r\n\r\n").get()).head.keepsAlive)
        }
        for connection in ["close, keep-alive", "keep-alive, close", "keep-alive\r\nConnection: close", "close\r\nConnection: keep-alive"] {
            #expect(try #require(try parse("GET / HTTP/1.0\r\nConnection: \(connection)\r\n\r\n").get()).head.keepsAlive == false)
        }
    }

    @Test("keeps its limits to the byte")
    func limits() throws {
        let parser = RequestHeadParser(requestLineLimit: 40, headerLimit: 60, fieldLimit: 3, bodyLimit: 10)
        func status(_ text: String) -> Int {
            switch parse(text, parser) {
            case .success: 200
            case .failure(let refusal): refusal.status
            }
        }
        for (extra, expected) in [(-1, 200), (0, 200), (1, 414)] {
            let path = "/" + String(repeating: "x", count: 40 - "GET / HTTP/1.1".count + extra)
            #expect(status("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n") == expected)
        }
        for (extra, expected) in [(-1, 200), (0, 200), (1, 431)] {
            // The section is 9 bytes of Host and a field of three more bytes with its line end.
            let value = String(repeating: "x", count: 60 - 9 - 5 + extra)
            #expect(status("GET / HTTP/1.1\r\nHost: a\r\nA: \(value)\r\n\r\n") == expected)
        }
        #expect(status("GET / HTTP/1.1\r\nHost: a\r\nA:\r\nB:\r\n\r\n") == 200)
        #expect(status("GET / HTTP/1.1\r\nHost: a\r\nA:\r\nB:\r\nC:\r\n\r\n") == 431)
        for (length, expected) in [(9, 200), (10, 200), (11, 413)] {
            #expect(status("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\n\r\n") == expected)
        }
        #expect(status(String(repeating: "x", count: 41)) == 414)
    }

    @Test("survives any bytes")
    func fuzz() {
        var generator = RandomSource(seed: 7)
        for text in Self.accepted + Self.refused.map({ $0.head + "\r\n\r\n" }) {
            for _ in 0..<200 {
                var bytes = Array(text.utf8)
                for _ in 0...Int.random(in: 0...4, using: &generator) {
                    bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
                }
                bytes.withUnsafeBufferPointer { buffer in
                    if let parsed = try? Self.parser.parse(buffer) { #expect(parsed.length <= buffer.count) }
                }
            }
        }
    }
}
