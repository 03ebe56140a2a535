import CustomerOS
import Foundation
import Postgres
import Testing

extension ServiceSuite.OneByOne.Races {
    /// Many clients at once: whatever the order, nothing is half done, and no deadlock reaches a client.
    @Suite("Races of users and tenants")
    struct UserRaceTests {
        private static let maya = "01900000-0002-7000-8000-000000000950"
        private static let tom = "01900000-0002-7000-8000-000000000951"

        @Test("Same address: users that get it at once share one address, and it finds the oldest of them")
        func sameAddress() async throws {
            let server = try await TestServer.shared.value
            let (tenant, key) = try server.tenant(with: .users)
            let answers = await Race.run(server, key: key) { client in
                let address = client % 2 == 0 ? "Shared@users.example" : "shared@USERS.example"
                switch client % 4 {
                case 0, 1:
                    return
                        "mutation { user_Create(input: { firstName: \"N\(client)\", lastName: \"\", email: { email: \"\(address)\" } }) { id } }"
                case 2:
                    return "mutation { emailMergeToUser(userId: \"\(Self.maya)\", input: { email: \"\(address)\", primary: true }) { id } }"
                default:
                    return "mutation { emailMergeToUser(userId: \"\(Self.tom)\", input: { email: \"\(address)\", primary: true }) { id } }"
                }
            }
            #expect(
                answers.allSatisfy { $0.contains("\"data\":{\"") && !$0.contains("errors") },
                "\(answers.first { $0.contains("errors") } ?? "")")
            #expect(
                try Race.values(
                    server, tenant, "SELECT count(*) FROM email WHERE tenant_id = $1 AND fold(raw_email) = 'shared@users.example'")
                    == ["1"])
            // 32 new ones and the existing two; each has it once, and one primary address.
            let links = try Race.values(
                server, tenant,
                """
                SELECT count(*) FROM user_email l JOIN email e ON e.tenant_id = l.tenant_id AND e.id = l.email_id
                WHERE l.tenant_id = $1 AND fold(e.raw_email) = 'shared@users.example' GROUP BY l.user_id
                """)
            #expect(links == [String](repeating: "1", count: 34))
            let primaries = try Race.values(
                server, tenant, "SELECT count(*) FROM user_email WHERE tenant_id = $1 AND is_primary GROUP BY user_id")
            #expect(primaries == [String](repeating: "1", count: 34))
            let found = try server.query("{ user_ByEmail(email: \"shared@users.example\") { id } }", key: key).body
            #expect(found.contains(Self.maya))
        }

        @Test("Roles given and taken at once: the set holds each at most once, and the others are as they were")
        func roles() async throws {
            let server = try await TestServer.shared.value
            let (tenant, key) = try server.tenant(with: .users)
            let answers = await Race.run(server, key: key) { client in
                let verb = client % 2 == 0 ? "Add" : "Remove"
                let role = client % 4 < 2 ? "OWNER" : "USER"
                return "mutation { user_\(verb)Role(id: \"\(Self.maya)\", role: \(role)) { roles } }"
            }
            #expect(answers.allSatisfy { $0.contains("\"roles\":[") && !$0.contains("errors") })
            let roles = try Race.values(
                server, tenant, "SELECT unnest(roles) FROM app_user WHERE tenant_id = $1 AND name = 'Maya Lind' ORDER BY 1")
            #expect(Set(roles).count == roles.count && Set(roles).isSubset(of: ["USER", "ADMIN", "OWNER"]) && roles.contains("ADMIN"))
            let other = try Race.values(server, tenant, "SELECT roles::text FROM app_user WHERE tenant_id = $1 AND name = 'Tom Tell'")
            #expect(other == ["{USER}"])
        }

        @Test("One tenant deleted by many operators while in use: it is deleted once, the others learn that, and nothing stays")
        func deletedTwice() async throws {
            let server = try await TestServer.shared.value
            for fixture in [TenantFixture.users, .timeline, .organizations] {
                let (doomed, key) = try server.tenant(with: fixture)
                let (home, _) = try server.tenant(with: .users)
                let platform = try server.administration().createKey(tenant: nil, roles: [.platformOwner]).key.secret
                let answers = await Clients.run(64) { client -> String in
                    if client % 2 == 0 {
                        let mutation = client % 4 == 0 ? "tenant_hardDelete" : "admin_tenant_hardDelete"
                        return try server.query(
                            "mutation { \(mutation)(tenant: \"\(doomed)\", confirmTenant: \"\(doomed)\") }", key: platform,
                            headers: ["X-Openline-TENANT": home]
                        ).body
                    }
                    return try (0..<3).map { _ in
                        let answer = try server.query("mutation { organization_Save(input: { name: \"Late\" }) { id } }", key: key)
                        return "\(answer.status) \(answer.body)"
                    }.joined(separator: "\n")
                }
                #expect(answers.count == 64)
                let deletions = answers.filter { $0.contains("ardDelete") }
                #expect(deletions.filter { $0.contains("ardDelete\":true") }.count == 1, "\(deletions)")
                #expect(deletions.filter { !$0.contains("ardDelete\":true") }.allSatisfy { $0.contains("\"NOT_FOUND\"") }, "\(deletions)")
                #expect(answers.allSatisfy { !$0.contains("\"INTERNAL\"") }, "\(answers.first { $0.contains("INTERNAL") } ?? "")")
                #expect(try server.administration().tenants().allSatisfy { $0.name != doomed })
                let rows = try BlockingConnection(DatabaseConfiguration(connectionString: server.connectionString)).run(
                    "SELECT count(*) FROM organization o WHERE NOT EXISTS (SELECT FROM tenant t WHERE t.id = o.tenant_id)")
                #expect(rows.text(0, 0) == "0")
            }
        }

        @Test("A key replaced while in use: both are valid until the old one is revoked, then only the new one")
        func rotation() async throws {
            let server = try await TestServer.shared.value
            let (tenant, _) = try server.tenant(with: .users)
            let old = try server.administration().createKey(tenant: tenant, roles: [.user])
            let query = "{ users { totalElements } }"
            let statuses = await Clients.run(64) { client -> [Int] in
                guard client % 16 == 0 else { return try (0..<6).map { _ in try server.query(query, key: old.key.secret).status } }
                let next = try server.administration().rotateKey(old.id, overlapHours: 1)
                return try (0..<6).map { _ in try server.query(query, key: next.key.secret).status }
            }
            #expect(statuses.count == 64 && Set(statuses.flatMap { $0 }) == [200])
            let next = try server.administration().rotateKey(old.id, overlapHours: 0)
            try await Task.sleep(for: .milliseconds(1_100))
            #expect(try server.query(query, key: old.key.secret).status == 401)
            #expect(try server.query(query, key: next.key.secret).status == 200)
            #expect(throws: Administration.Failure.self) { try server.administration().rotateKey(old.id, overlapHours: 1) }
        }

        @Test("A tenant disabled while in use: each request is answered or refused, and after a second all are")
        func disabled() async throws {
            let server = try await TestServer.shared.value
            let (tenant, key) = try server.tenant(with: .users)
            let answers = await Clients.run(64) { client -> [(status: Int, body: String)] in
                if client == 32 { try server.administration().setTenant(tenant, enabled: false) }
                return try (0..<4).map { number in
                    let query =
                        client % 2 == 0
                        ? "{ users { totalElements } }"
                        : "mutation { organization_Save(input: { name: \"S \(client) \(number)\" }) { id } }"
                    let answer = try server.query(query, key: key)
                    return (answer.status, answer.body)
                }
            }
            #expect(answers.count == 64)
            #expect(answers.joined().allSatisfy { $0.status == 200 && !$0.body.contains("errors") || $0.status == 401 })
            try await Task.sleep(for: .milliseconds(1_100))
            #expect(try server.query("{ tenant }", key: key).status == 401)
            // A confirmed change is found.
            let saved = answers.joined().filter { $0.body.contains("organization_Save") && $0.status == 200 }.count
            try server.administration().setTenant(tenant, enabled: true)
            try await Task.sleep(for: .milliseconds(1_100))
            let page = try Answer(server.query("{ organizations { totalElements } }", key: key))
            #expect(page.object("organizations").number("totalElements") == 2 + saved)
        }
    }
}
