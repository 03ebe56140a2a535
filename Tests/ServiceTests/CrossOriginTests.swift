import Foundation
import Testing

@testable import Service

extension ServiceSuite.OneByOne.Servers {
    /// Fetch Standard, "CORS protocol", clause by clause.
    @Suite("A page from another origin")
    struct CrossOriginTests {
        private static let listed = "https://crm.example"
        private static let query = "{\"query\":\"{ __typename }\"}"

        private func preflight(_ origin: String?, port: UInt16, method: String? = "POST") throws -> HTTPAnswer {
            var headers = ["Access-Control-Request-Headers": "content-type, x-customer-os-api-key"]
            headers["Origin"] = origin
            headers["Access-Control-Request-Method"] = method
            return try HTTPClient(port: port).send("OPTIONS", "/query", headers: headers)
        }

        private func answer(_ origin: String?, port: UInt16, key: String?) throws -> HTTPAnswer {
            var headers = ["Content-Type": "application/json"]
            headers["Origin"] = origin
            headers["X-CUSTOMER-OS-API-KEY"] = key
            return try HTTPClient(port: port).send("POST", "/query", headers: headers, body: Self.query)
        }

        private func grants(_ answer: HTTPAnswer) -> [String] { answer.headers.keys.filter { $0.hasPrefix("access-control-") }.sorted() }

        @Test("may do nothing unless origins are listed")
        func closed() async throws {
            let server = try await TestServer.shared.value
            try await server.withServer { _ in
            } _: { port in
                let asked = try preflight(Self.listed, port: port)
                #expect(asked.status == 403 && grants(asked).isEmpty)
                // The request itself is answered: the browser withholds the answer from the page.
                let answered = try answer(Self.listed, port: port, key: server.key)
                #expect(answered.status == 200 && grants(answered).isEmpty && answered.headers["vary"] == nil)
            }
        }

        @Test("may use the API if listed")
        func listed() async throws {
            let server = try await TestServer.shared.value
            try await server.withServer {
                $0.allowedOrigins = "https://crm.example, http://localhost:3000"
            } _: { port in
                for origin in [Self.listed, "http://localhost:3000"] {
                    let asked = try preflight(origin, port: port)
                    #expect(asked.status == 204 && asked.body.isEmpty && asked.headers["content-length"] == nil)
                    #expect(asked.headers["access-control-allow-origin"] == origin)
                    #expect(asked.headers["access-control-allow-methods"] == "GET, POST")
                    #expect(asked.headers["access-control-max-age"] == "600")
                    #expect(asked.headers["vary"] == "Origin")
                    let names = Set(
                        (asked.headers["access-control-allow-headers"] ?? "").lowercased().split(separator: ",").map {
                            $0.trimmingCharacters(in: .whitespaces)
                        })
                    for name in [
                        "accept", "authorization", "content-type", "traceparent", "tracestate", "x-customer-os-api-key",
                        "x-openline-api-key",
                        "x-openline-tenant", "x-openline-username", "x-request-id",
                    ] { #expect(names.contains(name), "\(name)") }
                    let answered = try answer(origin, port: port, key: server.key)
                    #expect(answered.status == 200 && answered.headers["access-control-allow-origin"] == origin)
                    #expect(
                        answered.headers["access-control-expose-headers"]
                            == "RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, traceresponse, X-Request-Id")
                    #expect(answered.headers["vary"] == "Origin")
                    // Keys travel in headers, so browsers are never told to send cookies.
                    #expect(asked.headers["access-control-allow-credentials"] == nil)
                    #expect(answered.headers["access-control-allow-credentials"] == nil)
                }
                // An answer that says why must be readable too.
                let refused = try answer(Self.listed, port: port, key: nil)
                #expect(refused.status == 401 && refused.headers["access-control-allow-origin"] == Self.listed)
            }
        }

        @Test(
            "may do nothing if not listed, however similar it looks",
            arguments: [
                "https://evil.example", "https://crm.example.evil.example", "https://evilcrm.example", "http://crm.example",
                "https://crm.example:8443", "https://crm.example/", "https://sub.crm.example", "null", "", "crm.example", "*",
                "https://crm.example, https://evil.example", "https://crm.example https://evil.example",
            ])
        func unlisted(_ origin: String) async throws {
            let server = try await TestServer.shared.value
            try await server.withServer {
                $0.allowedOrigins = Self.listed
            } _: { port in
                let asked = try preflight(origin, port: port)
                #expect(asked.status == 403 && grants(asked).isEmpty && asked.headers["vary"] == "Origin")
                let answered = try answer(origin, port: port, key: server.key)
                #expect(answered.status == 200 && grants(answered).isEmpty)
                // A cache must not hand this answer to a page that is listed.
                #expect(answered.headers["vary"] == "Origin")
            }
        }

        @Test("is recognised whatever the case of its scheme, its host, and field names")
        func letterCase() async throws {
            let server = try await TestServer.shared.value
            try await server.withServer {
                $0.allowedOrigins = "HTTPS://CRM.example"
            } _: { port in
                let asked = try HTTPClient(port: port).send(
                    "OPTIONS", "/query", headers: ["oRIGIN": Self.listed, "access-control-REQUEST-method": "POST"])
                #expect(asked.status == 204 && asked.headers["access-control-allow-origin"] == Self.listed)
            }
        }

        @Test("may be any page if all are allowed, even one with an opaque origin, but without cookies")
        func all() async throws {
            let server = try await TestServer.shared.value
            try await server.withServer {
                $0.allowedOrigins = "*"
            } _: { port in
                for origin in ["https://anyone.example", "null"] {
                    let asked = try preflight(origin, port: port)
                    #expect(asked.status == 204 && asked.headers["access-control-allow-origin"] == "*" && asked.headers["vary"] == nil)
                    let answered = try answer(origin, port: port, key: server.key)
                    #expect(answered.headers["access-control-allow-origin"] == "*")
                    #expect(answered.headers["access-control-allow-credentials"] == nil)
                }
                // The key still decides.
                #expect(try answer("https://anyone.example", port: port, key: nil).status == 401)
            }
        }

        @Test("is not assumed without an Origin, or without a requested method")
        func noPreflight() async throws {
            let server = try await TestServer.shared.value
            try await server.withServer {
                $0.allowedOrigins = Self.listed
            } _: { port in
                let plain = try answer(nil, port: port, key: server.key)
                #expect(plain.status == 200 && grants(plain).isEmpty && plain.headers["vary"] == "Origin")
                #expect(try preflight(Self.listed, port: port, method: nil).status == 405)
                // Only the endpoint is open to other origins.
                let health = try HTTPClient(port: port).send("GET", "/health", headers: ["Origin": Self.listed])
                #expect(health.status == 200 && grants(health).isEmpty)
            }
        }

        @Test("must be listed in the form of an origin")
        func list() {
            for good in ["", "*", "https://crm.example", "https://crm.example,http://localhost:3000", "https://[::1]:8443"] {
                #expect(CrossOrigin.problem(with: good) == nil, "\(good)")
            }
            for bad in [
                "crm.example", "https://crm.example/", "https://", "https://crm.example/app", "https://*.example", "https://a@b", "://x",
            ] {
                #expect(CrossOrigin.problem(with: bad) != nil, "\(bad)")
            }
        }
    }
}
