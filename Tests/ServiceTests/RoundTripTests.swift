import CustomerOS
import Foundation
import Postgres
import TestSupport
import Testing

extension ServiceSuite {
    /// Whatever the API accepted of organizations, contacts, opportunities and interactions can be exported, imported
    /// into an empty tenant, and exported alike.
    @Suite("Round trips by export and import")
    struct RoundTripTests {
        /// Inputs that an interface may accept or refuse.
        private struct Inputs {
            var random: RandomSource

            private static let texts = [
                "", " ", "  two  blanks ", "A", "Müller & Söhne", "Socie\u{301}te\u{301}", "a\"b\\c/d", "tab\tline\nfeed\r\n",
                "\u{1F469}\u{200D}\u{1F4BB}",
                "مرحبا", "null", "0", "x\u{7F}y\u{0085}z", "\u{2028}\u{FEFF}", String(repeating: "long ", count: 5_000),
                "<b>'; DROP TABLE x; --",
            ]
            private static let times = [
                "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.5Z", "2024-02-29T12:00:00.000001+05:45",
                "0044-03-15T00:00:00-11:59", "2026-11-29T18:00:00Z",
            ]
            private static let websites = [
                "acme-trip.com", "https://www.acme-trip.com/about?x=1#y", "no site", "http://127.0.0.1:80", "https://x.com/acme",
                "bücher-trip.de",
                "ftp://shop.two-trip.co.uk", "https://three-trip.com", "HTTPS://FOUR-TRIP.COM:8443", "five-trip.com.",
            ]
            private static let addresses = [
                "ann@trip.com", "Ann@Trip.com", "o'hara+tag@sub.trip.org", "\u{FC}ml\u{E4}ut@trip.de", "user@b\u{FC}cher-trip.de",

                "Ann <ann2@trip.com>", "mailto:bob@trip.com", "x@localhost", "very.common@trip.museum",
            ]
            private static let numbers = [
                "+49 30 1234567", "+1 202 456 1414", "+1 202 456 1414 x5", "n/a", "0301234567", "ext. 5", "+442071838750", "1",
            ]
            private static let amounts: [Double] = [0, 1, 12.5, 0.01, 999_999_999_999.99, 1_000_000_000_000, 1e-9, -5, 1e20, 3.14159]
            private static let whole: [Int] = [0, 1, -1, 100, 10_000_000, 2_147_483_648, 9_007_199_254_740_993]

            mutating func one<Value>(_ values: [Value]) -> Value { values[Int.random(in: 0..<values.count, using: &random)] }

            /// A member that may be absent.
            mutating func maybe(_ value: Any) -> Any? { Bool.random(using: &random) ? value : nil }

            mutating func text() -> Any? { maybe(one(Self.texts)) }
            mutating func time() -> Any? { maybe(one(Self.times)) }
            mutating func number() -> Any? { maybe(one(Self.whole)) }
            mutating func amount() -> Any? { maybe(one(Self.amounts)) }
            mutating func address() -> String { one(Self.addresses) }
            mutating func phone() -> String { one(Self.numbers) }
            mutating func website() -> String { one(Self.websites) }

            mutating func organization(_ owner: String) -> [String: Any?] {
                [
                    "name": text(), "description": text(), "notes": text(), "website": maybe(website()), "referenceId": text(),
                    "industry": text(),
                    "leadSource": text(), "market": maybe(one(["B2B", "B2C", "B2B2C", "MARKETPLACE"])), "employees": number(),
                    "yearFounded": maybe(one([0, 1901, 2026])), "icpFit": maybe(true), "ownerId": maybe(owner),
                    "domains": maybe([website(), website()]),
                    "relationship": maybe(one(["CUSTOMER", "PROSPECT", "NOT_A_FIT", "FORMER_CUSTOMER", "UNQUALIFIED"])),
                    "stage": maybe(
                        one(["LEAD", "TARGET", "ENGAGED", "TRIAL", "ONBOARDING", "MAX_VALUE", "UNQUALIFIED", "CUSTOMER", "INTERESTED"])),
                ]
            }

            mutating func contact() -> [String: Any?] {
                [
                    "name": text(), "firstName": text(), "lastName": text(), "prefix": text(), "description": text(), "username": text(),
                    "timezone": maybe(one(["Europe/Berlin", "UTC", "Mars/Olympus", "", "  ", "america/new_york"])), "createdAt": time(),
                    "email": maybe(["email": address()]), "phoneNumber": maybe(["phoneNumber": phone()]),
                ]
            }

            mutating func role(_ organization: String?) -> [String: Any?] {
                [
                    "organizationId": organization.flatMap { maybe($0) }, "jobTitle": text(), "startedAt": time(), "endedAt": time(),
                    "primary": maybe(true),
                ]
            }

            mutating func opportunity(_ organization: String?, _ owner: String) -> [String: Any?] {
                [
                    "organizationId": organization.flatMap { maybe($0) }, "ownerId": maybe(owner), "name": text(), "amount": amount(),
                    "maxAmount": amount(), "currency": maybe(one(["USD", "EUR", "JPY"])),
                    "internalType": maybe(one(["NBO", "UPSELL", "CROSS_SELL"])),
                    "internalStage": maybe(one(["OPEN", "CLOSED_WON", "CLOSED_LOST"])), "externalType": text(),
                    "externalStage": maybe(one(["STAGE1", "STAGE99", "Closed won"])), "likelihoodRate": number(),
                    "estimatedClosedDate": time(),
                    "generalNotes": text(), "nextSteps": text(),
                ]
            }

            mutating func event() -> [String: Any?] {
                [
                    "content": text(), "contentType": text(), "channel": text(), "channelData": text(), "eventType": text(),
                    "eventIdentifier": text(), "createdAt": time(), "appSource": "", "sentBy": [["email": address()]],
                    "sentTo": [["email": address()], ["email": address()]],
                ]
            }
        }

        /// Runs a mutation that may be refused; returns the id of what it created.
        private static func send(_ mutation: String, _ input: [String: Any?], _ tenant: TestTenant) throws -> String? {
            let variables = try JSONSerialization.data(withJSONObject: ["input": input.compactMapValues { $0 }])
            let answer = try tenant.answer(mutation, variables: String(decoding: variables, as: UTF8.self))
            #expect(!answer.codes.contains("INTERNAL"), "\(mutation) \(input): \(answer.body)")
            guard answer.codes.isEmpty, let value = answer.data.values.first else { return nil }
            return value as? String ?? (value as? [String: Any])?["id"] as? String
        }

        @Test("the demonstration data obey the rules of an import")
        func demonstration() async throws {
            let demo = try DemoTenant(try await TestServer.shared.value)
            let exported = try demo.exported()
            let other = try await TestTenant.make()
            let result = try other.take(exported) { ($0.unknownOwners, $0.badValues) = (.create, .refuse) }
            #expect(result.refused.isEmpty, "\(result.refused.values.prefix(3))")
            #expect(exported.count > 100 && result.outcome.created == exported.count)
        }

        @Test("what the API accepted is exported, imported and exported alike", arguments: [UInt64(1), 2, 3])
        func anything(_ seed: UInt64) async throws {
            let tenant = try await TestTenant.make()
            let owner = try tenant.server.administration().createUser(
                tenant: tenant.name, email: "owner@trip.com", firstName: "O", lastName: "", roles: [.user])
            var inputs = Inputs(random: RandomSource(seed: seed))
            var made = (organizations: [String](), contacts: [String](), others: 0)
            for _ in 0..<24 {
                let mutation = "mutation ($input: OrganizationSaveInput!) { organization_Save(input: $input) { id } }"
                guard let id = try Self.send(mutation, inputs.organization(owner), tenant) else { continue }
                made.organizations.append(id)
                _ = try Self.send(
                    "mutation ($input: OrganizationTagInput!) { organization_AddTag(input: $input) { accepted } }",
                    ["organizationId": id, "tag": ["name": inputs.text() ?? "T"]], tenant)
                if inputs.maybe(true) != nil {
                    _ = try tenant.answer(
                        "mutation { organization_RemoveDomain(organizationId: \"\(id)\", domain: \"acme-trip.com\") { accepted } }")
                }
            }
            for _ in 0..<24 {
                guard let id = try Self.send("mutation ($input: ContactInput!) { contact_Create(input: $input) }", inputs.contact(), tenant)
                else { continue }
                made.contacts.append(id)
                for _ in 0..<2 {
                    _ = try Self.send(
                        "mutation ($input: EmailInput!) { emailMergeToContact(contactId: \"\(id)\", input: $input) { id } }",
                        ["email": inputs.address()], tenant)
                    _ = try Self.send(
                        "mutation ($input: JobRoleInput!) { jobRole_Create(contactId: \"\(id)\", input: $input) { id } }",
                        inputs.role(made.organizations.isEmpty ? nil : inputs.one(made.organizations)), tenant)
                }
            }
            for _ in 0..<24 {
                let organization = made.organizations.isEmpty ? nil : inputs.one(made.organizations)
                let opportunity = try Self.send(
                    "mutation ($input: OpportunitySaveInput!) { opportunity_Save(input: $input) { id } }",
                    inputs.opportunity(organization, owner), tenant)
                let event = try Self.send(
                    "mutation ($input: InteractionEventInput!) { interactionEvent_Create(event: $input) { id } }", inputs.event(), tenant)
                made.others += (opportunity == nil ? 0 : 1) + (event == nil ? 0 : 1)
            }
            #expect(made.organizations.count > 5 && made.contacts.count > 5 && made.others > 10, "\(made)")
            let exported = try tenant.exported()
            let other = try await TestTenant.make()
            let result = try other.take(exported) { ($0.unknownOwners, $0.badValues) = (.create, .refuse) }
            #expect(result.refused.isEmpty, "\(result.refused.values.prefix(3))")
            #expect(result.outcome.created == exported.count)
            let again = try other.exported()
            #expect(again.count == exported.count)
            for (before, after) in zip(exported.sorted(), again.sorted()) where before != after {
                Issue.record("seed \(seed): \(before.prefix(1_500))\n\(after.prefix(1_500))")
                break
            }
        }
    }
}
