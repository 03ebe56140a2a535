import CustomerOS
import Foundation
import Postgres
import Telemetry
import TestSupport
import Testing

@testable import Service

extension ServiceSuite.OneByOne.Servers {
    /// Sends values that must never reappear, and looks where an operator looks. The log is searched again after all
    /// tests: see `TestLog`.
    @Suite("Values of clients")
    struct CanaryTests {
        private static let canary = TestLog.Canary.variable
        private static let name = canary.replacingOccurrences(of: "-", with: "_")

        /// The lines that hold the value in any form in which it was sent.
        private func holds(_ text: String) -> Bool {
            let folded = text.lowercased()
            return folded.contains(Self.canary) || folded.contains(Self.name)
        }

        @Test("are found by the search when a line holds one")
        func search() {
            for bad in [
                "level=info key=\(TestLog.Canary.key)9", "{\"a\":\"\(Self.canary)\"}", "cos_abcdefgh", "ADA@acme.example",
                "id=01900000-0001-7000-8000-000000000001", "password=\(TestLog.Canary.password)", "ZQ7X",
                TestLog.Canary.header.uppercased(),
            ] { #expect(TestLog.findings(in: [bad[...]]).count == 1, "\(bad)") }
            #expect(TestLog.findings(in: ["time=2026 level=info message=request request_id=ab12 tenant=demo operation=Named"]).isEmpty)
        }

        /// Request bodies with the value in each kind of place, valid and broken.
        private static func bodies() throws -> [String] {
            let address = "\(canary)@people.example"
            let documents = [
                "query($x: ID!) { contact(id: $x) { name } }", "query($x: String!) { contact_ByEmail(email: $x) { name } }",
                "query($x: Int!) { contacts(pagination: { page: $x, limit: 1 }) { totalElements } }",
                "{ contact(id: \"\(canary)\") { name } }",
                "{ contact_ByEmail(email: \"\(address)\") { name } } # \(canary)", "{ \(name) }", "{ contact(id: \"x\") { \(name) } }",
                "{ \(name): contact(id: \"x\") { name } }", "{ contact(\(name): \"x\") { name } }",
                "{ contact(id: \"x\") @\(name) { name } }",
                "{ ...\(name) } fragment \(name) on Query { contact(id: \"x\") { name } }",
                "query($\(name): ID!) { contact(id: $\(name)) { name } }",
                "{ contact(id: \"\(canary)", "{ contacts(sort: [{ by: \"\(canary)\" }]) { totalElements } }",
                "{ contacts(where: { filter: { property: \"\(canary)\", operation: EQ, value: \"\(canary)\" } }) { totalElements } }",
                "mutation($x: String!) { organization_Save(input: { name: $x, website: $x, notes: $x }) { name } }",
                "mutation { contact_Update(input: { id: \"\(canary)\", name: \"\(canary)\" }) { name } }",
                "mutation { contact_Create(input: { name: \"\(canary)\", email: { email: \"\(address)\" } }) }",
                "mutation { user_Create(input: { name: \"\(canary)\" }) { id } }",
            ]
            let variables = [
                "{\"x\":\"\(canary)\"}", "{\"x\":\"\(address)\",\"\(name)\":\"\(canary)\"}", "{\"x\":{\"\(name)\":[\"\(canary)\"]}}",
                "{\"x\":\"\(canary)\\u0000\"}", "{\"x\":\"\(String(repeating: canary, count: 200))\"}",
            ]
            var bodies: [String] = []
            for document in documents {
                for variables in variables { bodies.append("{\"query\":\(try jsonText(document)),\"variables\":\(variables)}") }
            }
            return bodies + [
                "{\"query\":\"{ __typename }\",\"operationName\":\"\(name)\"}", "{\"query\":\"\(canary)", "[\"\(canary)\"]", canary,
                "{\"documentId\":\"\(canary)\"}",
                "{\"query\":\"{ __typename }\",\"extensions\":{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\"\(canary)\"}}}",
                "{\"query\":\"{ __typename }\",\"variables\":\"\(canary)\"}", "{\"query\":\"{ __typename }\",\"\(canary)\":1}",
            ]
        }

        @Test("do not get into logs, metrics and spans, from valid or broken requests")
        func everywhere() async throws {
            let tenant = try await TestTenant.make()
            let server = tenant.server
            let collector = try FakeCollector()
            defer { collector.stop() }
            let before = try TestLog.end()
            var spans: [CollectedSpan] = []
            try await server.withServer {
                $0.tracing = TracingConfiguration(
                    endpoint: collector.address, headers: "authorization=Bearer%20\(TestLog.Canary.collectorKey)")
                $0.tracing?.interval = .milliseconds(50)
                $0.logFormat = .json
                $0.limits.requestMilliseconds = 5_000
            } _: { port in
                let client = try HTTPClient(port: port)
                let json = ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": tenant.key]
                for body in try Self.bodies() { _ = try client.send("POST", "/query", headers: json, body: body) }
                for headers in [
                    ["X-CUSTOMER-OS-API-KEY": Self.canary], ["X-Openline-API-KEY": Self.canary], ["Authorization": "Bearer \(Self.canary)"],
                    json.merging(["X-Openline-TENANT": Self.canary]) { $1 },
                    json.merging(["X-Openline-USERNAME": "\(Self.canary)@x.example"]) { $1 },
                    json.merging(["X-Openline-API-KEY": Self.canary]) { $1 }, json.merging(["Content-Type": Self.canary]) { $1 },
                    json.merging(["Accept": Self.canary]) { $1 }, json.merging(["Origin": "https://\(Self.canary)"]) { $1 },
                    json.merging(["X-Request-Id": "\(Self.canary) \(Self.canary)"]) { $1 },
                    json.merging(["traceparent": "00-\(Self.canary)-1-01", "tracestate": "a=b"]) { $1 },
                ] { _ = try client.send("POST", "/query", headers: headers, body: "{\"query\":\"{ __typename }\"}") }
                for path in [
                    "/\(Self.canary)", "/query?query=\(Self.canary)&variables=%7B%22x%22%3A%22\(Self.canary)%22%7D",
                    "/health?\(Self.canary)",
                    "/query?query=%7Bcontact(id%3A%22\(Self.canary)%22)%7Bname%7D%7D",
                ] { _ = try client.send("GET", path, headers: json) }
                // Refused before they are parsed: each ends its connection.
                for text in [
                    "\(Self.canary)", "GET \(Self.canary) HTTP/1.1", "GET / HTTP/1.1\r\nHost: a\r\n\(Self.canary)",
                    "GET / HTTP/1.1\r\nHost: a\r\n\(Self.canary): a\r\nContent-Length: \(Self.canary)",
                    "\(Self.canary.uppercased()) / HTTP/9",
                    "POST /query HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \(Self.canary)",
                    "GET /\(String(repeating: Self.canary, count: 800)) HTTP/1.1",
                ] { _ = try? HTTPClient(port: port).exchange(text + "\r\n\r\n") }
                let metrics = try HTTPClient(port: port).send("GET", "/metrics").body
                #expect(!holds(metrics))
                spans = try await collector.spans { $0.count > 300 }
            }
            let lines = try TestLog.lines(from: before)
            // All of it was reported, but not its content.
            #expect(lines.filter { $0.contains("\"message\":\"request\"") }.count >= 110)
            #expect(lines.filter { $0.contains("\"message\":\"slow operation\"") }.count >= 50)
            #expect(lines.filter { $0.contains("\"message\":\"request refused\"") }.count >= 6)
            #expect(lines.contains { $0.contains("authentication failed") })
            #expect(!lines.contains { holds(String($0)) })
            #expect(!spans.isEmpty)
            for body in collector.bodies { #expect(!holds(body)) }
            #expect(collector.requests.allSatisfy { $0.fields["authorization"] == "Bearer \(TestLog.Canary.collectorKey)" })
        }

        @Test("do not get into the log from any place in the schema that takes text", arguments: try TextPlaces.all())
        func places(_ places: TextPlaces) async throws {
            let tenant = try await TestTenant.make()
            let before = try TestLog.end()
            for variables in places.variables {
                let given = variables.replacingOccurrences(of: TextPlaces.mark, with: "\"\(Self.canary)\"")
                let answer = try tenant.server.query(places.document, variables: given, key: tenant.key)
                #expect(answer.status == 200 || answer.status == 422)
            }
            let lines = try TestLog.lines(from: before)
            #expect(lines.filter { $0.contains(" message=request ") }.count >= places.variables.count)
            #expect(!lines.contains { holds(String($0)) })
        }

        @Test("do not get into the log when the database is down or refuses")
        func failures() async throws {
            let before = try TestLog.end()
            let server = try await TestServer.shared.value
            try await server.withServer {
                $0.database = DatabaseConfiguration(
                    connectionString: "host=127.0.0.1 port=1 user=\(Self.canary) password=\(TestLog.Canary.password) dbname=\(Self.canary)")
                $0.jobs = []
            } _: { port in
                let answer = try HTTPClient(port: port).send(
                    "POST", "/query", headers: ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": Self.canary],
                    body: "{\"query\":\"{ __typename }\"}")
                #expect(answer.status == 503 && !holds(answer.body))
                let readiness = try HTTPClient(port: port).send("GET", "/readiness")
                #expect(readiness.status == 503 && !holds(readiness.body))
            }
            #expect(try !TestLog.lines(from: before).contains { holds(String($0)) })
        }
    }
}
