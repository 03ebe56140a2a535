import Foundation
import Service
import TestSupport
import Testing

extension ServiceSuite.OneByOne.Servers {
    @Suite("Persisted documents")
    struct PersistedDocumentTests {
        private static let text = "{ contact_ByEmail(email: \"buyer@example.com\") { name } }"

        private func send(
            _ body: String, port: UInt16, key: String, accept: String? = nil
        ) throws -> HTTPAnswer {
            var headers = ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": key]
            headers["Accept"] = accept
            return try HTTPClient(port: port).send("POST", "/query", headers: headers, body: body)
        }

        private func extensions(_ hash: String) -> String {
            "\"extensions\":{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\"\(hash)\"}}"
        }

        /// The digest from sha256sum(1).
        private static func digest(_ text: String) throws -> String {
            String(try Tool.run("sha256sum", [], input: text).output.prefix(64))
        }

        @Test("are learned from clients: requested by hash, missed, sent once, then known by hash, by POST and GET")
        func automatic() async throws {
            let server = try await TestServer.shared.value
            let query = "{ contact_ByEmail(email: \"buyer@example.com\") { name a\(UInt32.random(in: 0...UInt32.max)): name } }"
            let hash = try Self.digest(query)
            let missed = try send("{\(extensions(hash))}", port: server.port, key: server.key)
            #expect(missed.status == 200 && !missed.body.contains("\"data\""))
            #expect(missed.body.contains("\"message\":\"PersistedQueryNotFound\""))
            #expect(missed.body.contains("\"code\":\"PERSISTED_QUERY_NOT_FOUND\""))
            let strict = try send("{\(extensions(hash))}", port: server.port, key: server.key, accept: "application/graphql-response+json")
            #expect(strict.status == 422)
            let sent = try send("{\"query\":\(try jsonText(query)),\(extensions(hash))}", port: server.port, key: server.key)
            #expect(sent.body.contains("Nora"))
            let known = try send("{\(extensions(hash.uppercased()))}", port: server.port, key: server.key)
            #expect(known.body == sent.body)
            let parameter = "{%22persistedQuery%22:{%22version%22:1,%22sha256Hash%22:%22\(hash)%22}}"
            let got = try HTTPClient(port: server.port).send(
                "GET", "/query?extensions=\(parameter)", headers: ["X-CUSTOMER-OS-API-KEY": server.key])
            #expect(got.body == sent.body)
        }

        @Test("are not learned under a wrong hash, or of an unknown version")
        func wrongHash() async throws {
            let server = try await TestServer.shared.value
            let hash = String(repeating: "0", count: 64)
            let wrong = try send("{\"query\":\(try jsonText(Self.text)),\(extensions(hash))}", port: server.port, key: server.key)
            #expect(wrong.status == 422 && wrong.body.contains("provided sha does not match query"))
            #expect(try send("{\(extensions(hash))}", port: server.port, key: server.key).body.contains("PersistedQueryNotFound"))
            let version = "{\"extensions\":{\"persistedQuery\":{\"version\":2,\"sha256Hash\":\"\(hash)\"}}}"
            #expect(try send(version, port: server.port, key: server.key).status == 422)
        }

        @Test("on the operator's list are all that is served, by id, by hash, or by text")
        func trusted() async throws {
            let server = try await TestServer.shared.value
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            try Self.text.write(toFile: folder.path + "/Buyer.graphql", atomically: true, encoding: .utf8)
            try "{\"operations\":[{\"id\":\"one\",\"body\":\"{ organizations { totalElements } }\"}]}".write(
                toFile: folder.path + "/apollo.json", atomically: true, encoding: .utf8)
            try "{\"two\":\"query Two { __typename }\",\"three\":\"{ tenant } # K\"}".write(
                toFile: folder.path + "/relay.json", atomically: true, encoding: .utf8)
            let documents = try TrustedDocuments(folder: folder.path)
            let hash = try Self.digest(Self.text)
            try await server.withServer {
                $0.trustedDocuments = documents
            } _: { port in
                func send(_ body: String) throws -> HTTPAnswer { try self.send(body, port: port, key: server.key) }
                for body in [
                    "{\"documentId\":\"Buyer\"}", "{\"id\":\"Buyer\"}", "{\"documentId\":\"\(hash)\"}", "{\(extensions(hash))}",
                    "{\"query\":\(try jsonText(Self.text))}",
                ] { #expect(try send(body).body.contains("Nora"), "\(body)") }
                #expect(try send("{\"documentId\":\"one\"}").body.contains("totalElements"))
                #expect(try send("{\"documentId\":\"two\"}").body.contains("\"Query\""))
                let other = try send("{\"query\":\"{ __typename }\"}")
                #expect(other.status == 403 && other.body.contains("Only operations of the server's list are served."))
                // U+212A is no K, though Unicode calls them equivalent.
                #expect(try send("{\"query\":\"{ tenant } # K\"}").status == 200)
                #expect(try send("{\"query\":\"{ tenant } # \u{212A}\"}").status == 403)
                let learned = "{ __typename a: __typename }"
                #expect(
                    try send("{\"query\":\(try jsonText(learned)),\(extensions(try Self.digest(learned)))}").body.contains(
                        "PersistedQueryNotFound"))
                #expect(try send("{\"documentId\":\"nobody\"}").body.contains("PERSISTED_QUERY_NOT_FOUND"))
                #expect(try send("{}").status == 422)
            }
        }

        @Test("on the operator's list must be valid, or the server does not start")
        func invalidList() async throws {
            let server = try await TestServer.shared.value
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            try "{ nothing }".write(toFile: folder.path + "/Bad.graphql", atomically: true, encoding: .utf8)
            let documents = try TrustedDocuments(folder: folder.path)
            await #expect(throws: (any Error).self) {
                try await server.withServer {
                    $0.trustedDocuments = documents
                } _: { _ in
                }
            }
            try "[]".write(toFile: folder.path + "/list.json", atomically: true, encoding: .utf8)
            #expect(throws: (any Error).self) { try TrustedDocuments(folder: folder.path) }
            #expect(throws: (any Error).self) { try TrustedDocuments(folder: folder.path + "/nowhere") }
        }

        @Test("and others cannot use introspection if it is switched off")
        func introspection() async throws {
            let server = try await TestServer.shared.value
            try await server.withServer {
                $0.allowsIntrospection = false
                $0.suggestsNames = false
            } _: { port in
                let asked = try send("{\"query\":\"{ __schema { types { name } } }\"}", port: port, key: server.key)
                #expect(asked.status == 422 && asked.body.contains("GraphQL introspection has been disabled"))
                #expect(try send("{\"query\":\"{ __typename }\"}", port: port, key: server.key).status == 200)
                let wrong = try send("{\"query\":\"{ organisations { totalElements } }\"}", port: port, key: server.key)
                #expect(!wrong.body.contains("Did you mean"))
            }
        }
    }
}
