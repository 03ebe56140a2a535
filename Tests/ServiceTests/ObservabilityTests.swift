import CustomerOS
import EventLoop
import Foundation
import Postgres
import Telemetry
import TestSupport
import Testing

@testable import Service

extension ServiceSuite.OneByOne.Servers {
    @Suite("An operator")
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

        @Test("reads metrics with the names of the schema, and no client text")
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

        @Test("may give the metrics their own port")
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

        @Test("finds the log lines counted that a full disk or a departed reader lost")
        func lostLines() async throws {
            let server = try await TestServer.shared.value
            var pipe: [Int32] = [0, 0]
            #expect(Glibc.pipe(&pipe) == 0)
            close(pipe[0])
            let full = open("/dev/full", O_WRONLY)
            defer { for descriptor in [pipe[1], full] { close(descriptor) } }
            for descriptor in [pipe[1], full] {
                try await server.withServer {
                    $0.logDescriptor = descriptor
                    $0.loggedRequests = .all
                } _: { port in
                    for _ in 0..<3 { #expect(try send(Self.page, port: port, key: server.key).status == 200) }
                    let metrics = try HTTPClient(port: port).send("GET", "/metrics").body
                    let line = try #require(metrics.split(separator: "\n").first { $0.hasPrefix("telemetry_dropped_total{kind=\"log\"}") })
                    let count = try #require(line.split(separator: " ").last.flatMap { Int($0) })
                    // The start and three requests, with another line for each slow one.
                    #expect(count >= 4)
                }
            }
        }

        @Test("finds a truncated line counted, and the next one on a new line")
        func cutOffLine() throws {
            var pipe: [Int32] = [0, 0]
            #expect(Glibc.pipe(&pipe) == 0 && fcntl(pipe[1], F_SETFL, O_NONBLOCK) == 0)
            defer { for descriptor in pipe { close(descriptor) } }
            // Full except for a page: of anything longer, a part is written.
            let page = [UInt8](repeating: UInt8(ascii: "-"), count: 4096)
            while write(pipe[1], page, page.count) == page.count {}
            var bytes = [UInt8](repeating: 0, count: 1 << 20)
            #expect(read(pipe[0], &bytes, page.count) == page.count)
            let lost = Lock(0)
            let log = LogWriter(descriptor: pipe[1]) { lost.withLock { $0 += 1 } }
            log.record(.warning(String(repeating: "\u{1}", count: 1000)))
            #expect(lost.withLock { $0 } == 1)
            #expect(read(pipe[0], &bytes, bytes.count) > 0)
            log.record(.serverStopping)
            log.record(.serverStopping)
            let count = read(pipe[0], &bytes, bytes.count)
            let lines = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(
                separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count == 4 && lines[0] == "" && lines[3] == "")
            #expect(lines[1].hasSuffix("message=\"server stopping\"") && lines[2].hasSuffix("message=\"server stopping\""))
            #expect(lost.withLock { $0 } == 1)
        }

        @Test("finds a request's correct figures in its log line")
        func numbers() async throws {
            let server = try await TestServer.shared.value
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let path = folder.path + "/log"
            let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o644)
            defer { close(descriptor) }
            let statements = Lock<[String]>([])
            try await server.withServer {
                $0.logDescriptor = descriptor
                $0.logFormat = .json
                $0.onStatements = { _, issued in statements.withLock { $0 = issued.map(\.name) } }
            } _: { port in
                let query =
                    "query Two { contacts(pagination: { page: 1, limit: 7 }, sort: [{ by: \"LAST_NAME\" }]) { content { name primaryEmail { email } } } organization(id: \"01900000-0000-7000-8000-000000000001\") { name } }"
                let client = try HTTPClient(port: port)
                let headers = ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": server.key]
                let start = ContinuousClock.now
                let answer = try client.send("POST", "/query", headers: headers, body: "{\"query\":\(try jsonText(query))}")
                let duration = (ContinuousClock.now - start) / .milliseconds(1)
                let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").compactMap { line in
                    try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                }
                let line = try #require(lines.first { $0.text("message") == "request" })
                #expect(line.text("request_id") == answer.headers["x-request-id"])
                #expect(line.text("tenant") == "demo" && line.text("operation") == "Two" && line.text("operation_type") == "query")
                #expect(line.text("root_fields") == "Query.contacts,Query.organization" && line.text("method") == "POST")
                #expect(line.number("status") == 200 && line.number("bytes") == answer.body.utf8.count)
                let issued = statements.withLock { $0 }
                #expect(line.number("statements") == issued.count && issued.count >= 3)
                // Seven contacts, the addresses of those that have one, one organization.
                let addresses = answer.body.components(separatedBy: "\"email\":\"").count - 1
                #expect(addresses > 3 && line.number("rows") == 7 + addresses + 1, "\(line)")
                let told = try #require(line["duration_ms"] as? Double)
                #expect(told > 0 && told <= duration)
                // Slow operations are logged again, with the statements they waited for and no document.
                let slow = try #require(lines.first { $0.text("message") == "slow operation" })
                #expect(slow.text("request_id") == line.text("request_id") && slow.text("level") == "warning")
                #expect(slow.text("document") == SHA256.text(query) && slow.text("operation") == "Two")
                for name in issued { #expect(slow.text("statements").contains("\(name):"), "\(slow)") }
                for part in slow.text("statements").components(separatedBy: ", ") {
                    let milliseconds = try #require(Double(part.split(separator: ":").last ?? ""), "\(part)")
                    #expect(milliseconds >= 0 && milliseconds < duration)
                }
                #expect(
                    Set(slow.keys) == [
                        "time", "level", "message", "request_id", "duration_ms", "tenant", "operation", "root_fields", "document",
                        "statements",
                    ])
            }
        }

        @Test("hears nothing of fast operations, and of requests only what is configured", arguments: ["none", "slow", "all"])
        func quiet(_ wanted: String) async throws {
            let server = try await TestServer.shared.value
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let path = folder.path + "/log"
            let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o644)
            defer { close(descriptor) }
            try await server.withServer {
                $0.logDescriptor = descriptor
                $0.slowOperation = 3_600
                $0.loggedRequests = wanted == "none" ? .none : wanted == "slow" ? .slow(3_600) : .all
            } _: { port in
                let answer = try send(Self.page, port: port, key: server.key)
                #expect(answer.status == 200)
            }
            let log = try String(contentsOfFile: path, encoding: .utf8)
            #expect(!log.contains("slow operation") && log.contains("server started"))
            #expect(log.contains("message=request ") == (wanted == "all"))
        }

        @Test("sees only the program's own words in labels, whatever clients call things")
        func labels() async throws {
            let server = try await TestServer.shared.value
            try await server.withServer { _ in
            } _: { port in
                for number in 0..<120 {
                    let hostile = "evil_\(number)"
                    _ = try send("query \(hostile) { contact(id: \"x\") { name } }", port: port, key: server.key)
                    _ = try send("{ \(hostile): contact(id: \"x\") { name } }", port: port, key: server.key)
                    _ = try send("{ \(hostile) }", port: port, key: server.key)
                    _ = try send(Self.page, port: port, key: "\(hostile)")
                    _ = try HTTPClient(port: port).send("GET", "/\(hostile)?\(hostile)=1")
                    _ = try HTTPClient(port: port).send("EVIL\(number)", "/query")
                    _ = try send(Self.page, port: port, key: server.key, headers: ["X-Openline-TENANT": hostile])
                    _ = try? HTTPClient(port: port).exchange("GET /\(hostile) HTTP/\(number)\r\n\r\n")
                }
                let text = try HTTPClient(port: port).send("GET", "/metrics").body
                #expect(!text.lowercased().contains("evil"))
                let series = text.split(separator: "\n").filter { !$0.hasPrefix("#") && !$0.contains("_bucket{") }
                #expect(series.count < 200, "\(series.count)")
                // Each line follows the format.
                let line = /[a-z_]+(\{[a-z_]+="([^"\\\n]|\\.)*"(,[a-z_]+="([^"\\\n]|\\.)*")*\})? [0-9.e+-]+(e[+-]?[0-9]+)?/
                for one in text.split(separator: "\n") where !one.hasPrefix("#") { #expect(one.wholeMatch(of: line) != nil, "\(one)") }
                let families = text.split(separator: "\n").filter { $0.hasPrefix("# TYPE ") }
                #expect(Set(families).count == families.count)
            }
        }

        @Test("finds every documented metric, on the main port or its own")
        func names() async throws {
            let tenant = try await TestTenant.make()
            let server = tenant.server
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            try await server.withRunningServer {
                $0.metricsPort = 0
                $0.jobs = []
                $0.foldingInterval = .seconds(3_600)
                $0.tracing = TracingConfiguration(endpoint: "http://127.0.0.1:9")
            } _: { running in
                _ = try send(Self.page, port: running.port, key: tenant.key)
                _ = try send("mutation { contact_Create(input: { name: \"X\" }) }", port: running.port, key: tenant.key)
                let text = try HTTPClient(port: try #require(running.metricsPort)).send("GET", "/metrics").body
                for name in [
                    "http_server_request_duration_seconds histogram", "http_server_active_requests gauge",
                    "http_server_open_connections gauge", "http_server_rejected_total counter", "http_server_accept_failures_total counter",
                    "graphql_request_duration_seconds histogram", "graphql_errors_total counter", "graphql_rejected_total counter",
                    "graphql_document_cache_hits_total counter", "graphql_document_cache_misses_total counter",
                    "db_pool_connections gauge", "db_pool_waiting gauge", "db_pool_acquire_duration_seconds histogram",
                    "db_pool_timeouts_total counter", "db_statement_duration_seconds histogram", "db_statements_per_request histogram",
                    "db_reconnects_total counter", "auth_failures_total counter", "process_resident_memory_bytes gauge",
                    "process_open_fds gauge", "process_max_fds gauge", "process_cpu_seconds_total counter",
                    "process_start_time_seconds gauge", "build_info gauge", "job_runs_total counter",
                    "job_last_run_timestamp_seconds gauge", "job_last_duration_seconds gauge", "job_last_changed gauge",
                    "telemetry_dropped_total counter", "trace_spans_waiting gauge", "trace_spans_dropped_total counter",
                    "trace_spans_exported_total counter", "trace_export_failures_total counter",
                    "customer_os_api_graphql_requests_total counter", "customer_os_api_graphql_request_duration_seconds histogram",
                    "customer_os_api_graphql_request_errors_total counter",
                ] { #expect(text.contains("# TYPE \(name)\n"), "\(name)") }
                #expect(text.contains("db_pool_acquire_duration_seconds_count 1\n"))
                for name in ["api_key.find", "BEGIN", "COMMIT"] {
                    #expect(text.contains("db_statement_duration_seconds_count{statement=\"\(name)\"} 1\n"), "\(name)")
                }
                #expect(try HTTPClient(port: running.port).send("GET", "/metrics").status == 404)
            }
        }

        @Test("finds connections counted that replaced lost ones, and waits that were in vain")
        func connections() async throws {
            let server = try await TestServer.shared.value
            // Sessions of this server alone, by a name that no other has.
            let name = "reconnects-\(UUID().uuidString)"
            let database = DatabaseConfiguration(connectionString: server.connectionString + " application_name=\(name)")
            try await server.withRunningServer {
                $0.database = database
                // Requests go to any loop: with one, they reach the loop that lost its connections.
                $0.loops = 1
                $0.database.poolSize = 2
                $0.database.queueTimeout = .milliseconds(100)
                $0.jobs = []
                $0.foldingInterval = .seconds(3_600)
            } _: { running in
                let client = try HTTPClient(port: running.port)
                func metric(_ name: String) throws -> Double {
                    let text = try client.send("GET", "/metrics").body
                    return try #require(
                        text.split(separator: "\n").first { $0.hasPrefix(name + " ") }.flatMap { Double($0.dropFirst(name.count + 1)) })
                }
                #expect(try send(Self.page, port: running.port, key: server.key).status == 200)
                #expect(try metric("db_reconnects_total") == 0)
                let connection = try BlockingConnection(DatabaseConfiguration(connectionString: server.connectionString))
                // Idle shared connections: all come back.
                try connection.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1", [.text(name)])
                for _ in 0..<400 where try metric("db_reconnects_total") == 0 {
                    _ = try? send(Self.page, port: running.port, key: server.key)
                    try await Task.sleep(for: .milliseconds(50))
                }
                #expect(try metric("db_reconnects_total") >= 1)
            }
        }
    }
}
