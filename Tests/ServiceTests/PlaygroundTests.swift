import Foundation
import HTTP
import Testing

@testable import Service

extension ServiceSuite.OneByOne.Servers {
    /// The pages over HTTP. How they behave in a browser is shown by Tests/Clients/test_playground.py.
    @Suite("The playground")
    struct PlaygroundTests {
        @Test("is served without a key, with a strict policy, and loads nothing from elsewhere")
        func page() async throws {
            let client = try HTTPClient(port: try await TestServer.shared.value.port)
            let page = try client.send("GET", "/playground")
            #expect(page.status == 200 && page.headers["content-type"] == "text/html; charset=utf-8")
            let policy = page.headers["content-security-policy"] ?? ""
            for part in [
                "default-src 'none'", "script-src 'self'", "connect-src 'self'", "base-uri 'none'", "form-action 'none'",
                "frame-ancestors 'none'",
            ] {
                #expect(policy.split(separator: ";").contains { $0.drop { $0 == " " } == part }, "\(part)")
            }
            #expect(page.headers["x-content-type-options"] == "nosniff" && page.headers["referrer-policy"] == "no-referrer")
            #expect(!page.body.contains("http://") && !page.body.contains("https://"))
            #expect(!page.body.contains("<style") && !page.body.contains("<script>"))
        }

        @Test("gives its files relative URLs with a digest, which never change content")
        func files() async throws {
            let client = try HTTPClient(port: try await TestServer.shared.value.port)
            let page = try client.send("GET", "/playground")
            let addresses = page.body.split(separator: "\"").filter { $0.hasPrefix("playground/") && $0 != "playground/notices" }
            #expect(addresses.count >= 4)
            let types = ["css": "text/css", "js": "text/javascript", "graphql": "application/graphql"]
            for address in addresses {
                let file = try client.send("GET", "/\(address)")
                #expect(file.status == 200, "\(address)")
                #expect(file.headers["cache-control"] == "public, max-age=31536000, immutable")
                let type = try #require(types[String(address.split(separator: ".").last ?? "")])
                #expect(file.headers["content-type"] == type + "; charset=utf-8")
                let tag = try #require(file.headers["etag"])
                #expect(tag.dropFirst().prefix(16) == address.split(separator: "/")[1])
            }
            #expect(try client.send("GET", "/playground/0000000000000000/session.js").status == 404)
        }

        @Test("is not sent again to clients that have it")
        func validation() async throws {
            let client = try HTTPClient(port: try await TestServer.shared.value.port)
            let tag = try #require(try client.send("GET", "/playground").headers["etag"])
            let again = try client.send("GET", "/playground", headers: ["If-None-Match": tag])
            #expect(again.status == 304 && again.body.isEmpty && again.headers["content-length"] == nil)
            #expect(try client.send("GET", "/playground", headers: ["If-None-Match": "\"other\""]).status == 200)
        }

        @Test("has third-party notices, and redirects from the URL with a slash to the one without")
        func notices() async throws {
            let client = try HTTPClient(port: try await TestServer.shared.value.port)
            let notices = try client.send("GET", "/playground/notices")
            #expect(notices.headers["content-type"] == "text/plain; charset=utf-8" && notices.body.contains("GraphQL Contributors"))
            let moved = try client.send("GET", "/playground/")
            #expect(moved.status == 308 && moved.headers["location"] == "../playground")
            #expect(try client.send("POST", "/playground").status == 405)
        }

        @Test("is where the root of the server leads")
        func root() async throws {
            let client = try HTTPClient(port: try await TestServer.shared.value.port)
            let moved = try client.send("GET", "/")
            #expect(moved.status == 302 && moved.headers["location"] == "playground" && moved.headers["cache-control"] == "no-store")
        }

        @Test("is off unless it is switched on, and the root says where things are")
        func switchedOff() async throws {
            try await TestServer.shared.value.withServer({ _ in }) { port in
                let client = try HTTPClient(port: port)
                for path in ["/playground", "/playground/", "/playground/notices"] { #expect(try client.send("GET", path).status == 404) }
                let root = try client.send("GET", "/")
                #expect(root.status == 200 && root.headers["content-type"] == "application/json" && !root.body.contains("playground"))
                let directions = try #require(JSONSerialization.jsonObject(with: Data(root.body.utf8)) as? [String: String])
                #expect(directions["message"] == "Up and running!")
                for (name, path) in directions where name != "message" { #expect(try client.send("GET", path).status != 404, "\(name)") }
            }
        }

        @Test("is a plain form that says how to get GraphiQL if that is not built in", arguments: [false, true])
        func form(hasGraphiQL: Bool) throws {
            var files: [String: [UInt8]] = [
                "form.html": Array("form \"playground/session.js\" scripts/setup".utf8), "graphiql.html": Array("graphiql".utf8),
                "session.js": [1],
            ]
            if hasGraphiQL { files["graphiql.min.js"] = [2] }
            let response = Playground(files: files).response(to: HTTPRequest(method: "GET", path: "/playground"), compresses: true)
            let text = String(decoding: try #require(response).body.joined, as: UTF8.self)
            #expect(text.hasPrefix(hasGraphiQL ? "graphiql" : "form \"playground/4bf5122f344554c5/session.js\""))
            let page = try String(contentsOf: Self.folder.appending(path: "form.html"), encoding: .utf8)
            #expect(page.contains("scripts/setup"))
        }

        @Test("has examples that answer with data from the demonstration data")
        func examples() async throws {
            let server = try await TestServer.shared.value
            let client = try HTTPClient(port: server.port)
            let text = try String(contentsOf: Self.folder.appending(path: "examples.graphql"), encoding: .utf8)
            let names = text.split(separator: "\n").compactMap { line -> String? in
                let words = line.split(separator: " ")
                return words.count == 3 && ["query", "mutation"].contains(words[0]) ? String(words[1]) : nil
            }
            #expect(names.count == 6 && text.components(separatedBy: "\n# ").count == 6)
            for name in names {
                let body = String(decoding: try JSONEncoder().encode(["query": text, "operationName": name]), as: UTF8.self)
                let headers = ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": server.key]
                let answer = try client.send("POST", "/query", headers: headers, body: body)
                #expect(
                    answer.status == 200 && !answer.body.contains("\"errors\"") && !answer.body.contains("\":null}}"),
                    "\(name): \(answer.body)")
            }
        }

        private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../playground")
    }
}
