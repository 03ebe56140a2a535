import Foundation
import Postgres
import TestSupport
import Testing

extension ServiceSuite.OneByOne.Races {
    /// 64 clients that change the same contacts at the same time.
    @Suite("Contacts that many change at once")
    struct ContactRaceTests {
        private static let clients = 64

        /// What must hold of a tenant whatever was done to it.
        private func checkInvariants(_ tenant: TestTenant) throws {
            let wrong = try tenant.value(
                """
                SELECT concat_ws(' ', \
                (SELECT count(*) FROM contact_email l JOIN contact c ON c.tenant_id = l.tenant_id AND c.id = l.contact_id WHERE l.tenant_id = $1::integer AND c.state = 'MERGED'), \
                (SELECT count(*) FROM job_role l JOIN contact c ON c.tenant_id = l.tenant_id AND c.id = l.contact_id WHERE l.tenant_id = $1::integer AND c.state = 'MERGED'), \
                (SELECT count(*) FROM (SELECT FROM contact_email WHERE tenant_id = $1::integer AND is_primary GROUP BY contact_id HAVING count(*) > 1) many), \
                (SELECT count(*) FROM (SELECT FROM job_role WHERE tenant_id = $1::integer AND contact_id IS NOT NULL GROUP BY contact_id, organization_id HAVING count(*) > 1) many), \
                (SELECT coalesce(sum(count), 0) FROM kept_count_now WHERE tenant_id = $1::integer AND subject = 'contact' AND state = 'LIVE') \
                - (SELECT count(*) FROM contact WHERE tenant_id = $1::integer AND state = 'LIVE'))
                """)
            #expect(wrong == "0 0 0 0 0")
        }

        private func codes(_ answers: [Answer]) -> Set<String> { Set(answers.flatMap(\.codes)) }

        /// How many deadlocks the database has resolved. A backend reports them within a second of its next
        /// transaction.
        private func deadlocks(_ tenant: TestTenant) async throws -> String? {
            try await Task.sleep(for: .milliseconds(1_100))
            _ = await Clients.run(Self.clients) { _ in
                try tenant.answer("mutation { contact_Hide(contactId: \"\(UUID().uuidString)\") { accepted } }")
            }
            return try tenant.value("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database() AND $1::integer > 0")
        }

        @Test(
            "end in one contact if all create the same address in bulk, and all get its id",
            arguments: [("emails", false), ("emails", true), ("linkedInUrls", false)])
        func bulk(_ argument: String, _ isKnown: Bool) async throws {
            let tenant = try await TestTenant.make()
            // An address outlives its owner.
            for number in 0..<12 where isKnown {
                let id = try tenant.contact("{ email: { email: \"race.\(number)@x.example\" } }")
                _ = try tenant.data("mutation { contact_HardDelete(contactId: \"\(id)\") { result } }")
            }
            let mutation = argument == "emails" ? "contact_CreateBulkByEmailV2" : "contact_CreateBulkByLinkedInV2"
            let answers = await Clients.run(Self.clients) { client in
                // The same twelve in another order and spelling.
                var inputs = (0..<12).map { argument == "emails" ? "race.\($0)@x.example" : "linkedin.com/in/race-\($0)" }
                var random = RandomSource(seed: UInt64(client))
                inputs = inputs.map { client % 2 == 0 ? $0 : $0.uppercased() }.shuffled(using: &random)
                let list = inputs.map { "\"\($0)\"" }.joined(separator: ",")
                return try tenant.answer("mutation { \(mutation)(\(argument): [\(list)]) { createdIds failedInputs } }")
            }
            #expect(answers.count == Self.clients && codes(answers) == [])
            let ids = Set(answers.map { Set($0.object(mutation).texts("createdIds")) })
            #expect(ids.count == 1 && ids.first?.count == 12)
            #expect(try tenant.value("SELECT count(*) FROM contact WHERE tenant_id = $1::integer") == "12")
            try checkInvariants(tenant)
        }

        @Test("share one row of an address that all give to a contact of their own")
        func creations() async throws {
            let tenant = try await TestTenant.make()
            let organization = try tenant.organization("Race")
            let answers = await Clients.run(Self.clients) { client in
                let input =
                    "{ name: \"Racer \(client)\", email: { email: \"\(client % 2 == 0 ? "race" : "RACE")@x.example\" }, phoneNumber: { phoneNumber: \"+49 30 1234567\" } }"
                return try tenant.answer(
                    "mutation { contact_CreateForOrganization(organizationId: \"\(organization)\", input: \(input)) { id emails { id } } }")
            }
            #expect(answers.count == Self.clients && codes(answers) == [])
            #expect(Set(answers.map { $0.object("contact_CreateForOrganization").text("id") }).count == Self.clients)
            #expect(Set(answers.flatMap { $0.object("contact_CreateForOrganization").objects("emails").map { $0.text("id") } }).count == 1)
            #expect(try tenant.value("SELECT count(*) FROM phone_number WHERE tenant_id = $1::integer") == "1")
            try checkInvariants(tenant)
        }

        @Test("lose nothing when merges cross, and no deadlock reaches a client")
        func crossingMerges() async throws {
            let tenant = try await TestTenant.make()
            let organizations = try (0..<5).map { try tenant.organization("Race \($0)") }
            let contacts = try (0..<24).map { number in
                let input = "{ name: \"Racer \(number)\", email: { email: \"racer.\(number)@x.example\" } }"
                let data = try tenant.data(
                    "mutation { contact_CreateForOrganization(organizationId: \"\(organizations[number % 5])\", input: \(input)) { id } }")
                return data.object("contact_CreateForOrganization").text("id")
            }
            let before = try await deadlocks(tenant)
            let answers = await Clients.run(Self.clients) { client in
                var random = RandomSource(seed: UInt64(client + 1))
                return try (0..<6).map { _ in
                    let some = contacts.shuffled(using: &random)
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0:
                        return try tenant.answer(
                            "mutation { contact_Merge(primaryContactId: \"\(some[0])\", mergedContactIds: [\"\(some[1])\"]) { id } }")
                    case 1:
                        // Merges in a cycle of three.
                        let (a, b) = (contacts[client % 3], contacts[(client + 1) % 3])
                        return try tenant.answer(
                            "mutation { contact_Merge(primaryContactId: \"\(a)\", mergedContactIds: [\"\(b)\", \"\(some[2])\"]) { id } }")
                    case 2:
                        let organization = organizations[Int.random(in: 0..<5, using: &random)]
                        return try tenant.answer(
                            "mutation { contact_AddOrganizationById(input: { contactId: \"\(some[0])\", organizationId: \"\(organization)\" }) { id } }"
                        )
                    default:
                        return try tenant.answer(
                            "mutation { contact_Update(input: { id: \"\(some[0])\", description: \"\(client)\" }) { id } }")
                    }
                }
            }.flatMap { $0 }
            #expect(answers.count == Self.clients * 6)
            // The only allowed failures: a contact already merged, or merged into itself.
            #expect(codes(answers).isSubset(of: ["NOT_FOUND", "BAD_USER_INPUT"]), "\(codes(answers))")
            try checkInvariants(tenant)
            #expect(try await deadlocks(tenant) == before)
            let kept = try tenant.value(
                """
                SELECT concat_ws(' ', (SELECT count(*) FROM contact WHERE tenant_id = $1::integer), (SELECT count(DISTINCT l.email_id) FROM contact_email l \
                JOIN contact c ON c.tenant_id = l.tenant_id AND c.id = l.contact_id AND c.state = 'LIVE' WHERE l.tenant_id = $1::integer))
                """)
            #expect(kept == "24 24")
            for number in 0..<24 {
                let found = try tenant.data("{ contact_ByEmail(email: \"racer.\(number)@x.example\") { id } }")
                #expect(found.object("contact_ByEmail").text("id").count == 36)
            }
        }

        @Test("lose no change that was confirmed while the contact is merged")
        func mergeAgainstUpdate() async throws {
            for _ in 0..<6 {
                let tenant = try await TestTenant.make()
                let organizations = try (0..<8).map { try tenant.organization("Race \($0)") }
                let primary = try tenant.contact("{ name: \"Primary\" }")
                let merged = try tenant.contact()
                let members = ["description", "prefix", "username", "profilePhotoUrl"]
                let answers = await Clients.run(Self.clients) { client in
                    if client == 31 {
                        return try tenant.answer(
                            "mutation { contact_Merge(primaryContactId: \"\(primary)\", mergedContactIds: [\"\(merged)\"]) { id } }")
                    }
                    if client % 2 == 0 {
                        let link = "{ contactId: \"\(merged)\", organizationId: \"\(organizations[client / 2 % 8])\" }"
                        return try tenant.answer("mutation { contact_AddOrganizationById(input: \(link)) { id } }")
                    }
                    return try tenant.answer(
                        "mutation { contact_Update(input: { id: \"\(merged)\", \(members[client / 2 % 4]): \"set\" }) { id } }")
                }
                #expect(answers.count == Self.clients && codes(answers).isSubset(of: ["NOT_FOUND"]), "\(codes(answers))")
                #expect(answers[31].codes.isEmpty)
                let contact = try tenant.data(
                    "{ contact(id: \"\(primary)\") { \(members.joined(separator: " ")) organizations(pagination: { page: 1, limit: 50 }) { content { id } } } }"
                )
                .object("contact")
                let reached = Set(contact.object("organizations").objects("content").map { $0.text("id") })
                for (client, answer) in answers.enumerated() where client != 31 && answer.codes.isEmpty {
                    if client % 2 == 0 {
                        #expect(reached.contains(organizations[client / 2 % 8]))
                    } else {
                        #expect(contact.text(members[client / 2 % 4]) == "set")
                    }
                }
                try checkInvariants(tenant)
            }
        }

        @Test("get every organization given to one contact concurrently, each once")
        func manyOrganizations() async throws {
            let tenant = try await TestTenant.make()
            let organizations = try (0..<32).map { try tenant.organization("Race \($0)") }
            let contact = try tenant.contact("{ name: \"Racer\" }")
            let answers = await Clients.run(Self.clients) { client in
                let link = "{ contactId: \"\(contact)\", organizationId: \"\(organizations[client % 32])\" }"
                return try tenant.answer("mutation { contact_AddOrganizationById(input: \(link)) { id } }")
            }
            #expect(answers.count == Self.clients && codes(answers) == [])
            #expect(try tenant.value("SELECT count(*) FROM job_role WHERE tenant_id = $1::integer") == "32")
        }

        @Test("are hidden, archived, restored and deleted by many without an internal error")
        func states() async throws {
            let tenant = try await TestTenant.make()
            let organization = try tenant.organization("Race")
            let contacts = try (0..<10).map { number in
                let data = try tenant.data(
                    "mutation { contact_CreateForOrganization(organizationId: \"\(organization)\", input: { email: { email: \"state\(number)@x.example\" } }) { id } }"
                )
                return data.object("contact_CreateForOrganization").text("id")
            }
            let answers = await Clients.run(Self.clients) { client in
                var random = RandomSource(seed: UInt64(client + 7))
                return try (0..<6).map { _ in
                    let number = Int.random(in: 0..<10, using: &random)
                    let id = contacts[number]
                    let mutations = [
                        "contact_Hide(contactId: \"\(id)\") { accepted }", "contact_Archive(contactId: \"\(id)\") { result }",
                        "contact_RestoreFromArchive(contactId: \"\(id)\") { result }",
                        "contact_CreateBulkByEmailV2(emails: [\"state\(number)@x.example\"]) { createdIds }",
                        "contact_RemoveOrganizationById(input: { contactId: \"\(id)\", organizationId: \"\(organization)\" }) { id }",
                        "contact_AddOrganizationById(input: { contactId: \"\(id)\", organizationId: \"\(organization)\" }) { id }",
                        "contact_Merge(primaryContactId: \"\(id)\", mergedContactIds: [\"\(contacts[(number + 1) % 10])\"]) { id }",
                        "contact_HardDelete(contactId: \"\(id)\") { result }",
                    ]
                    return try tenant.answer("mutation { \(mutations.randomElement(using: &random) ?? "") }")
                }
            }.flatMap { $0 }
            #expect(answers.count == Self.clients * 6 && codes(answers).isSubset(of: ["NOT_FOUND"]), "\(codes(answers))")
            try checkInvariants(tenant)
        }

        @Test(
            "keep timelines, primaries and totals right, whatever is done to contacts, organizations and addresses concurrently",
            arguments: [1, 2])
        func everything(_ seed: UInt64) async throws {
            let tenant = try await TestTenant.make()
            let contacts = try (0..<16).map { try tenant.contact("{ name: \"Racer \($0)\" }") }
            try ServiceSuite.ContactMergeTests.fill(tenant, contacts)
            let rows = try tenant.database().run("SELECT id FROM organization WHERE tenant_id = $1::integer ORDER BY name", [tenant.id])
            let organizations = (0..<rows.rowCount).compactMap { rows.text($0, 0) }
            let before = try await deadlocks(tenant)
            let answers = await Clients.run(Self.clients) { client in
                var random = RandomSource(seed: UInt64(client) &+ 100 &* seed)
                return try (0..<10).map { _ in
                    let some = contacts.shuffled(using: &random)
                    let places = organizations.shuffled(using: &random)
                    let number = Int.random(in: 1...20, using: &random)
                    let (contact, organization) = ("contactId: \"\(some[0])\"", "organizationId: \"\(places[0])\"")
                    let mutations = [
                        "contact_Merge(primaryContactId: \"\(some[0])\", mergedContactIds: [\"\(some[1])\"]) { id }",
                        "contact_HardDelete(\(contact)) { result }",
                        "contact_AddOrganizationById(input: { \(contact), \(organization) }) { id }",
                        "contact_AddOrganizationById(input: { \(contact), \(organization) }) { id }",
                        "contact_RemoveOrganizationById(input: { \(contact), \(organization) }) { id }",
                        "contact_CreateForOrganization(\(organization), input: { email: { email: \"\(number)@m.example\" } }) { id }",
                        "contact_CreateBulkByEmailV2(emails: [\"\(number)@m.example\", \"\(number + 1)@m.example\"]) { createdIds }",
                        "contact_Update(input: { id: \"\(some[0])\", name: \"Racer\" }) { id }",
                        "emailMergeToContact(\(contact), input: { email: \"\(number)@m.example\", primary: true }) { id }",
                        "emailMergeToContact(\(contact), input: { email: \"\(number)@m.example\" }) { id }",
                        "emailSetPrimaryForContact(\(contact), email: \"\(number)@m.example\") { result }",
                        "emailRemoveFromContact(\(contact), email: \"\(number)@m.example\") { result }",
                        "phoneNumberMergeToContact(\(contact), input: { phoneNumber: \"+49 30 12345\(10 + number)\", primary: true }) { id }",
                        "jobRole_Create(\(contact), input: { \(organization), primary: true }) { id }",
                        "contact_AddTag(input: { \(contact), tag: { name: \"T\(number)\" } }) { accepted }",
                        "organization_Merge(primaryOrganizationId: \"\(places[0])\", mergedOrganizationIds: [\"\(places[1])\"]) { id }",
                        "emailMergeToOrganization(\(organization), input: { email: \"\(number)@m.example\" }) { id }",
                    ]
                    // Removals are rare, so that something is left.
                    let choice =
                        Int.random(in: 0..<8, using: &random) > 0
                        ? Int.random(in: 2..<15, using: &random) : [0, 1, 15].randomElement(using: &random) ?? 0
                    return try tenant.answer("mutation { \(mutations[choice]) }")
                }
            }.flatMap { $0 }
            #expect(answers.count == Self.clients * 10 && codes(answers).isSubset(of: ["NOT_FOUND"]), "\(codes(answers))")
            #expect(answers.filter { $0.codes.isEmpty }.count > 200)
            #expect(try ServiceSuite.ContactMergeTests.timelineDifferences(tenant) == "0 0 0 0")
            let several = try tenant.value(
                """
                SELECT (SELECT count(*) FROM (SELECT FROM contact_phone_number WHERE tenant_id = $1::integer AND is_primary GROUP BY contact_id HAVING count(*) > 1) p) \
                + (SELECT count(*) FROM (SELECT FROM job_role WHERE tenant_id = $1::integer AND is_primary GROUP BY contact_id HAVING count(*) > 1) p)
                """)
            #expect(several == "0")
            let counted = try tenant.value(
                """
                SELECT coalesce(sum(count), 0) - (SELECT count(*) FROM contact WHERE tenant_id = $1::integer AND state = 'LIVE') \
                FROM kept_count_now WHERE tenant_id = $1::integer AND subject = 'contact' AND state = 'LIVE'
                """)
            #expect(counted == "0")
            #expect(try await deadlocks(tenant) == before)
        }
    }
}
