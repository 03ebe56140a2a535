import Foundation
import Postgres
import Testing

extension ServiceSuite.OneByOne.Races {
    /// 64 clients that change the same links at the same time.
    @Suite("Links that many change at once")
    struct ReachRaceTests {
        private static let clients = 64

        /// What must hold of a tenant whatever was done to it.
        private func checkInvariants(_ tenant: TestTenant) throws {
            let wrong = try tenant.value(
                """
                SELECT concat_ws(' ', \
                (SELECT count(*) FROM (SELECT FROM contact_email WHERE tenant_id = $1::integer AND is_primary GROUP BY contact_id HAVING count(*) > 1) many), \
                (SELECT count(*) FROM (SELECT FROM organization_email WHERE tenant_id = $1::integer AND is_primary GROUP BY organization_id HAVING count(*) > 1) many), \
                (SELECT count(*) FROM (SELECT FROM contact_phone_number WHERE tenant_id = $1::integer AND is_primary GROUP BY contact_id HAVING count(*) > 1) many), \
                (SELECT count(*) FROM (SELECT FROM job_role WHERE tenant_id = $1::integer AND is_primary GROUP BY contact_id HAVING count(*) > 1) many), \
                (SELECT count(*) FROM (SELECT FROM email WHERE tenant_id = $1::integer GROUP BY fold(raw_email) HAVING count(*) > 1) many), \
                (SELECT count(*) FROM ((SELECT tenant_id, contact_id, timeline_event_id FROM contact_timeline WHERE tenant_id = $1::integer \
                EXCEPT SELECT * FROM contact_timeline_rule) UNION ALL \
                (SELECT * FROM contact_timeline_rule WHERE tenant_id = $1::integer \
                EXCEPT SELECT tenant_id, contact_id, timeline_event_id FROM contact_timeline)) different), \
                (SELECT count(*) FROM ((SELECT tenant_id, organization_id, timeline_event_id FROM organization_timeline WHERE tenant_id = $1::integer \
                EXCEPT SELECT * FROM organization_timeline_rule) UNION ALL \
                (SELECT * FROM organization_timeline_rule WHERE tenant_id = $1::integer \
                EXCEPT SELECT tenant_id, organization_id, timeline_event_id FROM organization_timeline)) different))
                """)
            #expect(wrong == "0 0 0 0 0 0 0")
        }

        private func codes(_ answers: [Answer]) -> Set<String> { Set(answers.flatMap(\.codes)) }

        /// Writes an event sent by an address, as an importer of events does.
        private static func writeEvent(_ tenant: TestTenant, email: String) throws -> String {
            let connection = try tenant.database()
            return try connection.transaction {
                let id = UUID().uuidString.lowercased()
                try connection.run(
                    """
                    WITH event AS (INSERT INTO timeline_event (tenant_id, id, kind) VALUES ($1::integer, $2::uuid, 'INTERACTION_EVENT') RETURNING tenant_id, id) \
                    INSERT INTO interaction_event (tenant_id, id, channel) SELECT tenant_id, id, 'EMAIL' FROM event
                    """, [tenant.id, .text(id)])
                try connection.run(
                    "INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, email_id) VALUES ($1::integer, $2::uuid, 'SENT_BY', $3::uuid)",
                    [tenant.id, .text(id), .text(email)])
                try connection.run("CALL timeline_refresh_event($1::integer, $2::uuid)", [tenant.id, .text(id)])
                return id
            }
        }

        @Test("keep one primary address, number and role, however many clients set theirs")
        func primaries() async throws {
            let tenant = try await TestTenant.make()
            let organization = try tenant.organization("Race")
            let contact = try tenant.contact("{ name: \"Race\" }")
            var roles: [String] = []
            for number in 0..<4 {
                let input = "{ jobTitle: \"Role \(number)\", organizationId: \"\(organization)\" }"
                let data = try tenant.data("mutation { jobRole_Create(contactId: \"\(contact)\", input: \(input)) { id } }")
                roles.append(data.object("jobRole_Create").text("id"))
            }
            let answers = await Clients.run(Self.clients) { [roles] client in
                let number = client / 4 % 4
                switch client % 4 {
                case 0:
                    return try tenant.answer(
                        "mutation { emailMergeToContact(contactId: \"\(contact)\", input: { email: \"\(number)@race.example\", primary: true }) { primary } }"
                    )
                case 1:
                    return try tenant.answer(
                        "mutation { phoneNumberMergeToContact(contactId: \"\(contact)\", input: { phoneNumber: \"+44 20 7946 030\(number)\", primary: true }) { primary } }"
                    )
                case 2:
                    return try tenant.answer(
                        "mutation { jobRole_Update(contactId: \"\(contact)\", input: { id: \"\(roles[number])\", primary: true }) { primary } }"
                    )
                default:
                    return try tenant.answer(
                        "mutation { emailSetPrimaryForContact(contactId: \"\(contact)\", email: \"\(number)@RACE.example\") { result } }")
                }
            }
            #expect(answers.count == Self.clients && codes(answers) == [])
            #expect(answers.allSatisfy { !$0.body.contains("\"primary\":false") })
            let seen = try tenant.data(
                "{ contact(id: \"\(contact)\") { emails { primary } phoneNumbers { primary } jobRoles { primary } } }"
            ).object("contact")
            for list in ["emails", "phoneNumbers", "jobRoles"] {
                #expect(seen.objects(list).count == 4)
                #expect(seen.objects(list).filter { $0["primary"] as? Bool == true }.count == 1, "\(list)")
            }
            try checkInvariants(tenant)
        }

        @Test("share one row of an address given to contacts, organizations and others at once")
        func sharedAddress() async throws {
            let tenant = try await TestTenant.make()
            let contacts = try (0..<4).map { try tenant.contact("{ name: \"Race \($0)\" }") }
            let organizations = try (0..<4).map { try tenant.organization("Race \($0)") }
            let answers = await Clients.run(Self.clients) { client in
                let address = ["race@place.example", "RACE@place.example", " Race@Place.Example "][client % 3]
                let owner = client / 2 % 4
                return try client % 2 == 0
                    ? tenant.answer(
                        "mutation { email: emailMergeToContact(contactId: \"\(contacts[owner])\", input: { email: \"\(address)\" }) { id email } }"
                    )
                    : tenant.answer(
                        "mutation { email: emailMergeToOrganization(organizationId: \"\(organizations[owner])\", input: { email: \"\(address)\" }) { id email } }"
                    )
            }
            #expect(answers.count == Self.clients && codes(answers) == [])
            let ids = Set(answers.map { $0.object("email").text("id") })
            #expect(ids.count == 1)
            let seen = try tenant.data("{ email(id: \"\(ids.first ?? "")\") { contacts { name } organizations { name } } }").object("email")
            #expect(seen.objects("contacts").count == 4 && seen.objects("organizations").count == 4)
            try checkInvariants(tenant)
        }

        @Test("lose no address when replacements cross, and no deadlock reaches a client")
        func crossingReplacements() async throws {
            let tenant = try await TestTenant.make()
            let contacts = try (0..<4).map { try tenant.contact("{ name: \"Race \($0)\", email: { email: \"a@cross.example\" } }") }
            let answers = await Clients.run(Self.clients) { client in
                let (old, new) = client % 2 == 0 ? ("a", "b") : ("b", "a")
                return try tenant.answer(
                    """
                    mutation { emailReplaceForContact(contactId: \"\(contacts[client / 2 % 4])\", previousEmail: \"\(old)@cross.example\", \
                    input: { email: \"\(new)@cross.example\", primary: true }) { primary } }
                    """)
            }
            #expect(answers.count == Self.clients && codes(answers) == [])
            for contact in contacts {
                let seen = try tenant.data("{ contact(id: \"\(contact)\") { primaryEmail { email } emails { email } } }").object("contact")
                #expect(seen.objects("emails").count == 1 && !seen.object("primaryEmail").text("email").isEmpty)
            }
            try checkInvariants(tenant)
        }

        @Test("end with one number if many correct theirs to the same one")
        func corrections() async throws {
            let tenant = try await TestTenant.make()
            var numbers: [String] = []
            for number in 0..<8 {
                let contact = try tenant.contact("{ name: \"Race \(number)\" }")
                for place in 0..<2 {
                    let data = try tenant.data(
                        "mutation { phoneNumberMergeToContact(contactId: \"\(contact)\", input: { phoneNumber: \"+44 20 7946 04\(number)\(place)\", primary: true }) { id } }"
                    )
                    numbers.append(data.object("phoneNumberMergeToContact").text("id"))
                }
            }
            let answers = await Clients.run(Self.clients) { [numbers] client in
                try tenant.answer(
                    "mutation { phoneNumber_Update(input: { id: \"\(numbers[client % 16])\", phoneNumber: \"020 7946 0500\", countryCodeA2: \"GB\" }) { id e164 } }"
                )
            }
            #expect(answers.count == Self.clients && codes(answers) == [])
            let right = Set(answers.map { $0.object("phoneNumber_Update").text("id") })
            #expect(right.count == 1)
            let seen = try tenant.data("{ phoneNumber(id: \"\(right.first ?? "")\") { contacts { phoneNumbers { e164 primary } } } }")
                .object("phoneNumber")
            #expect(seen.objects("contacts").count == 8)
            for contact in seen.objects("contacts") {
                #expect(contact.objects("phoneNumbers").map { $0.text("e164") } == ["+442079460500"])
                #expect(contact.objects("phoneNumbers").allSatisfy { $0["primary"] as? Bool == true })
            }
            try checkInvariants(tenant)
        }

        @Test("leave no location or profile without an owner when the last owners remove it at once")
        func orphans() async throws {
            let tenant = try await TestTenant.make()
            for round in 0..<8 {
                let contacts = try (0..<8).map { try tenant.contact("{ name: \"Race \(round) \($0)\" }") }
                let location = try tenant.data("mutation { contact_AddNewLocation(contactId: \"\(contacts[0])\") { id } }")
                    .object("contact_AddNewLocation").text("id")
                let social = try tenant.data(
                    "mutation { contact_AddSocial(contactId: \"\(contacts[0])\", input: { url: \"place.example/\(round)\" }) { id } }"
                )
                .object("contact_AddSocial").text("id")
                let connection = try tenant.database()
                for contact in contacts.dropFirst() {
                    try connection.run(
                        "INSERT INTO contact_location (tenant_id, contact_id, location_id) VALUES ($1::integer, $2::uuid, $3::uuid)",
                        [tenant.id, .text(contact), .text(location)])
                    try connection.run(
                        "INSERT INTO contact_social (tenant_id, contact_id, social_id) VALUES ($1::integer, $2::uuid, $3::uuid)",
                        [tenant.id, .text(contact), .text(social)])
                }
                let answers = await Clients.run(16) { client in
                    try client < 8
                        ? tenant.answer(
                            "mutation { location_RemoveFromContact(contactId: \"\(contacts[client])\", locationId: \"\(location)\") { id } }"
                        )
                        : tenant.answer(
                            "mutation { contact_RemoveSocial(contactId: \"\(contacts[client - 8])\", socialId: \"\(social)\") { accepted } }"
                        )
                }
                #expect(answers.count == 16 && codes(answers) == [])
            }
            #expect(try tenant.value("SELECT count(*) FROM location WHERE tenant_id = $1::integer") == "0")
            #expect(try tenant.value("SELECT count(*) FROM social WHERE tenant_id = $1::integer") == "0")
        }

        @Test("give a LinkedIn profile to one contact only, and every tag's name to one tag")
        func unique() async throws {
            let tenant = try await TestTenant.make()
            let contacts = try (0..<16).map { try tenant.contact("{ name: \"Race \($0)\" }") }
            let answers = await Clients.run(Self.clients) { client in
                let contact = contacts[client / 4]
                return try client % 2 == 0
                    ? tenant.answer(
                        "mutation { contact_AddSocial(contactId: \"\(contact)\", input: { url: \"linkedin.com/in/race\(client % 4)\" }) { id } }"
                    )
                    : tenant.answer(
                        "mutation { addTag(input: { entityId: \"\(contact)\", entityType: CONTACT, tag: { name: \"Race \(client % 4)\" } }) }"
                    )
            }
            #expect(answers.count == Self.clients && codes(answers).isSubset(of: ["CONFLICT"]))
            #expect(answers.flatMap(\.messages).allSatisfy { $0.hasSuffix("linkedin url is already used") })
            #expect(Set(answers.map { $0.data.text("addTag") }).subtracting([""]).count == 2)
            #expect(
                try tenant.value("SELECT count(*) || ' ' || count(DISTINCT url_key) FROM social WHERE tenant_id = $1::integer") == "2 2")
            #expect(try tenant.value("SELECT count(*) FROM contact_tag WHERE tenant_id = $1::integer") == "32")
        }

        @Test("put an event on the timelines of those that get its sender's address while it is written")
        func timelines() async throws {
            let tenant = try await TestTenant.make()
            let organization = try tenant.organization("Race")
            let contacts = try (0..<8).map { _ in
                let data = try tenant.data(
                    "mutation { contact_CreateForOrganization(organizationId: \"\(organization)\", input: {}) { id } }")
                return data.object("contact_CreateForOrganization").text("id")
            }
            let keeper = try tenant.contact("{ email: { email: \"sender@race.example\" } }")
            let email = try tenant.value(
                "SELECT email_id FROM contact_email WHERE tenant_id = $1::integer AND contact_id = $2::uuid", [.text(keeper)])
            let sender = try #require(email)
            let done = await Clients.run(Self.clients) { client in
                let contact = contacts[client / 8]
                switch client % 4 {
                case 0: return try Self.writeEvent(tenant, email: sender).isEmpty ? ["none"] : []
                case 1:
                    return try tenant.answer(
                        "mutation { emailRemoveFromContact(contactId: \"\(contact)\", email: \"sender@race.example\") { result } }"
                    ).codes
                case 2:
                    return try tenant.answer(
                        "mutation { jobRole_Create(contactId: \"\(contact)\", input: { organizationId: \"\(organization)\" }) { id } }"
                    ).codes
                default:
                    return try tenant.answer(
                        "mutation { emailMergeToContact(contactId: \"\(contact)\", input: { email: \"sender@race.example\" }) { id } }"
                    ).codes
                }
            }
            #expect(done.count == Self.clients && done.allSatisfy(\.isEmpty))
            try checkInvariants(tenant)
            for contact in contacts {
                _ = try tenant.data(
                    "mutation { emailMergeToContact(contactId: \"\(contact)\", input: { email: \"sender@race.example\" }) { id } }")
            }
            #expect(try tenant.value("SELECT count(*) FROM contact_timeline WHERE tenant_id = $1::integer") == "\(16 * 9)")
            #expect(
                try tenant.value("SELECT last_touchpoint_type FROM organization WHERE tenant_id = $1::integer")
                    == "INTERACTION_EVENT_EMAIL_RECEIVED")
            try checkInvariants(tenant)
            for contact in contacts {
                _ = try tenant.data(
                    "mutation { emailRemoveFromContact(contactId: \"\(contact)\", email: \"sender@race.example\") { result } }")
            }
            #expect(try tenant.value("SELECT last_touchpoint_type FROM organization WHERE tenant_id = $1::integer") == "ACTION_CREATED")
            try checkInvariants(tenant)
        }
    }
}
