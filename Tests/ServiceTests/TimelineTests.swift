import Foundation
import Postgres
import Testing

extension ServiceSuite {
    @Suite("A timeline")
    struct TimelineTests {
        /// Creates an event and returns its id.
        private func event(_ tenant: TestTenant, _ at: String, _ rest: String) throws -> String {
            let data = try tenant.data(
                "mutation { interactionEvent_Create(event: { appSource: \"\", createdAt: \"\(at)\", \(rest) }) { id } }")
            return data.object("interactionEvent_Create").text("id")
        }

        private func ids(_ objects: [[String: Any]]) -> [String] { objects.map { $0.text("id") } }

        private static let selection =
            "{ __typename ... on InteractionEvent { id interactionSession { name } } ... on Meeting { id } ... on Issue { id } ... on LogEntry { id } ... on Action { id } ... on InteractionSession { id } ... on Note { id } ... on PageView { id } }"

        @Test("shows four messages of a contact, newest first, and not the sessions they are part of")
        func contactOfSessions() async throws {
            let tenant = try await TestTenant.make()
            let contact = try tenant.contact("{ email: { email: \"a@x.example\" } }")
            let sessions = try ["One", "Two"].map { name in
                try tenant.data(
                    "mutation { interactionSession_Create(session: { name: \"\(name)\", status: \"ACTIVE\", appSource: \"\" }) { id } }"
                )
                .object("interactionSession_Create").text("id")
            }
            let sent = "sentBy: [{ email: \"a@x.example\" }], sentTo: []"
            let got = "sentTo: [{ email: \"A@X.example\" }], sentBy: []"
            let one = try event(tenant, "2025-01-01T00:00:40Z", "\(sent), interactionSession: \"\(sessions[0])\"")
            let two = try event(tenant, "2025-01-01T00:00:30Z", "\(sent), interactionSession: \"\(sessions[1])\"")
            let three = try event(tenant, "2025-01-01T00:00:20Z", sent)
            let four = try event(tenant, "2025-01-01T00:00:10Z", "\(got), interactionSession: \"\(sessions[0])\"")
            let data = try tenant.data(
                "{ contact(id: \"\(contact)\") { timelineEvents(size: 100) \(Self.selection) sessions: timelineEvents(size: 9, timelineEventTypes: [INTERACTION_SESSION]) \(Self.selection) timelineEventsTotalCount } }"
            ).object("contact")
            let events = data.objects("timelineEvents")
            #expect(ids(events) == [one, two, three, four])
            #expect(events.map { $0.object("interactionSession").text("name") } == ["One", "Two", "", "One"])
            #expect(Set(ids(data.objects("sessions"))) == Set(sessions))
            #expect(data.number("timelineEventsTotalCount") == 4)
        }

        @Test("of an organization has what reaches it in any way, once, and nothing from the future")
        func organization() async throws {
            let tenant = try await TestTenant.make()
            let organization = try tenant.organization("Place")
            let contacts = try ["one", "two"].map { name in
                try tenant.data(
                    "mutation { contact_CreateForOrganization(organizationId: \"\(organization)\", input: { name: \"\(name)\", email: { email: \"\(name)@x.example\" } }) { id } }"
                ).object("contact_CreateForOrganization").text("id")
            }
            let byEmail = try event(tenant, "2025-01-09T00:00:00Z", "sentBy: [{ email: \"one@x.example\" }], sentTo: []")
            let byContact = try event(tenant, "2025-01-08T00:00:00Z", "sentBy: [], sentTo: [{ contactID: \"\(contacts[1])\" }]")
            let twice = try event(
                tenant, "2025-01-07T00:00:00Z", "sentBy: [{ email: \"two@x.example\" }], sentTo: [{ contactID: \"\(contacts[1])\" }]")
            let issue = try tenant.data(
                "mutation { issue_Create(input: { createdAt: \"2025-01-06T00:00:00Z\", reportedByContactId: \"\(contacts[0])\" }) { id } }"
            ).object("issue_Create").text("id")
            let log = try tenant.data(
                "mutation { logEntry_CreateForOrganization(organizationId: \"\(organization)\", input: { startedAt: \"2025-01-05T00:00:00Z\" }) }"
            ).text("logEntry_CreateForOrganization")
            let own = try tenant.data(
                "mutation { issue_Create(input: { createdAt: \"2025-01-04T00:00:00Z\", organizationId: \"\(organization)\" }) { id } }"
            ).object("issue_Create").text("id")
            _ = try event(tenant, "2125-01-01T00:00:00Z", "sentBy: [{ email: \"one@x.example\" }], sentTo: []")
            // Attending a meeting is what people do.
            _ = try tenant.data("mutation { meeting_Create(meeting: { attendedBy: [{ organizationId: \"\(organization)\" }] }) { id } }")
            _ = try tenant.data("mutation { note_CreateForOrganization(organizationId: \"\(organization)\", input: {}) { id } }")
            let data = try tenant.data(
                "{ organization(id: \"\(organization)\") { timelineEventsTotalCount timelineEvents(size: 100) \(Self.selection) notes: timelineEventsTotalCount(timelineEventTypes: [NOTE]) lastTouchpoint { lastTouchPointAt } } }"
            ).object("organization")
            let events = data.objects("timelineEvents")
            #expect(events.first?.text("__typename") == "Action")
            #expect(ids(Array(events.dropFirst())) == [byEmail, byContact, twice, issue, log, own])
            // The future is counted.
            #expect(data.number("timelineEventsTotalCount") == 8)
            #expect(data.number("notes") == 1)
            #expect(data.object("lastTouchpoint").text("lastTouchPointAt") == "2025-01-09T00:00:00Z")
        }

        @Test("is paged by the times that it shows, to the microsecond")
        func pages() async throws {
            let tenant = try await TestTenant.make()
            let contact = try tenant.contact()
            var times: [String] = []
            for number in 1...25 {
                let time = "2025-01-01T00:00:00.\(String(format: "%06d", number))Z"
                _ = try event(tenant, time, "sentBy: [{ contactID: \"\(contact)\" }], sentTo: []")
                times.append(time)
            }
            var found: [String] = []
            var from = "null"
            while true {
                let data = try tenant.data(
                    "{ contact(id: \"\(contact)\") { timelineEvents(size: 4, from: \(from)) { ... on InteractionEvent { createdAt } } } }")
                let page = data.object("contact").objects("timelineEvents").map { $0.text("createdAt") }
                guard let last = page.last else { break }
                found += page
                from = "\"\(last)\""
            }
            // Trailing zeros are not written.
            #expect(found == times.reversed().map { $0.replacingOccurrences(of: "0+Z$", with: "Z", options: .regularExpression) })
            // Digits beyond microseconds are truncated, not rounded to the next event.
            let data = try tenant.data(
                "{ contact(id: \"\(contact)\") { timelineEvents(size: 1, from: \"2025-01-01T01:00:00.0000059999+01:00\") { ... on InteractionEvent { createdAt } } } }"
            )
            #expect(data.object("contact").objects("timelineEvents").first?.text("createdAt") == "2025-01-01T00:00:00.000004Z")
        }

        @Test("is taken over by the contact that another one is merged into")
        func merge() async throws {
            let tenant = try await TestTenant.make()
            let contacts = try [tenant.contact(), tenant.contact()]
            let meetings = try contacts.map { contact in
                try tenant.data(
                    "mutation { meeting_Create(meeting: { createdBy: [{ contactId: \"\(contact)\" }], attendedBy: [{ contactId: \"\(contact)\" }] }) { id } }"
                ).object("meeting_Create").text("id")
            }
            _ = try tenant.data(
                "mutation { contact_Merge(primaryContactId: \"\(contacts[0])\", mergedContactIds: [\"\(contacts[1])\"]) { id } }")
            let data = try tenant.data("{ contact(id: \"\(contacts[0])\") { timelineEvents(size: 9) \(Self.selection) } }")
            #expect(Set(ids(data.object("contact").objects("timelineEvents"))) == Set(meetings))
        }

        @Test("takes the same statements for one event and for fifty, at most one for each kind of event and participant")
        func statements() async throws {
            let tenant = try await TestTenant.make()
            let contact = try tenant.contact("{ email: { email: \"s@x.example\" } }")
            let query =
                "{ contact(id: \"\(contact)\") { timelineEvents(size: 1000) { __typename ... on InteractionEvent { id sentBy { ... on EmailParticipant { emailParticipant { email } } ... on ContactParticipant { contactParticipant { name } } } sentTo { __typename } } } } }"
            func names() throws -> [String] {
                try tenant.statements(query).map(\.name)
            }
            let both = "sentBy: [{ email: \"s@x.example\" }, { contactID: \"\(contact)\" }], sentTo: []"
            _ = try event(tenant, "2025-01-01T00:00:00Z", both)
            let single = try names()
            for number in 1...49 { _ = try event(tenant, "2025-01-02T00:00:\(10 + number % 50)Z", both) }
            #expect(try names() == single)
            #expect(single.count == 7)
        }

        @Test("is a backward index scan, whatever the owner and the table hold", arguments: ["organization", "contact"])
        func plan(_ owner: String) async throws {
            let tenant = try await TestTenant.make()
            let id = try owner == "contact" ? tenant.contact() : tenant.organization("Busy")
            let connection = try tenant.database()
            try connection.run(
                "SELECT set_config('test.tenant', $1, false), set_config('test.owner', $2, false)", [tenant.id, .text(id)])
            try connection.runScript(
                """
                INSERT INTO timeline_event (tenant_id, id, kind, created_at, updated_at)
                SELECT current_setting('test.tenant')::integer, gen_random_uuid(), CASE WHEN n % 4 = 0 THEN 'NOTE' ELSE 'INTERACTION_EVENT' END, at, at
                FROM generate_series(1, 20000) n, LATERAL (SELECT now() - n * interval '1 minute' AS at) t;
                INSERT INTO \(owner)_timeline (tenant_id, timeline_event_id, \(owner)_id, kind, occurred_at)
                SELECT tenant_id, id, current_setting('test.owner')::uuid, kind, occurred_at FROM timeline_event WHERE tenant_id = current_setting('test.tenant')::integer AND kind <> 'ACTION';
                ANALYZE \(owner)_timeline;
                """)
            func plan(_ arguments: String) throws -> String {
                let query = "{ \(owner)(id: \"\(id)\") { timelineEvents(\(arguments)) { __typename } } }"
                let statement = try #require(try tenant.statements(query).last { $0.name.contains("timelineEvents") })
                try connection.runScript(
                    "DEALLOCATE ALL; SET plan_cache_mode = force_generic_plan; PREPARE page AS \(statement.sql.text)")
                let values = ["'\(tenant.idText)'", "'{\(id)}'", "NULL", "'50'", "'{NOTE}'"]
                let count = statement.sql.text.contains("$5") ? 5 : 4
                try connection.runScript(
                    "CREATE TEMP TABLE IF NOT EXISTS plan (line text); TRUNCATE plan; DO $do$ DECLARE l text; BEGIN FOR l IN EXECUTE $e$EXPLAIN EXECUTE page(\(values.prefix(count).joined(separator: ", ")))$e$ LOOP INSERT INTO plan VALUES (l); END LOOP; END $do$"
                )
                let rows = try connection.run("SELECT line FROM plan")
                return (0..<rows.rowCount).compactMap { rows.text($0, 0) }.joined(separator: "\n")
            }
            let usual = try plan("size: 50")
            #expect(usual.contains("Scan Backward using \(owner)_timeline_page"), "\(usual)")
            let named = try plan("size: 50, timelineEventTypes: [NOTE]")
            #expect(named.contains("Scan Backward using \(owner)_timeline_by_kind"), "\(named)")
        }
    }
}

extension TestTenant {
    fileprivate var idText: String {
        if case .text(let text) = id { return text }
        return ""
    }
}
