import Foundation
import HTTP
import TestSupport
import Testing

@testable import Service

extension ServiceSuite.OneByOne.Servers {
    /// Judged by curl, which uses zlib itself.
    @Suite("Compressed bodies")
    struct ContentCodingTests {
        private static let large = "{ __schema { types { name fields { name } } } }"

        private func curl(_ arguments: [String]) throws -> String {
            try Tool.run("curl", ["--silent", "--show-error", "--max-time", "60"] + arguments).output
        }

        /// Sends a body from a file.
        private func send(_ body: [UInt8], _ coding: String, _ port: UInt16, key: String) throws -> String {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            try Data(body).write(to: URL(filePath: "\(folder.path)/body"))
            return try curl([
                "--include", "--data-binary", "@\(folder.path)/body", "--header", "Content-Type: application/json", "--header",
                "Content-Encoding: \(coding)", "--header", "X-CUSTOMER-OS-API-KEY: \(key)", "http://127.0.0.1:\(port)/query",
            ])
        }

        /// The answer's status for a body with several Content-Encoding fields.
        private func exchange(_ body: [UInt8], _ codings: String, _ port: UInt16, key: String) throws -> Int {
            try HTTPClient(port: port).exchange(
                "POST /query HTTP/1.1\r\nHost: a\r\nX-CUSTOMER-OS-API-KEY: \(key)\r\nContent-Type: application/json\r\n"
                    + "Content-Encoding: \(codings)\r\nContent-Length: \(body.count)\r\n\r\n" + String(decoding: body, as: UTF8.self)
            ).status
        }

        @Test("of requests are decoded, within the limit of bodies, and others refused")
        func requests() async throws {
            let server = try await TestServer.shared.value
            let query = Array(#"{"query":"{ __typename }"}"#.utf8)
            let answer = try send(try #require(Compression.compress(query, level: 6)), "gzip", server.port, key: server.key)
            #expect(answer.hasPrefix("HTTP/1.1 200 ") && answer.contains("Query"))
            #expect(try send(query, "identity", server.port, key: server.key).hasPrefix("HTTP/1.1 200 "))
            let unknown = try send(query, "br", server.port, key: server.key)
            #expect(unknown.hasPrefix("HTTP/1.1 415 ") && unknown.contains("Accept-Encoding: gzip, deflate\r\n"))
            // Two fields are one list, in the order in which the codings were applied.
            let both = "gzip\r\nContent-Encoding: br"
            for coding in ["gzip, br", both, "identity\r\nContent-Encoding: br"] {
                #expect(try exchange(query, coding, server.port, key: server.key) == 415, "\(coding)")
            }
            #expect(try exchange(query, "identity\r\nContent-Encoding: identity", server.port, key: server.key) == 200)
            #expect(try send(query, "gzip", server.port, key: server.key).hasPrefix("HTTP/1.1 400 "))
            #expect(try send(query, "gzip", server.port, key: "wrong").hasPrefix("HTTP/1.1 401 "))
            try await server.withServer({ $0.limits.bodyBytes = 2000 }) { port in
                for (count, status) in [(1999, 200), (2000, 200), (2001, 413)] {
                    let padded = query + [UInt8](repeating: 0x20, count: count - query.count)
                    let answer = try send(try #require(Compression.compress(padded, level: 9)), "gzip", port, key: server.key)
                    #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(count) bytes")
                    if status == 413 { #expect(answer.contains("LIMIT_EXCEEDED")) }
                }
            }
        }

        private func ask(_ query: String, _ port: UInt16, key: String, _ arguments: [String] = []) throws -> String {
            try curl(
                arguments + [
                    "--header", "X-CUSTOMER-OS-API-KEY: \(key)", "--header", "Content-Type: application/json", "--data",
                    "{\"query\":\"\(query)\"}", "http://127.0.0.1:\(port)/query",
                ])
        }

        @Test("of answers go to clients that accept them, and have the same content")
        func answers() async throws {
            let server = try await TestServer.shared.value
            let plain = try ask(Self.large, server.port, key: server.key)
            #expect(try ask(Self.large, server.port, key: server.key, ["--compressed"]) == plain)
            // Only what curl can decode.
            let head = ["--output", "/dev/null", "--dump-header", "-"]
            let coded = try ask(Self.large, server.port, key: server.key, head + ["--header", "Accept-Encoding: gzip;q=0.5"])
            #expect(coded.contains("Content-Encoding: gzip\r\n") && coded.contains("Vary: Accept-Encoding\r\n"))
            let length = try #require(coded.split(separator: "\r\n").first { $0.hasPrefix("Content-Length: ") })
            #expect(try #require(Int(length.dropFirst(16))) < plain.utf8.count / 3)
            let uncoded = try ask(Self.large, server.port, key: server.key, head)
            #expect(!uncoded.contains("Content-Encoding") && uncoded.contains("Vary: Accept-Encoding\r\n"))
            let tiny = try ask("{ __typename }", server.port, key: server.key, head + ["--header", "Accept-Encoding: gzip"])
            #expect(!tiny.contains("Content-Encoding") && !tiny.contains("Vary"))
        }

        @Test("of answers begin at the configured size, and are off at level 0")
        func settings() async throws {
            let server = try await TestServer.shared.value
            let size = try ask("{ __typename }", server.port, key: server.key).utf8.count
            let gzip = ["--output", "/dev/null", "--dump-header", "-", "--header", "Accept-Encoding: gzip"]
            for (threshold, level, isCoded) in [(size - 1, 9, true), (size, 1, true), (size + 1, 9, false), (size, 0, false)] {
                try await server.withServer({
                    $0.limits.compressionBytes = threshold
                    $0.limits.compressionLevel = level
                    $0.servesPlayground = true
                }) { port in
                    let answer = try ask("{ __typename }", port, key: server.key, gzip)
                    #expect(answer.contains("Content-Encoding: gzip\r\n") == isCoded, "\(threshold) of \(size), level \(level)")
                    for path in ["/schema.graphql", "/playground"] {
                        let head = try HTTPClient(port: port).send("HEAD", path, headers: ["Accept-Encoding": "gzip"]).headers
                        #expect((head["content-encoding"] == "gzip") == (level > 0) && (head["vary"] != nil) == (level > 0), "\(path)")
                    }
                }
            }
        }

        @Test("of static files are made once, with their own validator", arguments: ["/schema.graphql", "/playground"])
        func files(path: String) async throws {
            let port = try await TestServer.shared.value.port
            let address = "http://127.0.0.1:\(port)\(path)"
            let plain = try curl([address])
            #expect(try curl(["--compressed", address]) == plain)
            let client = try HTTPClient(port: port)
            let head = try client.send("HEAD", path).headers
            #expect(head["cache-control"] == "no-cache" && head["vary"] == "Accept-Encoding" && head["content-encoding"] == nil)
            let tag = try #require(head["etag"])
            let coded = try client.send("HEAD", path, headers: ["Accept-Encoding": "gzip"]).headers
            let codedTag = try #require(coded["etag"])
            #expect(coded["content-encoding"] == "gzip" && codedTag != tag)
            for (known, coding, status) in [
                (tag, "", 304), ("W/\(tag)", "", 304), ("\"a\", \(tag)", "", 304), ("*", "", 304), (codedTag, "gzip", 304),
                ("*", "gzip", 304), (codedTag, "", 200), (tag, "gzip", 200), ("\"a\"", "", 200), (String(tag.dropLast(2)) + "\"", "", 200),
            ] {
                let headers = ["If-None-Match": known, "Accept-Encoding": coding]
                let answer = try HTTPClient(port: port).exchange(
                    "HEAD \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                        + headers.map { "\($0): \($1)\r\n" }.joined() + "\r\n", hasBody: false)
                #expect(answer.status == status, "\(known) \(coding)")
                #expect(answer.headers["etag"] == (coding == "gzip" ? codedTag : tag))
                #expect(answer.headers["cache-control"] == "no-cache" && answer.headers["vary"] == "Accept-Encoding")
            }
        }
    }
}
