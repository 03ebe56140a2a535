import CustomerOS
import Foundation
import Postgres
import Service
import Testing

extension ServiceSuite.OneByOne.Servers {
    @Suite("A key with terms")
    struct KeyTermTests {
        private static let reading = "{ tenant }"

        @Test("that is read-only may read, and is refused every mutation", arguments: RootFields.all + RootFields.impersonation)
        func readOnly(_ document: String) async throws {
            let server = try await TestServer.shared.value
            let answer = try server.query(document, key: try await Self.readOnlyKey.value)
            guard document.hasPrefix("mutation") else {
                #expect(!answer.body.contains("read-only"))
                return
            }
            #expect(answer.status == 403)
            #expect(answer.body.contains("The API key is read-only") && answer.body.contains("\"code\":\"FORBIDDEN\""))
            #expect(!answer.body.contains("\"data\"") && answer.statements.isEmpty)
        }

        private static let readOnlyKey = Task {
            try await TestServer.shared.value.administration()
                .createKey(tenant: "demo", roles: [.user, .admin, .owner], name: "dashboard", isReadOnly: true).key.secret
        }

        @Test("that has expired says so to its holder, and to no one else")
        func expired() async throws {
            let server = try await TestServer.shared.value
            let administration = try server.administration()
            let made = try administration.createKey(tenant: "demo", roles: [.user], expiry: KeyExpiry("1m"))
            #expect(try server.query(Self.reading, key: made.key.secret).status == 200)
            let connection = try BlockingConnection(DatabaseConfiguration(connectionString: server.connectionString))
            try connection.run("UPDATE api_key SET expires_at = '2026-01-02T03:04:05Z' WHERE id = $1::uuid", [.text(made.id)])
            try await Task.sleep(for: .milliseconds(1_050))
            let answer = try server.query(Self.reading, key: made.key.secret)
            #expect(answer.status == 401 && answer.body.contains("The API key was valid until 2026-01-02T03:04:05Z."))
            #expect(try server.query(Self.reading, key: made.key.secret + "x").body.contains("The API key is not valid."))
            // A revoked one is like one that never existed.
            try administration.revokeKey(made.id)
            try await Task.sleep(for: .milliseconds(1_050))
            #expect(try server.query(Self.reading, key: made.key.secret).body.contains("The API key is not valid."))
        }

        @Test("ends at a time, or after one", arguments: ["1m", "90d", "8w", "12h", "2999-12-31T23:59:59+01:00"])
        func expiry(_ text: String) async throws {
            let server = try await TestServer.shared.value
            let expiry = try #require(KeyExpiry(text))
            let made = try server.administration().createKey(tenant: "demo", roles: [.user], expiry: expiry)
            #expect(try server.query(Self.reading, key: made.key.secret).status == 200)
        }

        @Test(
            "is not created with an invalid or past end",
            arguments: ["", "90", "d", "0d", "-1d", "1.5d", "90 d", "1y", "tomorrow", "2027-01-01", "99999999999999999999d", "5300w"])
        func noExpiry(_ text: String) { #expect(KeyExpiry(text) == nil) }

        @Test("is not created with an end in the past")
        func past() async throws {
            let administration = try await TestServer.shared.value.administration()
            #expect {
                try administration.createKey(tenant: "demo", roles: [.user], expiry: KeyExpiry("2020-01-01T00:00:00Z"))
            } throws: { "\($0)".contains("is in the past") }
        }

        @Test("keeps them when it is rotated")
        func rotated() async throws {
            let server = try await TestServer.shared.value
            let administration = try server.administration()
            let limit = RateLimit(requests: 7, cost: 9)
            let old = try administration.createKey(tenant: "demo", roles: [.user], isReadOnly: true, rateLimit: limit)
            let new = try administration.rotateKey(old.id, overlapHours: 1)
            let row = try #require(try administration.keys(tenant: "demo").first { $0.id == new.id })
            #expect(row.isReadOnly && row.rateLimit == limit)
        }

        @Test("shows when it was last used, without delaying requests")
        func lastUse() async throws {
            let server = try await TestServer.shared.value
            let administration = try server.administration()
            let made = try administration.createKey(tenant: "demo", roles: [.user])
            let lastUse = { try administration.keys(tenant: "demo").first { $0.id == made.id }?.lastUsedAt }
            try await server.withRunningServer({ $0.keyUseInterval = .milliseconds(50) }) { running in
                #expect(try lastUse() == nil)
                _ = try HTTPClient(port: running.port).send(
                    "POST", "/query", headers: ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": made.key.secret],
                    body: "{\"query\":\"{ tenant }\"}")
                for _ in 0..<400 where try lastUse() == nil { try await Task.sleep(for: .milliseconds(25)) }
                let first = try #require(try lastUse())
                let seconds = try administrationAge(first, server)
                #expect((-2...60).contains(seconds))
            }
            // What is not written yet is written at shutdown.
            let before = try #require(try lastUse())
            try await server.withRunningServer({ $0.keyUseInterval = .seconds(3_600) }) { running in
                _ = try HTTPClient(port: running.port).send(
                    "POST", "/query", headers: ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": made.key.secret],
                    body: "{\"query\":\"{ tenant }\"}")
                #expect(try lastUse() == before)
            }
            #expect(try lastUse() != before)
        }

        private func administrationAge(_ time: String, _ server: TestServer) throws -> Int {
            let connection = try BlockingConnection(DatabaseConfiguration(connectionString: server.connectionString))
            let age = try connection.run("SELECT extract(epoch FROM now() - $1::timestamptz)::integer", [.text(time)])
            return Int(age.text(0, 0) ?? "") ?? .max
        }
    }

    @Suite("A rate limit")
    struct RateLimitTests {
        private func ask(_ port: UInt16, _ key: String, _ query: String = "{ tenant }") throws -> HTTPAnswer {
            try HTTPClient(port: port).send(
                "POST", "/query", headers: ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": key],
                body: "{\"query\":\(try jsonText(query))}")
        }

        @Test("of requests lets n through per minute, and reports how many are left", arguments: [1, 3])
        func requests(_ limit: Int) async throws {
            let server = try await TestServer.shared.value
            let administration = try server.administration()
            let key = try administration.createKey(tenant: "demo", roles: [.user], rateLimit: RateLimit(requests: limit)).key.secret
            for number in 1...limit + 1 {
                let answer = try ask(server.port, key)
                #expect(answer.status == (number <= limit ? 200 : 429), "\(answer.body)")
                #expect(answer.headers["ratelimit-limit"] == String(limit))
                #expect(answer.headers["ratelimit-remaining"] == String(max(0, limit - number)))
                #expect((1...60).contains(Int(answer.headers["ratelimit-reset"] ?? "") ?? 0))
                guard number > limit else { continue }
                #expect(answer.body.contains("\"code\":\"RATE_LIMITED\"") && answer.body.contains("\"limitName\":\"keyRequests\""))
                #expect((1...60).contains(Int(answer.headers["retry-after"] ?? "") ?? 0))
            }
            // No one else is affected.
            let other = try ask(server.port, server.key)
            #expect(other.status == 200 && other.headers["ratelimit-limit"] == nil)
        }

        @Test("of cost counts what operations may cost, and allows more than its capacity once", arguments: [-1, 0, 1])
        func cost(_ extra: Int) async throws {
            let server = try await TestServer.shared.value
            let administration = try server.administration()
            let query = "{ organizations(pagination: { page: 1, limit: 5 }) { content { name } } }"
            let told = try ask(server.port, server.key, query)
            #expect(told.status == 200)
            let body = "{\"query\":\(try jsonText(query)),\"extensions\":{\"cost\":true}}"
            let costText = try server.post(body).body.firstMatch(of: #/"objects":([0-9]+)/#)?.1
            let cost = try #require(costText.flatMap { Int($0) })
            let limit = 2 * cost + extra
            let key = try administration.createKey(tenant: "demo", roles: [.user], rateLimit: RateLimit(cost: limit)).key.secret
            #expect(try ask(server.port, key, query).status == 200)
            let second = try ask(server.port, key, query)
            #expect(second.status == (extra < 0 ? 429 : 200), "\(second.body)")
            if extra < 0 { #expect(second.body.contains("\"limitName\":\"keyCost\",\"limit\":\(limit)")) }
            let small = try administration.createKey(tenant: "demo", roles: [.user], rateLimit: RateLimit(cost: 1)).key.secret
            #expect(try ask(server.port, small, query).status == 200)
            #expect(try ask(server.port, small, query).status == 429)
        }

        @Test("of a tenant applies to its keys together, and changes and ends within a second")
        func tenant() async throws {
            let server = try await TestServer.shared.value
            let administration = try server.administration()
            let tenant = try TestTenant(server)
            let second = try administration.createKey(tenant: tenant.name, roles: [.user]).key.secret
            _ = try administration.limitTenant(tenant.name, Administration.RateLimitChange(requests: 2, cost: nil))
            #expect(try ask(server.port, tenant.key).status == 200)
            #expect(try ask(server.port, second).status == 200)
            let refused = try ask(server.port, tenant.key)
            #expect(refused.status == 429 && refused.body.contains("\"limitName\":\"tenantRequests\""))
            let changed = try administration.limitTenant(tenant.name, Administration.RateLimitChange(requests: 0, cost: 1_000))
            #expect(changed == RateLimit(cost: 1_000))
            try await Task.sleep(for: .milliseconds(1_050))
            let answer = try ask(server.port, tenant.key)
            #expect(answer.status == 200 && answer.headers["ratelimit-limit"] == "1000")
            #expect(throws: Administration.Failure.self) {
                try administration.limitTenant("nobody", Administration.RateLimitChange(requests: 1, cost: nil))
            }
        }
    }
}
