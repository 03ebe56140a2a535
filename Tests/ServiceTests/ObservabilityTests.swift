import Foundation
import Telemetry
import Testing

@testable import Service

extension ServiceSuite {
    @Suite("An operator", .serialized)
    struct ObservabilityTests {
        private static let page = "{ contacts(pagination: { page: 1, limit: 2 }) { totalElements content { name } } }"

        private func send(
            _ query: String, port: UInt16, key: String?, headers: [String: String] = [:], variables: String = "{}"
        ) throws -> HTTPAnswer {
            var headers = headers.merging(["Content-Type": "application/json"]) { given, _ in given }
            headers["X-CUSTOMER-OS-API-KEY"] = key
            return try HTTPClient(port: port).send(
                "POST", "/query", headers: headers, body: "{\"query\":\(try jsonText(query)),\"variables\":\(variables)}")
        }

        @Test("reads metrics with the names of the schema, and no text of a client")
        func metrics() async throws {
            let server = try await TestServer.shared.value
            try await server.withServer { _ in
            } _: { port in
                for _ in 0..<3 { #expect(try send(Self.page, port: port, key: server.key).status == 200) }
                _ = try send(
                    "query Secret { contact(id: \"nobody\") { name } organization(id: \"x\") { id } }", port: port, key: server.key)
                _ = try send("{ nonsense }", port: port, key: server.key)
                _ = try send("{ " + String(repeating: "__typename ", count: 51) + "}", port: port, key: server.key)
                _ = try send(Self.page, port: port, key: "wrong")
                _ = try HTTPClient(port: port).send("GET", "/some/path")
                let answer = try HTTPClient(port: port).send("GET", "/metrics")
                #expect(answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
                let text = answer.body
                for line in [
                    "# TYPE http_server_request_duration_seconds histogram",
                    "http_server_request_duration_seconds_count{method=\"POST\",route=\"/query\",status=\"200\"} 4",
                    "http_server_request_duration_seconds_count{method=\"GET\",route=\"other\",status=\"404\"} 1",
                    "graphql_request_duration_seconds_count{operation_type=\"query\",operation=\"Query.contacts\"} 3",
                    "graphql_request_duration_seconds_bucket{operation_type=\"query\",operation=\"Query.contacts\",le=\"+Inf\"} 3",
                    "graphql_request_duration_seconds_count{operation_type=\"query\",operation=\"several\"} 1",
                    "graphql_errors_total{code=\"GRAPHQL_VALIDATION_FAILED\"} 1", "graphql_errors_total{code=\"UNAUTHENTICATED\"} 1",
                    "graphql_rejected_total{rule=\"rootFields\"} 1", "auth_failures_total{reason=\"unknown key\"} 1",
                    "graphql_document_cache_hits_total 2", "db_statements_per_request_count 4",
                    "customer_os_api_graphql_requests_total{name=\"Query.contacts\",status=\"200\"} 3",
                    "customer_os_api_graphql_request_errors_total{name=\"none\"} 3",
                    "build_info{version=\"\(Program.version)\",commit=\"unknown\",swift=\"\(Program.compilerVersion)\"} 1",
                ] { #expect(text.contains(line + "\n"), "\(line)") }
                for name in [
                    "db_pool_connections{state=\"shared\"}", "db_pool_waiting 0", "process_resident_memory_bytes", "process_open_fds",
                    "http_server_open_connections", "http_server_active_requests 1",
                ] { #expect(text.contains(name), "\(name)") }
                for part in ["Secret", "nonsense", "nobody", "some/path", server.key] { #expect(!text.contains(part), "\(part)") }
            }
        }

        @Test("may give the metrics a port of their own")
        func metricsPort() async throws {
            let server = try await TestServer.shared.value
            try await server.withRunningServer {
                $0.metricsPort = 0
            } _: { running in
                let port = try #require(running.metricsPort)
                #expect(try HTTPClient(port: running.port).send("GET", "/metrics").status == 404)
                #expect(try HTTPClient(port: port).send("GET", "/metrics").body.contains("process_open_fds"))
                #expect(try HTTPClient(port: port).send("GET", "/query").status == 404)
            }
        }

        @Test("finds a request by its id, in the answer, in the log and in an error of the server")
        func requestID() async throws {
            let server = try await TestServer.shared.value
            let given = try send(Self.page, port: server.port, key: server.key, headers: ["X-Request-Id": "abc-123.X_"])
            #expect(given.headers["x-request-id"] == "abc-123.X_")
            for bad in ["with space", "a\"b", String(repeating: "x", count: 129), "é"] {
                let made = try send(Self.page, port: server.port, key: server.key, headers: ["X-Request-Id": bad])
                #expect(made.headers["x-request-id"]?.utf8.count == 32, "\(bad)")
            }
        }

        @Test("knows the trace of a request by W3C Trace Context")
        func traceContext() {
            let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
            #expect(TraceContext(header: "00-\(trace)-00f067aa0ba902b7-01")?.traceID == trace)
            #expect(TraceContext(header: "cc-\(trace)-00f067aa0ba902b7-01-more")?.traceID == trace)
            for bad in [
                "", "00-\(trace)-00f067aa0ba902b7", "00-\(trace)-00f067aa0ba902b7-01-more", "ff-\(trace)-00f067aa0ba902b7-01",
                "00-\(trace.uppercased())-00f067aa0ba902b7-01", "00-\(String(repeating: "0", count: 32))-00f067aa0ba902b7-01",
                "00-\(trace)-0000000000000000-01", "00-\(trace)-00f067aa0ba902b-01",
            ] { #expect(TraceContext(header: bad) == nil, "\(bad)") }
        }

        @Test(
            "reads a line for each request, as JSON or logfmt, without keys, variables and documents",
            arguments: [LogWriter.Format.json, .logfmt])
        func log(format: LogWriter.Format) async throws {
            let server = try await TestServer.shared.value
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let path = folder.path + "/log"
            let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o644)
            defer { close(descriptor) }
            try await server.withServer {
                $0.logDescriptor = descriptor
                $0.logFormat = format
                $0.loggedRequests = .all
            } _: { port in
                let canary = "canary-\(UInt64.random(in: 0...UInt64.max))"
                let query =
                    "query Named($id: ID!, $email: String!) { organization(id: $id) { name } contact_ByEmail(email: $email) { name } mine: contact(id: \"\(canary)\") { id } }"
                let answer = try send(
                    query, port: port, key: server.key, headers: ["traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"],
                    variables: "{\"id\":\"\(canary)\",\"email\":\"\(canary)@example.com\"}")
                #expect(answer.status == 200)
                _ = try send("{ \(canary.replacingOccurrences(of: "-", with: "_")) }", port: port, key: server.key)
                _ = try send(Self.page, port: port, key: canary)
                _ = try HTTPClient(port: port).send("GET", "/\(canary)")
                let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
                #expect(!lines.contains { $0.contains(canary) || $0.contains(canary.replacingOccurrences(of: "-", with: "_")) })
                #expect(!lines.contains { $0.contains(server.key) || $0.contains("example.com") })
                let line = try #require(lines.first { $0.contains("Named") })
                let id = try #require(answer.headers["x-request-id"])
                let parts =
                    format == .json
                    ? [
                        "\"request_id\":\"\(id)\"", "\"tenant\":\"demo\"", "\"operation\":\"Named\"", "\"status\":200", "\"statements\":",
                        "\"root_fields\":\"Query.organization,Query.contact_ByEmail,Query.contact\"", "\"duration_ms\":", "\"rows\":",
                        "\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\"", "\"bytes\":\(answer.body.utf8.count)",
                    ]
                    : [
                        "request_id=\(id)", "tenant=demo", "operation=Named", "status=200", "statements=",
                        "root_fields=Query.organization,Query.contact_ByEmail,Query.contact", "duration_ms=",
                        "trace_id=4bf92f3577b34da6a3ce929d0e0e4736",
                    ]
                for part in parts { #expect(line.contains(part), "\(part): \(line)") }
                if format == .json {
                    for line in lines { #expect((try? JSONSerialization.jsonObject(with: Data(line.utf8))) != nil, "\(line)") }
                }
            }
        }

        @Test("lets pages of listed origins use the API, and no others")
        func crossOrigin() async throws {
            let server = try await TestServer.shared.value
            let preflight = ["Origin": "https://crm.example", "Access-Control-Request-Method": "POST"]
            let closed = try HTTPClient(port: server.port).send("OPTIONS", "/query", headers: preflight)
            #expect(closed.status == 403 && closed.headers["access-control-allow-origin"] == nil)
            try await server.withServer {
                $0.allowedOrigins = "https://crm.example, https://other.example"
            } _: { port in
                let allowed = try HTTPClient(port: port).send("OPTIONS", "/query", headers: preflight)
                #expect(allowed.status == 204 && allowed.body.isEmpty && allowed.headers["content-length"] == nil)
                #expect(allowed.headers["access-control-allow-origin"] == "https://crm.example")
                #expect(allowed.headers["access-control-allow-headers"]?.contains("X-CUSTOMER-OS-API-KEY") == true)
                #expect(allowed.headers["vary"] == "Origin")
                let answer = try send(Self.page, port: port, key: server.key, headers: ["Origin": "https://crm.example"])
                #expect(answer.headers["access-control-allow-origin"] == "https://crm.example")
                for origin in ["https://evil.example", "https://crm.example.evil.example", "http://crm.example", "null"] {
                    let refused = try send(Self.page, port: port, key: server.key, headers: ["Origin": origin])
                    #expect(refused.status == 200 && refused.headers["access-control-allow-origin"] == nil)
                    let asked = try HTTPClient(port: port).send(
                        "OPTIONS", "/query", headers: ["Origin": origin, "Access-Control-Request-Method": "POST"])
                    #expect(asked.status == 403)
                }
                #expect(try HTTPClient(port: port).send("OPTIONS", "/query", headers: ["X-CUSTOMER-OS-API-KEY": server.key]).status == 405)
            }
            try await server.withServer {
                $0.allowedOrigins = "*"
            } _: { port in
                let answer = try send(Self.page, port: port, key: server.key, headers: ["Origin": "https://anyone.example"])
                #expect(answer.headers["access-control-allow-origin"] == "*")
            }
        }
    }
}
