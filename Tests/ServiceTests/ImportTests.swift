import CustomerOS
import Foundation
import Postgres
import Testing

extension ServiceSuite {
    @Suite("Import and export")
    struct ImportTests {
        private func take(_ lines: [String], _ tenant: TestTenant) throws -> ImportRun { try tenant.take(lines) }

        private func export(_ tenant: TestTenant) throws -> [String] { try tenant.exported() }

        private static let acme = """
            {"type":"organization","externalId":"crm-1","name":"Acme \\"Müller\\"\\t\\\\ Söhne","website":"https://www.acme-import.com/about",\
            "domains":["acme-import.com","acme-import.org"],"tags":["Key","Partner"],"relationship":"CUSTOMER","employees":12,"createdAt":"2020-05-06T07:08:09.5+02:00"}
            """
        private static let dana = """
            {"type":"contact","externalId":"p-1","name":"Dana van Buren","emails":["Dana@acme-import.com","dana@home.example"],\
            "phoneNumbers":["+49 30 1234567","ext. 5"],"roles":[{"organization":"crm-1","jobTitle":"Buyer","startedAt":"2021-01-01T00:00:00Z"}],"tags":["Key"]}
            """
        private static let deal = """
            {"type":"opportunity","externalId":"d-1","name":"Deal","organization":"crm-1","amount":12.5,"internalStage":"CLOSED_WON",\
            "closedAt":"2024-01-01T00:00:00Z"}
            """
        private static let mail = """
            {"type":"interaction","externalId":"m-1","content":"Hello","channel":"EMAIL","eventType":"email","sentBy":["DANA@acme-import.com"],\
            "sentTo":["us@seller.example"],"createdAt":"2024-02-03T04:05:06.000007Z"}
            """

        @Test("creates records with what belongs to them, and reads values as the API does")
        func records() async throws {
            let tenant = try await TestTenant.make()
            let result = try take([Self.acme, Self.dana, Self.deal, Self.mail], tenant)
            #expect(result.refused.isEmpty, "\(result.refused)")
            #expect(result.outcome.created == 4)
            let data = try tenant.data(
                """
                { contact_ByEmail(email: "dana@ACME-import.com") { name firstName lastName primaryEmail { email } emails { rawEmail } \
                phoneNumbers { rawPhoneNumber e164 } tags { name } jobRoles { jobTitle primary organization { name domains website employees \
                relationship stage customerOsId tags { name } metadata { created } contactCount opportunities { name amount internalStage } } } } \
                organizations { totalElements } contacts { totalElements } }
                """)
            let contact = data.object("contact_ByEmail")
            #expect(contact.text("firstName") == "Dana" && contact.text("lastName") == "van Buren")
            #expect(contact.object("primaryEmail").text("email") == "dana@acme-import.com")
            #expect(contact.objects("emails").map { $0.text("rawEmail") }.sorted() == ["Dana@acme-import.com", "dana@home.example"])
            #expect(contact.objects("phoneNumbers").map { $0.text("e164") } == ["+49301234567"])
            let role = try #require(contact.objects("jobRoles").first)
            #expect(role.text("jobTitle") == "Buyer" && role["primary"] as? Bool == true)
            let organization = role.object("organization")
            #expect(organization.text("name") == "Acme \"Müller\" \\ Söhne")
            #expect(organization.texts("domains") == ["acme-import.com", "acme-import.org"])
            #expect(organization.text("relationship") == "CUSTOMER" && organization.text("stage") == "ONBOARDING")
            #expect(organization.object("metadata").text("created") == "2020-05-06T05:08:09.5Z")
            #expect(organization.objects("tags").map { $0.text("name") }.sorted() == ["Key", "Partner"])
            #expect(organization.number("contactCount") == 1)
            #expect(organization.objects("opportunities").map { $0.text("name") } == ["Deal"])
            #expect(data.object("organizations").number("totalElements") == 1 && data.object("contacts").number("totalElements") == 1)
            // The message is on the timelines of its sender and of the sender's organization, and is its last touch.
            #expect(try tenant.value("SELECT count(*) FROM contact_timeline WHERE tenant_id = $1::integer") == "1")
            #expect(try tenant.value("SELECT count(*) FROM organization_timeline WHERE tenant_id = $1::integer") == "1")
            #expect(
                try tenant.value("SELECT last_touchpoint_type FROM organization WHERE tenant_id = $1::integer")
                    == "INTERACTION_EVENT_EMAIL_RECEIVED")
            #expect(
                try tenant.value(
                    """
                    SELECT count(*) FROM ((SELECT contact_id, timeline_event_id FROM contact_timeline_rule WHERE tenant_id = $1::integer \
                    EXCEPT SELECT contact_id, timeline_event_id FROM contact_timeline WHERE tenant_id = $1::integer) UNION ALL \
                    (SELECT organization_id, timeline_event_id FROM organization_timeline_rule WHERE tenant_id = $1::integer \
                    EXCEPT SELECT organization_id, timeline_event_id FROM organization_timeline WHERE tenant_id = $1::integer)) x
                    """) == "0")
        }

        @Test("changes nothing when a file is repeated, and a record if its line has changed")
        func again() async throws {
            let tenant = try await TestTenant.make()
            let lines = [Self.acme, Self.dana, Self.deal, Self.mail]
            _ = try take(lines, tenant)
            let before = try export(tenant)
            let moment = try tenant.value("SELECT max(updated_at) FROM organization WHERE tenant_id = $1::integer")
            let second = try take(lines, tenant).outcome
            #expect(second.unchanged == 4 && second.created == 0 && second.changed == 0)
            #expect(try export(tenant) == before)
            #expect(try tenant.value("SELECT max(updated_at) FROM organization WHERE tenant_id = $1::integer") == moment)
            let third = try take(
                [
                    #"{"type":"organization","externalId":"crm-1","employees":13}"#,
                    #"{"type":"contact","externalId":"p-1","lastName":"Burton","roles":[{"organization":"crm-1","jobTitle":"Chief"}]}"#,
                    #"{"type":"opportunity","externalId":"d-1","internalStage":"OPEN"}"#,
                    #"{"type":"interaction","externalId":"m-1","content":"Hello again"}"#,
                ], tenant
            ).outcome
            #expect(third.changed == 4 && third.created == 0)
            let after = try export(tenant).joined(separator: "\n")
            for part in [
                #""employees":13"#, #""lastName":"Burton""#, #""jobTitle":"Chief""#, #""internalStage":"OPEN""#, "Hello again",
                #""tags":["Key","Partner"]"#,
            ] {
                #expect(after.contains(part), "\(after)")
            }
            #expect(try tenant.value("SELECT count(*) FROM job_role WHERE tenant_id = $1::integer") == "1")
        }

        @Test("recognises an organization by its domain and a contact by its first address if they have no key yet")
        func recognition() async throws {
            let tenant = try await TestTenant.make()
            _ = try tenant.data(
                "mutation { organization_Save(input: { name: \"There\", website: \"https://known-import.com\" }) { name } }")
            _ = try tenant.contact(#"{ name: "Who Ever", email: { email: "who@known-import.com" } }"#)
            let result = try take(
                [
                    #"{"type":"organization","externalId":"a","domains":["known-import.com"],"notes":"one"}"#,
                    // The same domain under another key is another organization, and a domain has one owner.
                    #"{"type":"organization","externalId":"b","website":"shop.known-import.com","industry":"Toys"}"#,
                    #"{"type":"contact","externalId":"c","emails":["WHO@known-import.com"],"roles":[{"organization":"a"}]}"#,
                    // The same address under another key is another contact.
                    #"{"type":"contact","externalId":"d","name":"Some One","emails":["who@known-import.com"],"roles":[{"organization":"a"}]}"#,
                ], tenant)
            #expect(result.refused.keys.sorted() == [2] && result.outcome.created == 1 && result.outcome.reasons == [.takenDomain: 1])
            #expect(result.refused[2]?.message == "b cannot have the domain known-import.com: There with the externalId a has it")
            let page = try tenant.data(
                """
                { organizations { content { name notes industry contactCount } } \
                contacts(sort: [{ by: "NAME" }]) { content { name emails { email } } } }
                """)
            #expect(page.object("organizations").objects("content").count == 1)
            let organization = page.object("organizations").objects("content").first ?? [:]
            #expect(organization.text("name") == "There" && organization.text("notes") == "one" && organization.text("industry").isEmpty)
            #expect(organization.number("contactCount") == 2)
            let contacts = page.object("contacts").objects("content")
            #expect(contacts.map { $0.text("name") } == ["Some One", "Who Ever"])
            #expect(contacts.allSatisfy { $0.objects("emails").map { $0.text("email") } == ["who@known-import.com"] })
        }

        @Test(
            "refuses a wrong line, says why, and accepts the others",
            arguments: [
                ("{", "malformed JSON at byte 2"),
                ("[1]", "the line is not a JSON object"),
                (#"{"externalId":"x"}"#, "type must be one of organization, contact, opportunity, interaction"),
                (#"{"type":"contact"}"#, "externalId is missing"),
                (#"{"type":"contact","externalId":"x","nmae":"y"}"#, "there is no member nmae of a line of type contact"),
                (#"{"type":"contact","externalId":"x","name":5}"#, "name must be a string"),
                (#"{"type":"contact","externalId":"x","name":"a\u0000b"}"#, "name contains U+0000"),
                (#"{"type":"contact","externalId":"x","emails":["nobody"]}"#, "emails: nobody must be an e-mail address"),
                (#"{"type":"contact","externalId":"x","createdAt":"yesterday"}"#, "createdAt must be an RFC 3339 date-time"),
                (
                    #"{"type":"contact","externalId":"x","ownerEmail":"no@user.example"}"#,
                    "ownerEmail: there is no user with the address no@user.example"
                ),
                (#"{"type":"contact","externalId":"x","roles":[{"organization":"nowhere"}]}"#, "roles: there is no organization"),
                (#"{"type":"organization","externalId":"x","domains":["no domain"]}"#, "domains: no domain is not a domain"),
                (#"{"type":"organization","externalId":"x","relationship":"CUSTOMER","stage":"TRIAL"}"#, "do not go together"),
                (#"{"type":"organization","externalId":"x","employees":1.5}"#, "employees must be a whole number"),
                (
                    #"{"type":"opportunity","externalId":"x","organization":"nowhere"}"#,
                    "organization: there is none with the externalId nowhere"
                ),
                (#"{"type":"opportunity","externalId":"x","internalStage":"LOST"}"#, "internalStage must be one of OPEN"),
                (#"{"type":"opportunity","externalId":"x","currency":"XXX"}"#, "currency must be one of AUD, BRL,"),
                (#"{"type":"opportunity","externalId":"x","likelihoodRate":101}"#, "likelihoodRate must be from 0 to 100"),
                (#"{"type":"opportunity","externalId":"x","amount":1e13}"#, "amount must be from -1,000,000,000,000 to"),
                (#"{"type":"opportunity","externalId":"x","amount":0.001}"#, "amount must have at most two digits"),
                (#"{"type":"organization","externalId":"x","employees":-1}"#, "employees must be from 0 to 10,000,000"),
                (
                    #"{"type":"contact","externalId":"x","createdAt":"0001-01-01T00:00:00+01:00"}"#,
                    "createdAt must be in the years 1 to 9999"
                ),
                (#"{"type":"contact","externalId":"x","createdAt":"9999-12-31T23:59:59.9999995Z"}"#, "createdAt must be in the years"),
                (#"{"type":"opportunity","externalId":"x","closedAt":"9999-12-31T23:59:60Z"}"#, "closedAt must be in the years 1 to 9999"),
                (#"{"type":"contact","externalId":"x","createdAt":"2024-01-01"}"#, "createdAt must be an RFC 3339 date-time"),
                (#"{"type":"contact","externalId":"x","name":"a","name":"b"}"#, "the member \"name\" appears twice"),
                (#"{"type":"opportunity","externalId":"x","estimatedClosedAt":"2024-02-31T00:00:00Z"}"#, "estimatedClosedAt must be"),
            ])
        func refused(_ line: String, _ reason: String) async throws {
            let tenant = try await TestTenant.make()
            let result = try take([Self.acme, line, Self.deal], tenant)
            #expect(result.refused.keys.sorted() == [2])
            #expect(result.refused[2]?.message.contains(reason) == true, "\(result.refused)")
            #expect(result.outcome.created == 2 && result.outcome.refused == 1)
        }

        @Test("leaves the renewal of a contract alone, by its id and by its external key")
        func renewals() async throws {
            let tenant = try await TestTenant.make()
            let contract = try tenant.contract(
                tenant.organization("Renewed"),
                "committedPeriodInMonths: 12, approved: true, autoRenew: true, serviceStarted: \"2026-01-01\"")
            let shown = "{ contract(id: \"\(contract)\") { opportunities { metadata { id } name amount internalType internalStage } } }"
            let before = try tenant.answer(shown).body
            let id = try #require(
                try tenant.value("SELECT id FROM opportunity WHERE tenant_id = $1::integer AND internal_type = 'RENEWAL'"))
            _ = try tenant.row(
                """
                INSERT INTO external_system (tenant_id, type) VALUES ($1::integer, 'SALESFORCE') ON CONFLICT DO NOTHING RETURNING type
                """)
            _ = try tenant.row(
                """
                INSERT INTO external_link (tenant_id, id, system, external_id, opportunity_id) \
                VALUES ($1::integer, gen_random_uuid(), 'SALESFORCE', 'sf-1', $2::uuid) RETURNING external_id
                """, [.text(id)])
            for (key, system) in [(id, nil), (id.uppercased(), nil), ("sf-1", "SALESFORCE")] as [(String, String?)] {
                let line =
                    #"{"type":"opportunity","externalId":"\#(key)","name":"Mine","internalType":"NBO","internalStage":"CLOSED_WON","amount":5}"#
                let result = try tenant.take([line]) { $0.system = system }
                #expect(result.refused[1]?.message.contains("renewal of a contract") == true, "\(key): \(result.refused)")
                #expect(try tenant.answer(shown).body == before)
            }
        }

        @Test("writes times as the API does")
        func exportedTimes() async throws {
            let tenant = try await TestTenant.make()
            let line = #"{"type":"opportunity","externalId":"t","createdAt":"2026-01-02T03:00:00.5Z","estimatedClosedAt":"2026-01-02"}"#
            #expect(try take([line], tenant).refused.isEmpty)
            let exported = try export(tenant)[0]
            for time in [#""createdAt" : "2026-01-02T03:00:00.5Z""#, #""estimatedClosedAt" : "2026-01-02T00:00:00Z""#] {
                #expect(exported.filter { $0 != " " }.contains(time.filter { $0 != " " }), "\(exported)")
            }
        }

        @Test("accepts 50.0 for 50, eur for EUR, a date for a day, and a leading byte order mark")
        func forms() async throws {
            let tenant = try await TestTenant.make()
            let result = try take(
                [
                    "\u{FEFF}" + #"{"type":"organization","externalId":"x","name":"o","employees":50.0}"#,
                    #"{"type":"opportunity","externalId":"y","currency":" eur ","likelihoodRate":5e1,"estimatedClosedAt":"2024-02-29"}"#,
                ], tenant)
            #expect(result.refused.isEmpty, "\(result.refused)")
            #expect(
                try tenant.row(
                    """
                    SELECT (SELECT employees FROM organization WHERE tenant_id = $1::integer), currency, likelihood_rate, \
                    estimated_closed_at FROM opportunity WHERE tenant_id = $1::integer
                    """) == ["50", "EUR", "50", "2024-02-29 00:00:00+00"])
        }

        @Test("resumes where it was interrupted, and starts over with another file of the same name")
        func resumes() async throws {
            let tenant = try await TestTenant.make()
            let lines = (1...2_500).map { "{\"type\":\"contact\",\"externalId\":\"\($0)\",\"firstName\":\"N\($0)\"}" }
            let file = try ImportFile(lines)
            #expect(try tenant.take(file).outcome.created == 2_500)
            // As after a stored first batch.
            let size = lines[..<2_000].reduce(0) { $0 + $1.utf8.count + 1 }
            let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: file.path)).prefix(size).suffix(4_096), as: UTF8.self)
            try tenant.database().run(
                "INSERT INTO import_progress SELECT $1::integer, $2, $3::bigint, 2000, sha256(convert_to($4, 'UTF8')), now()",
                [tenant.id, .text(URL(fileURLWithPath: file.path).resolvingSymlinksInPath().path), .text(String(size)), .text(text)])
            let resumed = try tenant.take(file)
            #expect(resumed.outcome.resumedAfter == 2_000 && resumed.outcome.lines == 500 && resumed.outcome.unchanged == 500)
            #expect(try tenant.value("SELECT count(*) FROM import_progress WHERE tenant_id = $1::integer") == "0")
            try tenant.database().run(
                "INSERT INTO import_progress SELECT $1::integer, $2, $3::bigint, 2000, sha256('other'), now()",
                [tenant.id, .text(URL(fileURLWithPath: file.path).resolvingSymlinksInPath().path), .text(String(size))])
            #expect(try tenant.take(file).outcome.lines == 2_500)
            #expect(try tenant.value("SELECT count(*) FROM contact WHERE tenant_id = $1::integer") == "2500")
        }

        @Test("brings an export into another tenant, and back unchanged")
        func roundTrip() async throws {
            let tenant = try await SeededTenants.small.value
            let exported = try export(tenant)
            #expect(exported.count == 6_000)
            // A hundred organizations, and those other records that refer to no others.
            let known = Set(exported.prefix(100).compactMap { text($0, "externalId").first })
            let lines = exported.prefix(100) + exported.dropFirst(1_000).filter { text($0, "organization").allSatisfy(known.contains) }
            #expect(lines.count > 400)
            let file = try ImportFile(Array(lines))
            let other = try await TestTenant.make()
            let result = try other.take(file) { $0.unknownOwners = .skip }
            #expect(result.refused.isEmpty && result.outcome.created == lines.count)
            let pattern = #","ownerEmail":"[^"]*""#
            let expected = lines.map { $0.replacingOccurrences(of: pattern, with: "", options: .regularExpression) }
            #expect(try export(other) == expected)
            let back = try tenant.take(file)
            #expect(back.refused.isEmpty && back.outcome.unchanged == lines.count)
        }

        /// The values of a member, wherever it occurs in the line.
        private func text(_ line: String, _ member: String) -> [String] {
            line.components(separatedBy: "\"\(member)\":\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
        }

        @Test(
            "brings a record of each kind into a new tenant, whose export is the same",
            arguments: ["organization", "contact", "opportunity", "interaction"])
        func roundTripOfKind(_ kind: String) async throws {
            let tenant = try await TestTenant.make()
            _ = try take([Self.acme, Self.dana, Self.deal, Self.mail], tenant)
            let exported = try export(tenant)
            let other = try await TestTenant.make()
            let result = try take(exported, other)
            #expect(result.refused.isEmpty && result.outcome.created == 4)
            func lines(_ tenant: TestTenant) throws -> [String] { try export(tenant).filter { text($0, "type") == [kind] } }
            #expect(try lines(other).count == 1)
            #expect(try lines(other) == lines(tenant))
        }

        @Test("puts a message's meeting on the timeline of the contact that a line adds to the message")
        func containers() async throws {
            let tenant = try await TestTenant.make()
            _ = try take(
                [
                    Self.acme, Self.dana,
                    #"{"type":"contact","externalId":"p-2","name":"New","emails":["new@acme-import.com"],"roles":[{"organization":"crm-1"}]}"#,
                ], tenant)
            let meeting = try tenant.data(
                "mutation { meeting_Create(meeting: { createdBy: [], attendedBy: [], note: {} }) { id } }"
            ).object("meeting_Create").text("id")
            let event = try tenant.data(
                "mutation { interactionEvent_Create(event: { appSource: \"\", meetingId: \"\(meeting)\", sentBy: [], sentTo: [] }) { id } }"
            ).object("interactionEvent_Create").text("id")
            let result = try take(
                [#"{"type":"interaction","externalId":"\#(event)","sentTo":["new@acme-import.com"]}"#], tenant)
            #expect(result.refused.isEmpty && result.outcome.created == 0)
            let data = try tenant.data(
                """
                { contact_ByEmail(email: "new@acme-import.com") { timelineEvents(size: 9) { ... on Meeting { id } ... on InteractionEvent { id } } \
                jobRoles { organization { timelineEvents(size: 9) { ... on Meeting { id } ... on InteractionEvent { id } } } } } }
                """
            ).object("contact_ByEmail")
            let organization = try #require(data.objects("jobRoles").first).object("organization")
            for owner in [data, organization] {
                #expect(Set(owner.objects("timelineEvents").map { $0.text("id") }) == [meeting, event])
            }
            try TimelineCheck(tenant).run()
        }

        @Test(
            "names the key of a line that it refuses, wherever the line is wrong",
            arguments: [
                (#"{"type":"contact","externalId":"x","emails":["nobody"]}"#, "x"),
                (#"{"type":"contact","externalId":"x","nmae":"y"}"#, "x"),
                (#"{"externalId":"x"}"#, "x"), (#"{"type":"opportunity","externalId":"x","organization":"nowhere"}"#, "x"),
                (#"{"type":"contact","externalId":5}"#, nil), ("{", nil), ("5", nil),
            ])
        func keyOfRefused(_ line: String, _ key: String?) async throws {
            let tenant = try await TestTenant.make()
            var keys: [String?] = []
            let file = try ImportFile([line])
            _ = try Importer(tenant.database(), tenant: tenant.name, refuse: { keys.append($0.externalID) }).run(file.path)
            #expect(keys == [key])
        }

        @Test("never touches another tenant, and is one at a time for a tenant")
        func tenants() async throws {
            let (mine, other) = (try await TestTenant.make(), try await TestTenant.make())
            _ = try take([Self.acme], other)
            let theirs = try other.value("SELECT id FROM organization WHERE tenant_id = $1::integer") ?? ""
            let result = try take([#"{"type":"opportunity","externalId":"x","organization":"\#(theirs)"}"#], mine)
            #expect(result.refused[1]?.message.contains("there is none") == true)
            let own = try take([#"{"type":"organization","externalId":"\#(theirs)","name":"Mine"}"#], mine)
            #expect(own.outcome.created == 1)
            #expect(try other.value("SELECT name FROM organization WHERE tenant_id = $1::integer")?.hasPrefix("Acme") == true)
            let first = try Importer(mine.database(), tenant: mine.name, refuse: { _ in })
            #expect(throws: Importer.Failure.self) { _ = try Importer(mine.database(), tenant: mine.name, refuse: { _ in }) }
            withExtendedLifetime(first) {}
        }
    }
}
