import CustomerOS
import EventLoop
import Foundation
import HTTP
import Postgres
import Telemetry
import TestSupport
import Testing

@testable import Service

extension ServiceSuite.OneByOne.Servers {
    @Suite("Traces")
    struct TracingTests {
        private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
        private static let parent = "00f067aa0ba902b7"
        private static let organization = "{ organization(id: \"01900000-0000-7000-8000-000000000001\") { name opportunities { name } } }"

        private func send(
            _ query: String, port: UInt16, key: String?, headers: [String: String] = [:], variables: String = "{}"
        ) throws -> HTTPAnswer {
            var headers = headers.merging(["Content-Type": "application/json"]) { given, _ in given }
            headers["X-CUSTOMER-OS-API-KEY"] = key
            return try HTTPClient(port: port).send(
                "POST", "/query", headers: headers, body: "{\"query\":\(try jsonText(query)),\"variables\":\(variables)}")
        }

        private func configuration(_ collector: FakeCollector, _ change: (inout TracingConfiguration) -> Void = { _ in }) throws
            -> TracingConfiguration
        {
            var configuration = try TracingConfiguration(
                endpoint: collector.address + "/", sampler: .parentBased(ratio: 1), serviceName: "crm"
            )
            .orThrow()
            configuration.interval = .milliseconds(50)
            configuration.backOff = .milliseconds(50)
            change(&configuration)
            return configuration
        }

        private func metric(_ name: String, _ port: UInt16) throws -> Int {
            let text = try HTTPClient(port: port).send("GET", "/metrics").body
            return text.split(separator: "\n").first { $0.hasPrefix(name + " ") }.flatMap { Int($0.dropFirst(name.count + 1)) } ?? -1
        }

        /// The lines of the log from `start` on, once one of them has the text.
        private func lines(from start: UInt64, with text: String) async throws -> [Substring] {
            for _ in 0..<100 {
                let lines = try TestLog.lines(from: start).filter { $0.contains(text) }
                if !lines.isEmpty { return lines }
                try await Task.sleep(for: .milliseconds(50))
            }
            return []
        }

        @Test("reach the collector in OTLP, below the client's span, with every part and every statement")
        func spans() async throws {
            let server = try await TestServer.shared.value
            let collector = try FakeCollector()
            defer { collector.stop() }
            let statements = Lock<[String]>([])
            var answer: HTTPAnswer?
            let before = UInt64(Date().timeIntervalSince1970 * 1e9)
            try await server.withServer {
                $0.tracing = try configuration(collector)
                $0.onStatements = { _, issued in statements.withLock { $0 = issued.map(\.name) } }
            } _: { port in
                answer = try send(
                    "query Named \(Self.organization)", port: port, key: server.key,
                    headers: ["traceparent": "00-\(Self.trace)-\(Self.parent)-01", "tracestate": "vendor=a1,other=\"b\""])
                let got = try await collector.spans { $0.contains { $0.kind == 2 } }
                let after = UInt64(Date().timeIntervalSince1970 * 1e9)
                let whole = try #require(got.first { $0.kind == 2 })
                #expect(whole.name == "query Query.organization" && whole.parentID == Self.parent && !whole.hasFailed)
                #expect(answer?.headers["traceresponse"] == "00-\(Self.trace)-\(whole.spanID)-01")
                #expect(got.allSatisfy { $0.traceID == Self.trace && $0.state == "vendor=a1,other=\"b\"" })
                #expect(Set(got.map(\.spanID)).count == got.count)
                #expect(
                    whole.attributes == [
                        "http.request.method": "POST", "http.route": "/query", "http.response.status_code": "200",
                        "http.response.body.size": String(answer?.body.utf8.count ?? -1), "customeros.tenant": "demo",
                        "customeros.request_id": answer?.headers["x-request-id"] ?? "", "graphql.operation.type": "query",
                        "graphql.operation.name": "Named", "graphql.document.hash": SHA256.text("query Named \(Self.organization)"),
                    ])
                for name in ["parse", "validate", "execute"] {
                    let part = try #require(got.first { $0.name == name })
                    #expect(part.kind == 1 && part.parentID == whole.spanID)
                }
                let execution = try #require(got.first { $0.name == "execute" })
                let issued = statements.withLock { $0 }
                let clients = got.filter { $0.kind == 3 }
                #expect(clients.map(\.name) == issued && issued.count >= 2)
                for client in clients {
                    #expect(client.parentID == execution.spanID)
                    #expect(client.attributes == ["db.system.name": "postgresql", "db.query.summary": client.name])
                    #expect(client.start >= execution.start && client.end <= execution.end)
                }
                #expect(execution.attributes["customeros.statements"] == String(issued.count))
                for span in got { #expect(span.start >= whole.start && span.end <= whole.end && span.start >= before && span.end <= after) }
                let lines = try await lines(from: 0, with: "span_id=\(whole.spanID)")
                #expect(lines.contains { $0.contains("trace_id=\(Self.trace)") && $0.contains("message=request") })
            }
            let request = try #require(collector.requests.first)
            #expect(request.line == "POST /v1/traces HTTP/1.1" && request.fields["content-type"] == "application/json")
            let body = try #require(try JSONSerialization.jsonObject(with: Data(request.body.utf8)) as? [String: Any])
            #expect(Set(body.keys) == ["resourceSpans"])
            let resource = try #require(body.objects("resourceSpans").first)
            let names = try FakeCollector.attributes(of: resource.object("resource"))
            #expect(
                names["service.name"] == "crm" && names["service.version"] == Program.version && names["telemetry.sdk.language"] == "swift")
            #expect(resource.objects("scopeSpans").first?.object("scope").text("name") == "customeros-api")
            #expect(request.body.contains("\"startTimeUnixNano\":\"1") && request.body.contains("\"kind\":2"))
        }

        @Test("report what failed: refused documents, statements, keys")
        func failures() async throws {
            let tenant = try await TestTenant.make()
            let server = tenant.server
            let collector = try FakeCollector()
            defer { collector.stop() }
            try await server.withServer {
                $0.tracing = try configuration(collector)
            } _: { port in
                _ = try send("{ a", port: port, key: server.key)
                _ = try send("{ nope }", port: port, key: server.key)
                _ = try send("{ __typename }", port: port, key: "wrong")
                _ = try send(
                    "mutation { contact_Create(input: { name: \"\(String(repeating: "x", count: 10))\" }) }", port: port, key: tenant.key)
                let got = try await collector.spans { $0.filter { $0.kind == 2 }.count == 4 }
                let wholes = got.filter { $0.kind == 2 }
                #expect(wholes.map { $0.attributes["http.response.status_code"] } == ["422", "422", "401", "200"])
                #expect(wholes.map(\.name) == ["POST /query", "POST /query", "POST /query", "mutation Mutation.contact_Create"])
                #expect(wholes[1].attributes["customeros.error_codes"] == "GRAPHQL_VALIDATION_FAILED")
                #expect(Set(wholes.map(\.traceID)).count == 4 && wholes.allSatisfy(\.parentID.isEmpty))
                #expect(got.first { $0.name == "parse" && $0.hasFailed }?.parentID == wholes[0].spanID)
                #expect(got.first { $0.name == "validate" && $0.hasFailed }?.parentID == wholes[1].spanID)
                let names = got.filter { $0.kind == 3 && $0.traceID == wholes[3].traceID }.map(\.name)
                #expect(names.first == "BEGIN" && names.contains("COMMIT"))
            }
        }

        @Test("follow the client's decision, and are passed on without a collector too")
        func sampling() async throws {
            let server = try await TestServer.shared.value
            let collector = try FakeCollector()
            defer { collector.stop() }
            let header = "00-\(Self.trace)-\(Self.parent)-00"
            try await server.withServer {
                $0.tracing = try configuration(collector)
            } _: { port in
                let answer = try send("{ __typename }", port: port, key: server.key, headers: ["traceparent": header])
                #expect(answer.headers["traceresponse"] == "00-\(Self.trace)-\(Self.parent)-00")
                _ = try send("{ __typename }", port: port, key: server.key)
                let got = try await collector.spans { !$0.isEmpty }
                #expect(!got.contains { $0.traceID == Self.trace })
            }
            #expect(!collector.bodies.contains { $0.contains(Self.trace) })
            // Without tracing: in the log and in the answer.
            let before = try TestLog.end()
            let answer = try send("{ __typename }", port: server.port, key: server.key, headers: ["traceparent": header])
            #expect(answer.headers["traceresponse"] == "00-\(Self.trace)-\(Self.parent)-00")
            let told = try await lines(from: before, with: "trace_id=\(Self.trace)")
            #expect(!told.isEmpty)
            #expect(try send("{ __typename }", port: server.port, key: server.key).headers["traceresponse"] == nil)
        }

        @Test("carry the state of all fields of that name")
        func stateOfFields() {
            let fields = [
                HTTPField("traceparent", "00-\(Self.trace)-\(Self.parent)-01"), HTTPField("tracestate", "a=1"),
                HTTPField("Tracestate", "b=2"),
            ]
            #expect(RequestIdentity(HTTPRequest(method: "GET", path: "/", fields: fields)).parent?.state == "a=1,b=2")
        }

        @Test("are chosen by OpenTelemetry's samplers")
        func samplers() throws {
            func isKept(_ name: String, _ ratio: Double, parent: String?) throws -> Bool {
                let sampler = try #require(TraceSampler(name: name, ratio: ratio))
                return RequestTrace(parent: parent.flatMap { TraceContext(header: $0) }, sampler: sampler) != nil
            }
            let yes = "00-\(Self.trace)-\(Self.parent)-01"
            let no = "00-\(Self.trace)-\(Self.parent)-00"
            for (name, ratio, withYes, withNo, without) in [
                ("always_on", 0, true, true, true), ("always_off", 1, false, false, false), ("traceidratio", 1, true, true, true),
                ("traceidratio", 0, false, false, false), ("parentbased_always_on", 0, true, false, true),
                ("parentbased_always_off", 1, true, false, false), ("parentbased_traceidratio", 0, true, false, false),
                ("parentbased_traceidratio", 1, true, false, true),
            ] as [(String, Double, Bool, Bool, Bool)] {
                #expect(try isKept(name, ratio, parent: yes) == withYes, "\(name) \(ratio)")
                #expect(try isKept(name, ratio, parent: no) == withNo, "\(name) \(ratio)")
                #expect(try isKept(name, ratio, parent: nil) == without, "\(name) \(ratio)")
            }
            // By the last 63 bits: 0x23ce929d0e0e4736 >> 1 of 2^63 is 0.14.
            let trace = "00-4bf92f3577b34da623ce929d0e0e4736-\(Self.parent)-01"
            #expect(try isKept("traceidratio", 0.15, parent: trace))
            #expect(try !isKept("traceidratio", 0.13, parent: trace))
            let kept = (0..<2000).filter { _ in RequestTrace(parent: nil, sampler: .ratio(0.25)) != nil }.count
            #expect((380...620).contains(kept), "\(kept)")
            #expect(TraceSampler(name: "jaeger_remote", ratio: 1) == nil)
        }

        @Test("wait while the collector is down, without delaying requests, and arrive when it is back; the log says so twice")
        func down() async throws {
            let server = try await TestServer.shared.value
            let place = try FakeCollector()
            let port = place.port
            place.stop()
            let before = try TestLog.end()
            try await server.withServer {
                $0.tracing = try configuration(place)
            } _: { main in
                for _ in 0..<20 {
                    #expect(try send("{ __typename }", port: main, key: server.key).status == 200)
                    try await Task.sleep(for: .milliseconds(20))
                }
                let told = try await lines(from: before, with: "Spans cannot be exported to 127.0.0.1:\(port): no connection")
                #expect(told.count == 1)
                #expect(try metric("trace_export_failures_total", main) >= 2)
                #expect(try metric("trace_spans_exported_total", main) == 0)
                let back = try FakeCollector(port: port)
                defer { back.stop() }
                let got = try await back.spans { $0.filter { $0.kind == 2 }.count == 20 }
                #expect(got.filter { $0.kind == 2 }.count == 20)
                let again = try await lines(from: before, with: "Spans are exported again.")
                #expect(again.count == 1)
                #expect(try metric("trace_spans_dropped_total", main) == 0)
            }
            #expect(try TestLog.lines(from: before).filter { $0.contains("Spans cannot be exported") }.count == 1)
        }

        @Test("are retried after the time the collector names, and dropped if it refuses them")
        func answers() async throws {
            let server = try await TestServer.shared.value
            let collector = try FakeCollector([
                .answer(status: 503, fields: "Retry-After: 1\r\n"), .hangUp, .answer(status: 429, fields: ""), .take,
                .answer(status: 400, fields: ""), .take,
            ])
            defer { collector.stop() }
            try await server.withServer {
                $0.tracing = try configuration(collector)
            } _: { port in
                _ = try send("query First { __typename }", port: port, key: server.key)
                let got = try await collector.spans { !$0.isEmpty }
                #expect(got.contains { $0.attributes["graphql.operation.name"] == "First" })
                let requests = collector.requests
                #expect(requests.count == 4 && Set(requests.map(\.body)).count == 1)
                #expect(requests[1].time.timeIntervalSince(requests[0].time) >= 0.99)
                #expect(try metric("trace_export_failures_total", port) == 3)
                #expect(try metric("trace_spans_dropped_total", port) == 0)
                _ = try send("query Refused { __typename }", port: port, key: server.key)
                for _ in 0..<100 where collector.requests.count < 5 { try await Task.sleep(for: .milliseconds(20)) }
                _ = try send("query Last { __typename }", port: port, key: server.key)
                let all = try await collector.spans { $0.contains { $0.attributes["graphql.operation.name"] == "Last" } }
                #expect(!all.contains { $0.attributes["graphql.operation.name"] == "Refused" })
                #expect(try metric("trace_spans_dropped_total", port) >= 1)
            }
        }

        @Test("do not slow requests if the collector is slow, and are dropped if the queue is full")
        func slow() async throws {
            let server = try await TestServer.shared.value
            let collector = try FakeCollector([.wait(seconds: 60)])
            defer { collector.stop() }
            try await server.withServer {
                $0.tracing = try configuration(collector) {
                    $0.queueLimit = 20
                    $0.batchLimit = 5
                }
            } _: { port in
                _ = try send("{ __typename }", port: port, key: server.key)
                for _ in 0..<100 where collector.requests.isEmpty { try await Task.sleep(for: .milliseconds(10)) }
                let client = try HTTPClient(port: port)
                for _ in 0..<100 {
                    let answer = try client.send(
                        "POST", "/query", headers: ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": server.key],
                        body: "{\"query\":\"{ __typename }\"}")
                    #expect(answer.status == 200)
                }
                // All of them while the collector handles its first batch.
                #expect(collector.requests.count == 1 && collector.bodies.isEmpty)
                let (waiting, dropped) = try (metric("trace_spans_waiting", port), metric("trace_spans_dropped_total", port))
                #expect(waiting <= 20 && dropped >= 75, "\(waiting) \(dropped)")
            }
        }

        @Test("that wait at shutdown are sent, but not waited for long", .timeLimit(.minutes(1)))
        func ending() async throws {
            let server = try await TestServer.shared.value
            let collector = try FakeCollector()
            defer { collector.stop() }
            try await server.withServer {
                $0.tracing = try configuration(collector) { $0.interval = .seconds(3_600) }
            } _: { port in
                _ = try send("query AtTheEnd { __typename }", port: port, key: server.key)
                #expect(collector.requests.isEmpty)
            }
            #expect(try collector.bodies.flatMap(FakeCollector.spans).contains { $0.attributes["graphql.operation.name"] == "AtTheEnd" })
            let stuck = try FakeCollector([.wait(seconds: 3_600)])
            defer { stuck.stop() }
            try await server.withServer {
                $0.tracing = try configuration(stuck) {
                    $0.limit = .seconds(3_600)
                    $0.closingLimit = .milliseconds(300)
                }
            } _: { port in
                _ = try send("{ __typename }", port: port, key: server.key)
            }
            #expect(stuck.bodies.isEmpty)
        }

        @Test("go where the settings say, which are checked")
        func settings() throws {
            let configuration = try #require(
                TracingConfiguration(endpoint: "https://collector.example:4318/tenant/", headers: "api-key=a%20b%2Cc, x-scope = 1"))
            #expect(configuration.collector.path == "/tenant/v1/traces" && configuration.collector.isSecure)
            #expect(configuration.fields == [HTTPField("api-key", "a b,c"), HTTPField("x-scope", "1")])
            for bad in [
                "collector:4318", "ftp://a", "http://", "http://user@a", "http://a?b", "http://a:0", "http://a:70000", "http://a b",
            ] {
                #expect(TracingConfiguration.problem(withEndpoint: bad) != nil, "\(bad)")
            }
            for bad in ["a", "=b", "a b=c", "a=%zz", "a=%0D%0Ab: c"] {
                #expect(TracingConfiguration.problem(withHeaders: bad) != nil, "\(bad)")
            }
            let error = #expect(throws: UsageError.self) {
                try Arguments(
                    [], ServeSettings.all,
                    environment: [
                        "OTEL_TRACES_SAMPLER": "x", "OTEL_TRACES_SAMPLER_ARG": "2", "OTEL_EXPORTER_OTLP_ENDPOINT": "y",
                        "OTEL_EXPORTER_OTLP_HEADERS": "secret", "ALLOW_ORIGINS": "crm.example",
                    ])
            }
            let text = error?.description ?? ""
            #expect(text.split(separator: "\n").count == 5 && !text.contains("secret"), "\(text)")
        }
    }
}

extension Optional {
    fileprivate func orThrow() throws -> Wrapped { try #require(self) }
}
