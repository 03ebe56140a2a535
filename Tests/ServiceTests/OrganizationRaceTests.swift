import CustomerOS
import EventLoop
import Foundation
import Postgres
import TestSupport
import Testing

extension ServiceSuite.OneByOne.Races {
    /// 64 clients at once: whatever the order, nothing is lost or half done, and no deadlock reaches a client.
    @Suite("Races of organizations")
    struct OrganizationRaceTests {
        @Test("Same domain: all clients that save it at once get one organization, even if it was hidden")
        func sameDomain() async throws {
            let server = try await TestServer.shared.value
            let (_, key) = try server.tenant(with: .organizations)
            let save =
                "mutation { organization_Save(input: { name: \"Race\", website: \"https://race.com\", domains: [\"race.org\", \"race.net\"] }) { id domains } }"
            let answers = await Race.run(server, key: key) { _ in save }
            #expect(Set(answers).count == 1)
            #expect(answers[0].contains("\"domains\":[\"race.com\",\"race.net\",\"race.org\"]"))
            let hidden = "mutation { organization_Save(input: { website: \"https://dogwood-works.com\" }) { id hide } }"
            let shown = await Race.run(server, key: key) { _ in hidden }
            #expect(Set(shown) == ["{\"data\":{\"organization_Save\":{\"id\":\"\(Fixture.organization(704))\",\"hide\":false}}}"])
            #expect(try server.query("{ organizations { totalElements } }", key: key).body.contains(":7}"))
        }

        @Test("Overlapping domains: each ends with one organization; all clients get it, or learn who has the domain")
        func overlappingDomains() async throws {
            let server = try await TestServer.shared.value
            let (tenant, key) = try server.tenant(with: .organizations)
            let answers = await Race.run(server, key: key) { client in
                let domains = (0..<3).map { "\"d\((client + $0) % 8).com\"" }.joined(separator: ", ")
                return "mutation { organization_Save(input: { name: \"Ring\", domains: [\(domains)] }) { id } }"
            }
            let saved = answers.indices.filter { answers[$0].contains("\"data\":{\"organization_Save\"") }
            let refused = answers.filter { $0.contains("\"code\":\"CONFLICT\"") && $0.contains(".com belongs to Ring (") }
            #expect(!saved.isEmpty && saved.count + refused.count == answers.count)
            let owned = try Race.values(
                server, tenant,
                "SELECT domain || ' ' || organization_id FROM organization_domain WHERE tenant_id = $1 AND domain LIKE 'd_.com'")
            for client in saved {
                for number in 0..<3 {
                    let pair = owned.first { $0.hasPrefix("d\((client + number) % 8).com ") }
                    #expect(pair.map { answers[client].contains($0.suffix(36)) } == true)
                }
            }
            let empty = try Race.values(
                server, tenant,
                """
                SELECT id FROM organization o WHERE tenant_id = $1 AND name = 'Ring' AND NOT EXISTS (
                SELECT FROM organization_domain d WHERE d.tenant_id = o.tenant_id AND d.organization_id = o.id)
                """)
            #expect(empty.isEmpty)
        }

        @Test("Crossing merges: all become one, and it has everything")
        func crossingMerges() async throws {
            let server = try await TestServer.shared.value
            let (tenant, key) = try server.tenant(with: .organizations)
            let numbers = [701, 702, 703, 704, 706, 707]
            let before = try Race.values(server, tenant, Self.belongings)
            let answers = await Race.run(server, key: key) { client in
                var random = RandomSource(seed: UInt64(client))
                let shuffled = numbers.shuffled(using: &random)
                let merged = shuffled[1...Int.random(in: 1...3, using: &random)].map { "\"\(Fixture.organization($0))\"" }
                return
                    "mutation { organization_Merge(primaryOrganizationId: \"\(Fixture.organization(shuffled[0]))\", mergedOrganizationIds: [\(merged.joined(separator: ", "))]) { name } }"
            }
            // What has already been merged cannot be merged again.
            #expect(answers.allSatisfy { $0.contains("\"data\":{\"organization_Merge\"") || $0.contains("\"code\":\"NOT_FOUND\"") })
            #expect(answers.contains { $0.contains("\"data\":{\"organization_Merge\"") })
            #expect(try Race.values(server, tenant, Self.belongings) == before)
            #expect(try Race.values(server, tenant, Self.lost).isEmpty)
            #expect(try Race.values(server, tenant, Self.rings).isEmpty)
        }

        @Test("Merge against update: what was saved before the merge moves, and later updates find nothing")
        func mergeAgainstUpdate() async throws {
            let server = try await TestServer.shared.value
            for _ in 0..<3 {
                let (tenant, key) = try server.tenant(with: .organizations)
                let merge =
                    "mutation { organization_Merge(primaryOrganizationId: \"\(Fixture.organization(701))\", mergedOrganizationIds: [\"\(Fixture.organization(702))\"]) { id } }"
                let answers = await Race.run(server, key: key) { client in
                    switch client % 4 {
                    case 0 where client == 32: merge
                    case 1:
                        "mutation { organization_AddDomain(organizationId: \"\(Fixture.organization(702))\", domain: \"n\(client).com\") { accepted } }"
                    case 2:
                        "mutation { contact_CreateForOrganization(organizationId: \"\(Fixture.organization(702))\", input: { name: \"N \(client)\" }) { name } }"
                    case 3:
                        "mutation { opportunity_Save(input: { organizationId: \"\(Fixture.organization(702))\", name: \"O \(client)\" }) { name } }"
                    default:
                        "mutation { organization_Save(input: { id: \"\(Fixture.organization(702))\", domains: [\"s\(client).com\"] }) { id } }"
                    }
                }
                #expect(answers[32].contains("\"organization_Merge\":{\"id\""))
                #expect(answers.allSatisfy { !$0.contains("CONFLICT") && !$0.contains("INTERNAL") })
                #expect(try Race.values(server, tenant, Self.lost).isEmpty)
                // A confirmed change is found with the organization that stays.
                let accepted = answers.indices.filter { $0 % 4 == 1 && !answers[$0].contains("\"errors\"") }.map { "n\($0).com" }
                let linked = try Race.values(
                    server, tenant, "SELECT domain FROM organization_domain WHERE tenant_id = $1 AND domain LIKE 'n%.com' ORDER BY domain")
                #expect(linked == accepted.sorted())
            }
        }

        @Test("Hierarchy: links that close a cycle are refused, however concurrent")
        func rings() async throws {
            let server = try await TestServer.shared.value
            let (tenant, key) = try server.tenant(with: .organizations)
            let numbers = [701, 702, 703, 706, 707]
            let answers = await Race.run(server, key: key) { client in
                var random = RandomSource(seed: UInt64(client))
                let pair = numbers.shuffled(using: &random)
                return
                    "mutation { organization_AddSubsidiary(input: { organizationId: \"\(Fixture.organization(pair[0]))\", subsidiaryId: \"\(Fixture.organization(pair[1]))\" }) { name } }"
            }
            #expect(
                answers.allSatisfy { $0.contains("\"data\":{\"organization_AddSubsidiary\"") || $0.contains("\"code\":\"BAD_USER_INPUT\"") }
            )
            #expect(try Race.values(server, tenant, Self.rings).isEmpty)
        }

        @Test("Concurrent hide, show, owner and onboarding end in a state that one of them requested")
        func states() async throws {
            let server = try await TestServer.shared.value
            let (tenant, key) = try server.tenant(with: .organizations)
            let ids = [701, 702, 703, 704].map { "\"\(Fixture.organization($0))\"" }
            let answers = await Race.run(server, key: key) { client in
                var random = RandomSource(seed: UInt64(client))
                let some = ids.shuffled(using: &random).joined(separator: ", ")
                return switch client % 4 {
                case 0: "mutation { organization_HideAll(ids: [\(some)]) { result } }"
                case 1: "mutation { organization_ShowAll(ids: [\(some)]) { result } }"
                case 2:
                    "mutation { organization_SetOwner(organizationId: \(ids[0]), userId: \"\(Fixture.user(701 + client % 8 / 4))\") { name } }"
                default:
                    "mutation { organization_UpdateOnboardingStatus(input: { organizationId: \(ids[0]), status: \(client % 8 == 3 ? "LATE" : "DONE") }) { name } }"
                }
            }
            #expect(answers.allSatisfy { !$0.contains("\"errors\"") })
            let counted = try Race.values(
                server, tenant,
                "SELECT state || ':' || count FROM kept_count_now WHERE tenant_id = $1 AND subject = 'organization' AND count <> 0 ORDER BY 1"
            )
            let real = try Race.values(
                server, tenant, "SELECT state || ':' || count(*) FROM organization WHERE tenant_id = $1 GROUP BY state ORDER BY 1")
            #expect(counted == real)
        }

        /// Everything of organizations that a merge must not lose, whichever has it.
        private static let belongings: SQL = """
            SELECT domain FROM organization_domain WHERE tenant_id = $1 AND domain <> 'elm-works.com'
            UNION SELECT id::text FROM job_role WHERE tenant_id = $1 UNION SELECT email_id::text FROM organization_email WHERE tenant_id = $1
            UNION SELECT phone_number_id::text FROM organization_phone_number WHERE tenant_id = $1
            UNION SELECT location_id::text FROM organization_location WHERE tenant_id = $1
            UNION SELECT tag_id::text FROM organization_tag WHERE tenant_id = $1
            UNION SELECT s.url_key FROM organization_social l JOIN social s ON s.tenant_id = l.tenant_id AND s.id = l.social_id WHERE l.tenant_id = $1
            UNION SELECT id::text FROM contract WHERE tenant_id = $1 UNION SELECT id::text FROM opportunity WHERE tenant_id = $1
            UNION SELECT external_id FROM external_link WHERE tenant_id = $1 ORDER BY 1
            """

        /// What belongs to an organization that was merged.
        private static let lost: SQL = """
            SELECT domain FROM organization o JOIN organization_domain d ON d.tenant_id = o.tenant_id AND d.organization_id = o.id
            WHERE o.tenant_id = $1 AND o.state = 'MERGED'
            UNION ALL SELECT j.id::text FROM organization o JOIN job_role j ON j.tenant_id = o.tenant_id AND j.organization_id = o.id
            WHERE o.tenant_id = $1 AND o.state = 'MERGED'
            UNION ALL SELECT p.id::text FROM organization o JOIN opportunity p ON p.tenant_id = o.tenant_id AND p.organization_id = o.id
            WHERE o.tenant_id = $1 AND o.state = 'MERGED'
            UNION ALL SELECT l.email_id::text FROM organization o JOIN organization_email l ON l.tenant_id = o.tenant_id AND l.organization_id = o.id
            WHERE o.tenant_id = $1 AND o.state = 'MERGED'
            """

        /// Organizations that own themselves, directly or not.
        private static let rings: SQL = """
            WITH RECURSIVE below AS (SELECT tenant_id, parent_id AS top, subsidiary_id AS id FROM organization_subsidiary WHERE tenant_id = $1
            UNION SELECT b.tenant_id, b.top, s.subsidiary_id FROM below b
            JOIN organization_subsidiary s ON s.tenant_id = b.tenant_id AND s.parent_id = b.id) SELECT top FROM below WHERE top = id
            """
    }
}

/// The ids of `Tests/Fixtures`.
enum Fixture {
    static func organization(_ number: Int) -> String { "01900000-0000-7000-8000-000000000\(number)" }
    static func user(_ number: Int) -> String { "01900000-0002-7000-8000-000000000\(number)" }
}

/// Many clients with a connection each that send at the same time.
enum Race {
    /// One request per client. Empty if there was no answer.
    static func run(_ server: TestServer, key: String, clients: Int = 64, _ request: @escaping @Sendable (Int) -> String) async -> [String]
    {
        let answers = Lock([String](repeating: "", count: clients))
        let start = DispatchSemaphore(value: 0)
        let ends = (0..<clients).map { client in
            let end = DispatchSemaphore(value: 0)
            Thread.detachNewThread {
                defer { end.signal() }
                guard let connection = try? HTTPClient(port: server.port), let text = try? jsonText(request(client)) else { return }
                start.wait()
                let headers = ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": key]
                let answer = try? connection.send("POST", "/query", headers: headers, body: "{\"query\":\(text)}")
                answers.withLock { $0[client] = answer?.body ?? "" }
            }
            return end
        }
        for _ in 0..<clients { start.signal() }
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            Thread.detachNewThread {
                for end in ends { end.wait() }
                continuation.resume()
            }
        }
        return answers.withLock { $0 }
    }

    /// The first column of a statement's rows for a tenant, whose id is `$1`.
    static func values(_ server: TestServer, _ tenant: String, _ sql: SQL) throws -> [String] {
        let connection = try BlockingConnection(DatabaseConfiguration(connectionString: server.connectionString))
        let id = try connection.run("SELECT id FROM tenant WHERE name = $1", [.text(tenant)]).text(0, 0) ?? ""
        let rows = try connection.run(sql, [.text(id)])
        return (0..<rows.rowCount).map { rows.text($0, 0) ?? "" }
    }
}
