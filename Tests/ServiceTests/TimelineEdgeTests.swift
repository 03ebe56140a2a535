import CustomerOS
import Foundation
import Postgres
import Testing

extension ServiceSuite {
    /// Edge cases of a timeline: equal times, time zones, events deleted with their owners.
    @Suite("At its edges, a timeline")
    struct TimelineEdgeTests {
        private func times(_ tenant: TestTenant, _ contact: String, _ arguments: String) throws -> [String] {
            let data = try tenant.data(
                "{ contact(id: \"\(contact)\") { timelineEvents(\(arguments)) { ... on InteractionEvent { createdAt content } } } }")
            return data.object("contact").objects("timelineEvents").map { $0.text("createdAt") + " " + $0.text("content") }
        }

        private func event(_ contact: String, _ at: String, _ content: String = "") -> String {
            "interactionEvent_Create(event: { appSource: \"\", createdAt: \"\(at)\", content: \"\(content)\", sentBy: [{ contactID: \"\(contact)\" }], sentTo: [] }) { id }"
        }

        @Test("accepts from in any zone, truncates to microseconds, and skips what is at that very time")
        func zones() async throws {
            let tenant = try await TestTenant.make()
            let contact = try tenant.contact()
            for (at, content) in [
                ("2025-03-30T01:59:59.999999+01:00", "a"), ("2025-03-30T01:00:00Z", "b"), ("2025-03-30T01:00:00Z", "c"),
                ("2025-03-29T20:00:00.000001-05:00", "d"),
            ] {
                _ = try tenant.data("mutation { \(event(contact, at, content)) }")
            }
            let all = try times(tenant, contact, "size: 9")
            #expect(all.first == "2025-03-30T01:00:00.000001Z d" && all.last == "2025-03-30T00:59:59.999999Z a")
            // Of equal times, the later created comes first, always.
            #expect(all[1...2] == ["2025-03-30T01:00:00Z c", "2025-03-30T01:00:00Z b"])
            #expect(try times(tenant, contact, "size: 9, from: \"2025-03-30T02:00:00+01:00\"") == ["2025-03-30T00:59:59.999999Z a"])
            #expect(try times(tenant, contact, "size: 9, from: \"2025-03-30T01:00:00.0000019Z\"").count == 3)
            #expect(try times(tenant, contact, "size: 2, from: \"2025-03-30T01:00:00.000001Z\"").map { $0.suffix(1) } == ["c", "b"])
        }

        @Test("omits hidden and future events, and counts future ones")
        func visibility() async throws {
            let tenant = try await TestTenant.make()
            let contact = try tenant.contact()
            _ = try tenant.data("mutation { \(event(contact, "2035-01-01T00:00:00Z", "future")) }")
            let hidden = try tenant.data("mutation { \(event(contact, "2025-01-01T00:00:00Z", "hidden")) }").object(
                "interactionEvent_Create"
            )
            .text("id")
            try tenant.database().run(
                "UPDATE timeline_event SET state = 'HIDDEN' WHERE tenant_id = $1::integer AND id = $2::uuid", [tenant.id, .text(hidden)])
            _ = try Administration(tenant.database()).rebuildTimelines(tenant: tenant.name)
            let data = try tenant.data(
                "{ contact(id: \"\(contact)\") { timelineEventsTotalCount timelineEvents(size: 9) { __typename } } timelineEvents(ids: [\"\(hidden)\"]) { __typename } }"
            )
            #expect(data.object("contact").number("timelineEventsTotalCount") == 1)
            #expect(data.object("contact").objects("timelineEvents").isEmpty)
            #expect(data.objects("timelineEvents").count == 1)
            #expect(try times(tenant, contact, "size: 9, from: \"2036-01-01T00:00:00Z\"") == ["2035-01-01T00:00:00Z future"])
        }

        @Test("gives the last touchpoint, even to a transaction that began earlier and had to wait")
        func touchpoint() async throws {
            let tenant = try await TestTenant.make()
            let organization = try tenant.organization("Waited for")
            let connection = try tenant.database()
            try connection.run("BEGIN")
            try connection.run("SELECT now()")
            let later = try tenant.data(
                "mutation { issue_Create(input: { organizationId: \"\(organization)\" }) { id } }"
            ).object("issue_Create").text("id")
            try connection.run("CALL organization_touchpoint_refresh($1::integer, ARRAY[$2::uuid])", [tenant.id, .text(organization)])
            try connection.run("COMMIT")
            #expect(
                try tenant.value(
                    "SELECT last_touchpoint_id FROM organization WHERE tenant_id = $1::integer AND id = $2::uuid", [.text(organization)])
                    == later)
        }

        @Test("is right if its contact is deleted while it is written to")
        func deletion() async throws {
            for _ in 0..<3 {
                let tenant = try await TestTenant.make()
                let organization = try tenant.organization("Here")
                let contact = try tenant.data(
                    "mutation { contact_CreateForOrganization(organizationId: \"\(organization)\", input: { name: \"C\", email: { email: \"c@p.example\" } }) { id } }"
                ).object("contact_CreateForOrganization").text("id")
                let answers = await Race.run(tenant.server, key: tenant.key) { client in
                    if client == 40 { return "mutation { contact_HardDelete(contactId: \"\(contact)\") { result } }" }
                    let party = client % 2 == 0 ? "contactID: \"\(contact)\"" : "email: \"c@p.example\""
                    return "mutation { interactionEvent_Create(event: { appSource: \"\", sentBy: [{ \(party) }], sentTo: [] }) { id } }"
                }
                #expect(answers[40].contains("\"result\":true"))
                #expect(answers.allSatisfy { !$0.isEmpty && !$0.contains("INTERNAL") && !$0.contains("CONFLICT") })
                try TimelineCheck(tenant).run()
            }
        }

        @Test("of an organization absorbs that of another one with many events, each once")
        func merge() async throws {
            let tenant = try await TestTenant.make()
            let organizations = [try tenant.organization("Stays"), try tenant.organization("Goes")]
            for (number, organization) in organizations.enumerated() {
                _ = try tenant.data(
                    "mutation { contact_CreateForOrganization(organizationId: \"\(organization)\", input: { name: \"C\", email: { email: \"c\(number)@p.example\" } }) { id } }"
                )
            }
            let file = NSTemporaryDirectory() + "/customeros-merge-\(UUID().uuidString).ndjson"
            defer { try? FileManager.default.removeItem(atPath: file) }
            let lines = (0..<3_000).map {
                "{\"type\":\"interaction\",\"externalId\":\"\($0)\",\"sentBy\":[\"c\($0 % 2)@p.example\"],\"sentTo\":[\"c\($0 % 3 % 2)@p.example\"],\"createdAt\":\"2024-01-01T00:00:00Z\"}\n"
            }
            try lines.joined().write(toFile: file, atomically: false, encoding: .utf8)
            let outcome = try Importer(tenant.database(), tenant: tenant.name, refuse: { _ in }).run(file)
            #expect(outcome.created == 3_000)
            _ = try tenant.data(
                "mutation { organization_Merge(primaryOrganizationId: \"\(organizations[0])\", mergedOrganizationIds: [\"\(organizations[1])\"]) { id } }"
            )
            let data = try tenant.data(
                "{ organization(id: \"\(organizations[0])\") { timelineEventsTotalCount(timelineEventTypes: [INTERACTION_EVENT]) } }")
            #expect(data.object("organization").number("timelineEventsTotalCount") == 3_000)
            let wrong = try tenant.value(
                """
                SELECT count(*) FROM ((SELECT organization_id, timeline_event_id FROM organization_timeline_rule WHERE tenant_id = $1::integer
                EXCEPT SELECT organization_id, timeline_event_id FROM organization_timeline WHERE tenant_id = $1::integer) UNION ALL
                (SELECT organization_id, timeline_event_id FROM organization_timeline WHERE tenant_id = $1::integer
                EXCEPT SELECT organization_id, timeline_event_id FROM organization_timeline_rule WHERE tenant_id = $1::integer)) different
                """)
            #expect(wrong == "0")
        }
    }
}
