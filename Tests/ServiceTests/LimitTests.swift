import EventLoop
import Foundation
import Postgres
@testable import Service
import Testing

extension ServiceSuite {
    @Suite("A limit", .serialized)
    struct LimitTests {
        /// A limit, its place, the number it is set to, and a request that needs just `size` of it.
        struct Case: Sendable, CustomTestStringConvertible {
            let name: String
            let place: any WritableKeyPath<Limits, Int> & Sendable
            let limit: Int
            let request: @Sendable (_ size: Int) -> String

            var testDescription: String { name }

            init(
                _ name: String, _ place: any WritableKeyPath<Limits, Int> & Sendable, _ limit: Int,
                _ request: @escaping @Sendable (Int) -> String
            ) {
                self.name = name
                self.place = place
                self.limit = limit
                self.request = request
            }
        }

        private static func query(_ text: String, variables: String = "{}") -> String {
            "{\"query\":\((try? jsonText(text)) ?? ""),\"variables\":\(variables)}"
        }

        private static func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

        private static let owned = "organizations(pagination: { page: 1, limit: 1 }) { content { "

        static let cases = [
            Case("documentBytes", \.documentBytes, 200) { query("{ __typename }" + repeated(" ", $0 - 14)) },
            Case("tokens", \.tokens, 50) { query("{" + repeated(" __typename", $0 - 2) + " }") },
            Case("nesting", \.nesting, 20) { query("{ ... " + repeated("{ ... ", $0 - 2) + "{ __typename" + repeated(" }", $0)) },
            Case("depth", \.depth, 6) {
                query("{ __type(name: \"Query\") " + repeated("{ ofType ", $0 - 2) + "{ name " + repeated("} ", $0 - 1) + "}")
            },
            Case("aliases", \.aliases, 10) { query("{ " + (0..<$0).map { "a\($0): __typename " }.joined() + "}") },
            Case("rootFields", \.rootFields, 10) { query("{ " + repeated("__typename ", $0) + "}") },
            Case("directives", \.directives, 10) { query("{ " + repeated("__typename @skip(if: false) ", $0) + "}") },
            Case("fields", \.fields, 30) {
                query(
                    "{ __typename ...F ...F } fragment F on Query { " + repeated("__typename ", ($0 - 1) / 2) + "}"
                        + ($0.isMultiple(of: 2) ? " query B { __typename }" : ""))
            },
            Case("complexity", \.complexity, 7) { query("{ " + repeated("__typename ", $0) + "}") },
            Case("variablesBytes", \.variablesBytes, 100) {
                query("query($v: Boolean!) { __typename @skip(if: $v) }", variables: "{\"v\":false,\"w\":\"\(repeated("x", $0 - 18))\"}")
            },
            Case("variablesNesting", \.variablesNesting, 12) {
                query("{ __typename }", variables: "{\"v\":" + repeated("[", $0 - 1) + repeated("]", $0 - 1) + "}")
            },
            Case("jsonValues", \.jsonValues, 50) {
                query("{ __typename }", variables: "{\"v\":[" + [String](repeating: "1", count: $0 - 4).joined(separator: ",") + "]}")
            },
            Case("cost", \.cost, 40) { query("{ organizations(pagination: { page: 1, limit: \($0 - 1) }) { content { name } } }") },
            Case("cost", \.cost, 41) {
                query(
                    "query($p: Pagination) { organizations(pagination: $p) { content { name } } }",
                    variables: "{\"p\":{\"page\":1,\"limit\":\($0 - 1)}}")
            },
        ]

        @Test("lets pass what keeps it, and names itself for what does not", arguments: cases)
        func boundaries(_ limit: Case) async throws {
            let server = try await TestServer.shared.value
            try await server.withServer {
                $0.limits[keyPath: limit.place] = limit.limit
            } _: { port in
                let client = try HTTPClient(port: port)
                let headers = ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": server.key]
                let sizes = limit.name == "fields" ? [limit.limit - 1, limit.limit + 1] : [limit.limit - 1, limit.limit, limit.limit + 1]
                for size in sizes {
                    let body = limit.request(size).replacingOccurrences(of: " query B { __typename }", with: "")
                    let answer = try client.send("POST", "/query", headers: headers, body: body)
                    let passes = size <= limit.limit
                    #expect(answer.status == (passes ? 200 : 422), "\(size): \(answer.body)")
                    #expect(answer.body.contains("\"code\":\"LIMIT_EXCEEDED\"") == !passes, "\(size): \(answer.body)")
                    if !passes {
                        #expect(answer.body.contains("\"limitName\":\"\(limit.name)\",\"limit\":\(limit.limit)"), "\(answer.body)")
                        #expect(!answer.body.contains("\"data\""))
                    }
                }
            }
        }

        @Test("on the body refuses a larger one with 413", arguments: [2047, 2048, 2049])
        func body(_ size: Int) async throws {
            let server = try await TestServer.shared.value
            try await server.withServer {
                $0.limits.bodyBytes = 2048
            } _: { port in
                let query = "{\"query\":\"{ __typename }\"}"
                let answer = try HTTPClient(port: port).send(
                    "POST", "/query", headers: ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": server.key],
                    body: query + String(repeating: " ", count: size - query.utf8.count))
                #expect(answer.status == (size <= 2048 ? 200 : 413))
            }
        }

        @Test("on the response ends it with an error in place of the data", arguments: [-1, 0, 1])
        func response(_ difference: Int) async throws {
            let server = try await TestServer.shared.value
            let query = "{ organizations(pagination: { page: 1, limit: 5 }) { content { name } } }"
            let size = try server.query(query, key: server.key).body.utf8.count - "}".utf8.count
            try await server.withServer {
                $0.limits.responseBytes = size + difference
            } _: { port in
                let answer = try HTTPClient(port: port).send(
                    "POST", "/query", headers: ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": server.key],
                    body: Self.query(query))
                #expect(answer.body.contains("\"limitName\":\"responseBytes\"") == (difference < 0), "\(answer.body)")
            }
        }

        @Test("on pages refuses a larger one", arguments: [4, 5, 6])
        func page(_ size: Int) async throws {
            let server = try await TestServer.shared.value
            try await server.withServer {
                $0.limits.page = 5
            } _: { port in
                let answer = try HTTPClient(port: port).send(
                    "POST", "/query", headers: ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": server.key],
                    body: Self.query("{ contacts(pagination: { page: 1, limit: \(size) }) { content { id } } }"))
                #expect(answer.body.contains("BAD_USER_INPUT") == (size > 5), "\(answer.body)")
            }
        }

        /// A limit that is found out while the request executes, and a request that needs just `size` of it.
        static let executed = [
            Case("filter depth", \.filterDepth, 5) {
                let nested = (1..<$0).reduce("{ filter: { property: \"NAME\", value: \"x\" } }") { inner, _ in "{ NOT: \(inner) }" }
                return query("{ contacts(where: \(nested)) { totalElements } }")
            },
            Case("filter comparisons", \.filterComparisons, 5) {
                let one = "{ filter: { property: \"NAME\", value: \"x\" } }"
                return query(
                    "{ contacts(where: { OR: [\([String](repeating: one, count: $0).joined(separator: ", "))] }) { totalElements } }")
            },
            Case("filter values", \.filterValues, 5) {
                let values = [String](repeating: "\"x\"", count: $0).joined(separator: ", ")
                return query(
                    "{ contacts(where: { filter: { property: \"NAME\", operation: IN, value: [\(values)] } }) { totalElements } }")
            },
            Case("bulk", \.bulk, 5) {
                let emails = (0..<$0).map { "\"bulk\($0)@limit.example\"" }.joined(separator: ", ")
                return query("mutation { contact_CreateBulkByEmailV2(emails: [\(emails)]) { failedInputs } }")
            },
        ]

        @Test("of an argument names itself and its number", arguments: executed)
        func argument(_ limit: Case) async throws {
            let server = try await TestServer.shared.value
            try await server.withServer {
                $0.limits[keyPath: limit.place] = limit.limit
            } _: { port in
                for size in [limit.limit - 1, limit.limit, limit.limit + 1] {
                    let answer = try HTTPClient(port: port).send(
                        "POST", "/query", headers: ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": server.otherKey],
                        body: limit.request(size))
                    #expect(answer.body.contains("BAD_USER_INPUT") == (size > limit.limit), "\(size): \(answer.body)")
                    #expect(answer.body.contains("\"limit\":\(limit.limit)") == (size > limit.limit), "\(size): \(answer.body)")
                    #expect(answer.body.contains("\"errors\"") == (size > limit.limit), "\(size): \(answer.body)")
                }
            }
        }

        @Test("on the head of a request refuses a larger one", arguments: [-1, 0, 1])
        func head(_ difference: Int) async throws {
            let server = try await TestServer.shared.value
            try await server.withServer {
                $0.limits.requestLineBytes = 300
                $0.limits.headerBytes = 1_100
                $0.limits.headerFields = 12
            } _: { port in
                func status(_ line: String, _ fields: [String]) throws -> Int {
                    try HTTPClient(port: port).exchange("\(line)\r\n" + fields.map { "\($0)\r\n" }.joined() + "\r\n").status
                }
                let host = "Host: a"
                let line = "GET /health? HTTP/1.1"
                let long = "GET /health?\(String(repeating: "x", count: 300 + difference - line.utf8.count)) HTTP/1.1"
                let field = "X: \(String(repeating: "x", count: 1_100 + difference - host.utf8.count - "X: ".utf8.count - 2 * 2))"
                let fields = [host] + (0..<11 + difference).map { "X-\($0): x" }
                let found = [try status(long, [host]), try status(line, [host, field]), try status(line, fields)]
                #expect(found == (difference > 0 ? [414, 431, 431] : [200, 200, 200]))
            }
        }

        @Test("on the time of a request cancels its statement, answers TIMEOUT and leaves nothing behind", .timeLimit(.minutes(1)))
        func time() async throws {
            let server = try await TestServer.shared.value
            let blocker = try BlockingConnection(DatabaseConfiguration(connectionString: server.connectionString))
            try blocker.runScript(
                "BEGIN; SELECT 1 FROM organization WHERE id = '01900000-0000-7000-8000-000000000002' FOR UPDATE")
            try await server.withServer {
                $0.limits.requestMilliseconds = 300
                // Nothing else would end it.
                $0.database.statementTimeout = .seconds(3_600)
            } _: { port in
                let mutation =
                    "mutation { organization_Save(input: { id: \"01900000-0000-7000-8000-000000000002\", notes: \"late\" }) { notes } }"
                let answer = try await Self.inThread {
                    try HTTPClient(port: port).send(
                        "POST", "/query", headers: ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": server.key],
                        body: Self.query(mutation))
                }
                #expect(answer.status == 200 && answer.body.contains("\"code\":\"TIMEOUT\""), "\(answer.body)")
                try blocker.runScript("ROLLBACK")
                let still = try server.query("{ organization(id: \"01900000-0000-7000-8000-000000000002\") { notes } }", key: server.key)
                #expect(!still.body.contains("late"))
            }
        }

        /// Waiting must not hold a thread of the pool that the server's start needs.
        private static func inThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
            try await withCheckedThrowingContinuation { continuation in
                Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
            }
        }

        @Test("on cost counts the objects that may come back, and tells them on request")
        func cost() async throws {
            let server = try await TestServer.shared.value
            let cases = [
                ("{ __typename }", 0), ("{ organization(id: \"x\") { name } }", 1),
                ("{ organization(id: \"x\") { metadata { id } opportunities { metadata { id } } } }", 1 + 1 + 10 * 2),
                ("{ organizations { content { name } } }", 1 + 10),
                ("{ organizations(pagination: { page: 1, limit: 0 }) { content { name } } }", 1 + 10),
                (
                    "{ organizations(pagination: { page: 1, limit: 30 }) { totalElements content { opportunities { metadata { id } } } } }",
                    1 + 30 * (1 + 10 * 2)
                ),
            ]
            for (query, objects) in cases {
                let answer = try HTTPClient(port: server.port).send(
                    "POST", "/query", headers: ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": server.key],
                    body: "{\"query\":\(try jsonText(query)),\"extensions\":{\"cost\":true}}")
                #expect(
                    answer.body.hasSuffix(",\"extensions\":{\"cost\":{\"objects\":\(objects),\"limit\":500000}}}"),
                    "\(query) \(answer.body)")
            }
        }
    }
}

@Suite("The documentation of limits")
struct LimitDocumentationTests {
    @Test("names every limit that can be set")
    func completeness() throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let text = try String(contentsOf: tests.appending(path: "../../docs/limits.md"), encoding: .utf8)
        for setting in Limits.settings {
            #expect(text.contains("`--\(setting.name)`"), "\(setting.name)")
            #expect(text.contains("`\(setting.environment)`") || setting.unit == "BYTES", "\(setting.environment)")
        }
    }
}
