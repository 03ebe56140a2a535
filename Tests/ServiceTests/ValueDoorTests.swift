import CustomerOS
import Foundation
import GraphQL
import Postgres
import Testing

extension ServiceSuite {
    /// Every entrance to the data judges a value by the same rule.
    @Suite("The entrances to the data")
    struct ValueDoorTests {
        /// A mutation, and where `VALUE` goes.
        private struct Door: Sendable {
            let field: String
            let document: @Sendable (_ value: String, _ contact: String, _ organization: String) -> String
        }

        private static let emailDoors = [
            Door(field: "contact_Create") { value, _, _ in "contact_Create(input: { name: \"Z\", email: { email: \(value) } })" },
            Door(field: "customer_contact_Create") { value, _, _ in "customer_contact_Create(input: { email: { email: \(value) } }) { id }"
            },
            Door(field: "contact_CreateForOrganization") { value, _, organization in
                "contact_CreateForOrganization(organizationId: \"\(organization)\", input: { email: { email: \(value) } }) { id }"
            },
            Door(field: "emailMergeToContact") { value, contact, _ in
                "emailMergeToContact(contactId: \"\(contact)\", input: { email: \(value) }) { rawEmail }"
            },
            Door(field: "emailMergeToOrganization") { value, _, organization in
                "emailMergeToOrganization(organizationId: \"\(organization)\", input: { email: \(value) }) { rawEmail }"
            },
            Door(field: "emailReplaceForContact") { value, contact, _ in
                "emailReplaceForContact(contactId: \"\(contact)\", previousEmail: \"\", input: { email: \(value) }) { rawEmail }"
            },
            Door(field: "interactionEvent_Create") { value, _, _ in
                "interactionEvent_Create(event: { content: \"Hi\", appSource: \"test\", sentBy: [{ email: \(value) }], sentTo: [] }) { id }"
            },
        ]

        @Test("refuse what is not a single address, and say why", arguments: emailDoors.indices)
        func badAddresses(_ index: Int) async throws {
            let tenant = try await TestTenant.make()
            let door = Self.emailDoors[index]
            let (contact, organization) = (try tenant.contact(), try tenant.organization("Acme"))
            for (address, reason) in [
                ("x@a.com; y@b.com", "there are several"), ("notanemail", "an e-mail address"), ("a@localhost", "an e-mail address"),
            ] {
                let answer = try tenant.answer("mutation { \(door.document(try jsonText(address), contact, organization)) }")
                #expect(answer.codes == ["BAD_USER_INPUT"] && answer.messages[0].contains(reason), "\(door.field): \(answer.body)")
            }
            #expect(try tenant.value("SELECT count(*) FROM email WHERE tenant_id = $1::integer") == "0")
        }

        @Test("understand what mail programs write, and make one address of it", arguments: emailDoors.indices)
        func addresses(_ index: Int) async throws {
            let tenant = try await TestTenant.make()
            let door = Self.emailDoors[index]
            let (contact, organization) = (try tenant.contact(), try tenant.organization("Acme"))
            for address in ["Ann <p@bücher-mail.de>", "mailto:P@xn--bcher-mail-9db.de", " p@BU\u{308}CHER-mail.de. "] {
                let answer = try tenant.answer("mutation { \(door.document(try jsonText(address), contact, organization)) }")
                #expect(answer.codes.isEmpty, "\(door.field): \(answer.body)")
            }
            #expect(try tenant.value("SELECT string_agg(raw_email, ' ') FROM email WHERE tenant_id = $1::integer") == "p@bücher-mail.de")
        }

        @Test("find and remove an address in any of its spellings")
        func spellings() async throws {
            let tenant = try await TestTenant.make()
            let id = try tenant.contact("{ name: \"Ann\", email: { email: \"p@bücher-mail.de\" } }")
            for spelling in ["P@bücher-mail.de", "p@xn--bcher-mail-9db.de", "Ann <p@bücher-mail.de>", "p@bu\u{308}cher-mail.de"] {
                let found = try tenant.data("{ contact_ByEmail(email: \(jsonText(spelling))) { id } }").object("contact_ByEmail")
                #expect(found.text("id") == id, "\(spelling)")
            }
            _ = try tenant.data(
                "mutation { emailRemoveFromContact(contactId: \"\(id)\", email: \"mailto:p@xn--bcher-mail-9db.de\") { result } }")
            #expect(try tenant.value("SELECT count(*) FROM contact_email WHERE tenant_id = $1::integer") == "0")
        }

        @Test("give the full path of what they refuse")
        func paths() async throws {
            let tenant = try await TestTenant.make()
            let (contact, organization) = (try tenant.contact(), try tenant.organization("Acme"))
            let key = try tenant.server.administration().createKey(tenant: tenant.name, roles: [.user, .admin]).key.secret
            for (document, field) in [
                ("contact_Create(input: { name: \"Z\", email: { email: \"x\" } })", "input.email.email"),
                ("contact_Create(input: { name: \"Z\", phoneNumber: { phoneNumber: \"x\" } })", "input.phoneNumber.phoneNumber"),
                (
                    "contact_Create(input: { name: \"Z\", phoneNumber: { phoneNumber: \"030 901820\", countryCodeA2: \"n/a\" } })",
                    "input.phoneNumber.countryCodeA2"
                ),
                ("emailMergeToContact(contactId: \"\(contact)\", input: { email: \"x\" }) { id }", "input.email"),
                ("phoneNumberMergeToContact(contactId: \"\(contact)\", input: { phoneNumber: \"room 1234\" }) { id }", "input.phoneNumber"),
                ("user_Create(input: { firstName: \"F\", lastName: \"L\", email: { email: \"x\" } }) { id }", "input.email.email"),
                ("organization_Save(input: { name: \"Z\", domains: [\"z-four.com\", \"acme-four..com\"] }) { id }", "input.domains"),
                ("organization_Save(input: { id: \"\(organization)\", domains: [\"not a domain\"] }) { id }", "input.domains"),
            ] {
                let answer = try Answer(tenant.server.query("mutation { \(document) }", key: key))
                #expect(answer.codes == ["BAD_USER_INPUT"] && answer.body.contains("\"field\":\"\(field)\""), "\(document): \(answer.body)")
            }
            let refused = try tenant.answer("mutation { organization_Save(input: { name: \"Z\", domains: [\"acme-four..com\"] }) { id } }")
            #expect(refused.messages[0].contains("acme-four..com"))
            #expect(try tenant.value("SELECT count(*) FROM organization WHERE tenant_id = $1::integer") == "1")
            let saved = try tenant.data(
                "mutation { organization_Save(input: { name: \"Z\", website: \"not a domain\", domains: [\"z-four.com\", \" \"] }) { domains } }"
            )
            #expect(saved.object("organization_Save").texts("domains") == ["z-four.com"])
        }

        @Test("understand the address of a user that an operator creates, and say why one is refused")
        func operators() async throws {
            let tenant = try await TestTenant.make()
            let administration = try tenant.server.administration()
            for (given, kept) in [
                (" bob@x.org ", "bob@x.org"), ("Ann <ann@x.org>", "ann@x.org"), ("p@xn--bcher-mail-9db.de", "p@bücher-mail.de"),
            ] {
                let id = try administration.createUser(tenant: tenant.name, email: given, firstName: "Bob", lastName: "", roles: [])
                #expect(try administration.users(tenant: tenant.name).first { $0.id == id }?.email == kept)
                #expect(try Administration.address(given) == kept)
            }
            for (given, reason) in [("a@x.org; b@x.org", "there are several"), ("bob", "must be an e-mail address")] {
                let refusal = #expect(throws: Administration.Failure.self) { try Administration.address(given) }
                #expect(refusal?.description.contains(reason) == true, "\(given)")
            }
        }

        @Test("compare addresses and domains in filters in the form in which they are stored")
        func filters() async throws {
            let tenant = try await TestTenant.make()
            _ = try tenant.contact("{ name: \"P\", email: { email: \"p@bücher-mail.de\" } }")
            _ = try tenant.data("mutation { organization_Save(input: { name: \"B\", domains: [\"bücher-mail.de\"] }) { name } }")
            let pages = [
                (
                    "contacts", ["EMAIL", "RAW_EMAIL"],
                    [
                        ("EQ", "\"p@bücher-mail.de\""), ("EQ", "\"P@xn--bcher-mail-9db.de\""), ("EQ", "\"P <p@BU\u{308}CHER-mail.de>\""),
                        ("IN", "[\"p@xn--bcher-mail-9db.de\"]"), ("CONTAINS", "\"@xn--bcher-mail-9db.de\""),
                        ("CONTAINS", "\"xn--bcher-mail-9db.de\""), ("STARTS_WITH", "\"p@xn--bcher-mail-9db.de\""),
                        ("CONTAINS", "\"cher-mail.\""), ("STARTS_WITH", "\"p@\""),
                    ]
                ),
                (
                    "organizations", ["DOMAIN"],
                    [
                        ("EQ", "\"bücher-mail.de\""), ("EQ", "\"XN--bcher-mail-9db.de\""), ("EQ", "\"BU\u{308}CHER-mail.de\""),
                        ("IN", "[\"bücher-mail.de.\"]"), ("CONTAINS", "\"bücher-mail.de\""), ("STARTS_WITH", "\"xn--bcher-\""),
                    ]
                ),
            ]
            for (list, properties, comparisons) in pages {
                for property in properties {
                    for (word, value) in comparisons {
                        let page = try tenant.data(
                            "{ \(list)(where: { filter: { property: \"\(property)\", operation: \(word), value: \(value) } }) { totalElements } }"
                        )
                        #expect(page.object(list).number("totalElements") == 1, "\(property) \(word) \(value)")
                    }
                }
            }
            // A part of a name stays a part.
            for (list, property, value) in [
                ("organizations", "DOMAIN", "xn--bcher-mail-9db.de."), ("contacts", "EMAIL", "p@bücher-mail.de."),
            ] {
                let page = try tenant.data(
                    "{ \(list)(where: { filter: { property: \"\(property)\", operation: STARTS_WITH, value: \"\(value)\" } }) { totalElements } }"
                )
                #expect(page.object(list).number("totalElements") == 0, "\(property)")
            }
        }

        @Test("report the range to integers beyond 64 bits, however they are written")
        func largeNumbers() async throws {
            let tenant = try await TestTenant.make()
            for number in ["123456789012345678901234567890", "-9223372036854775809", "9223372036854775808"] {
                for value in [number, "\"\(number)\""] {
                    let literal = try tenant.answer("mutation { organization_Save(input: { name: \"a\", employees: \(value) }) { name } }")
                    let variable = try tenant.answer(
                        "mutation ($n: Int64) { organization_Save(input: { name: \"a\", employees: $n }) { name } }",
                        variables: "{\"n\":\(value)}")
                    for answer in [literal, variable] {
                        #expect(answer.messages == ["input.employees must be from 0 to 10,000,000"], "\(value): \(answer.body)")
                    }
                }
            }
        }

        @Test("trim names")
        func names() async throws {
            let tenant = try await TestTenant.make()
            let id = try tenant.contact("{ name: \"  Dana   van \\t Buyer \" }")
            #expect(
                try tenant.data("{ contact(id: \"\(id)\") { name firstName lastName } }").object("contact").text("name") == "Dana van Buyer"
            )
            let changed = try tenant.data("mutation { contact_Update(input: { id: \"\(id)\", firstName: \" Nora  Ann \" }) { firstName } }")
            #expect(changed.object("contact_Update").text("firstName") == "Nora Ann")
            let organization = try tenant.data("mutation { organization_Save(input: { name: \" Acme   Inc \" }) { name } }")
            #expect(organization.object("organization_Save").text("name") == "Acme Inc")
            let tags = try ["Key  Account ", "Key Account"].map {
                try tenant.data("mutation { tag_Create(input: { name: \"\($0)\" }) { id name } }").object("tag_Create")
            }
            #expect(tags[0].text("id") == tags[1].text("id") && tags[0].text("name") == "Key Account")
        }

        @Test("have the form of names in every input that takes one")
        func namedMembers() throws {
            // What names files, accounts and tenants is kept as it is, or has a rule of its own.
            let others: Set = ["AttachmentInput.fileName", "ContactInput.username", "ContactUpdateInput.username", "TenantInput.name"]
            var found = 0
            for source in API.schemaSources {
                var type = ""
                for line in String(decoding: source.text, as: UTF8.self).split(separator: "\n") {
                    if let match = line.firstMatch(of: /^(?:extend )?(input|type|interface|enum|union|scalar) (\w+)/) {
                        type = match.1 == "input" ? String(match.2) : ""
                    }
                    guard !type.isEmpty, let match = line.firstMatch(of: /^\s+(\w*([nN]ame|[tT]itle)): String/) else { continue }
                    guard !others.contains("\(type).\(match.1)") else { continue }
                    found += 1
                    #expect(line.contains("@value(kind: \"name\")"), "\(type).\(match.1)")
                }
            }
            #expect(found > 40)
        }

        @Test("of contracts, products, places, meetings, jobs and workspaces are names, too")
        func otherNames() async throws {
            let tenant = try await TestTenant.make()
            let organization = try tenant.organization("Acme")
            let contact = try tenant.contact("{ name: \"Ann\" }")
            for (document, name) in [
                (
                    "contract_Create(input: { organizationId: \"\(organization)\", contractName: \"  A   B \" }) { name: contractName }",
                    "A B"
                ),
                ("sku_Save(input: { name: \"  A   B \", price: 1, type: SUBSCRIPTION }) { name }", "A B"),
                ("meeting_Create(meeting: { name: \"  A   B \", createdBy: [], attendedBy: [] }) { name }", "A B"),
                ("jobRole_Create(contactId: \"\(contact)\", input: { jobTitle: \"  A   B \" }) { name: jobTitle }", "A B"),
                ("tenant_UpdateSettings(input: { workspaceName: \"  A   B \" }) { name: workspaceName }", "A B"),
            ] {
                let answer = try tenant.answer("mutation { x: \(document) }")
                #expect(answer.body.contains("\"name\":\"\(name)\""), "\(answer.body)")
            }
        }

        @Test("know countries and time zones, and refuse others with a suggestion")
        func places() async throws {
            let tenant = try await TestTenant.make()
            let contact = try tenant.contact("{ name: \"Ann\", timezone: \"europe/berlin\" }")
            #expect(try tenant.data("{ contact(id: \"\(contact)\") { timezone } }").object("contact").text("timezone") == "Europe/Berlin")
            let location = try tenant.data("mutation { contact_AddNewLocation(contactId: \"\(contact)\") { id } }").object(
                "contact_AddNewLocation"
            )
            .text("id")
            for (given, name, short, long) in [
                ("UK", "United Kingdom", "GB", "GBR"), ("el", "Greece", "GR", "GRC"), ("DEU", "Germany", "DE", "DEU"),
            ] {
                let changed = try tenant.data(
                    "mutation { location_Update(input: { id: \"\(location)\", country: \"\(given)\", timeZone: \"America/New York\" }) { country countryCodeA2 countryCodeA3 timeZone } }"
                ).object("location_Update")
                #expect(changed.text("country") == name && changed.text("countryCodeA2") == short && changed.text("countryCodeA3") == long)
                #expect(changed.text("timeZone") == "America/New_York")
            }
            for rest in ["", ", country: \"\"", ", country: null"] {
                let codes = "country countryCodeA2 countryCodeA3"
                let named = "location_Update(input: { id: \"\(location)\", country: \"DE\" }) { \(codes) }"
                let cleared = "location_Update(input: { id: \"\(location)\"\(rest) }) { \(codes) }"
                let answer = try tenant.data("mutation { named: \(named) cleared: \(cleared) }")
                #expect(answer.object("named").text("countryCodeA3") == "DEU")
                #expect(codes.split(separator: " ").allSatisfy { answer.object("cleared").text(String($0)) == "" }, "\(rest)")
            }
            for (document, part) in [
                ("contact_Create(input: { name: \"Z\", timezone: \"Mars/Olympus\" })", "a time zone of the IANA database"),
                ("contact_Update(input: { id: \"\(contact)\", timezone: \"Europe/Berln\" }) { id }", "Did you mean \"Europe/Berlin\""),
                ("location_Update(input: { id: \"\(location)\", country: \"XX\" }) { id }", "Did you mean"),
                ("location_Update(input: { id: \"\(location)\", country: \"Germny\" }) { id }", "\"Germany\""),
                ("location_Update(input: { id: \"\(location)\", timeZone: \"Nowhere\" }) { id }", "a time zone of the IANA database"),
                (
                    "phoneNumberMergeToContact(contactId: \"\(contact)\", input: { phoneNumber: \"030 901820\", countryCodeA2: \"XX\" }) { id }",
                    "a country"
                ),
            ] {
                let answer = try tenant.answer("mutation { \(document) }")
                #expect(answer.codes == ["BAD_USER_INPUT"] && answer.messages[0].contains(part), "\(document): \(answer.body)")
            }
            let national = try tenant.data(
                "mutation { phoneNumberMergeToContact(contactId: \"\(contact)\", input: { phoneNumber: \"020 7946 0123\", countryCodeA2: \"UK\" }) { e164 } }"
            )
            #expect(national.object("phoneNumberMergeToContact").text("e164") == "+442079460123")
        }

        @Test("refuse phone numbers that cannot be, and keep line and extension apart")
        func phoneNumbers() async throws {
            let tenant = try await TestTenant.make()
            for number in ["n/a", "+1", "+1 202", "12", "+12345678901234567890"] {
                let answer = try tenant.answer("mutation { contact_Create(input: { phoneNumber: { phoneNumber: \"\(number)\" } }) }")
                #expect(answer.codes == ["BAD_USER_INPUT"] && answer.messages[0].contains("a phone number"), "\(answer.body)")
            }
            #expect(try tenant.value("SELECT count(*) FROM contact WHERE tenant_id = $1::integer") == "0")
            func contact(_ number: String) throws -> String { try tenant.contact("{ phoneNumber: { phoneNumber: \"\(number)\" } }") }
            func found(_ number: String) throws -> String {
                try tenant.data("{ contact_ByPhone(e164: \"\(number)\") { id } }").object("contact_ByPhone").text("id")
            }
            let fifth = try contact("+1 202 456 1414 x5")
            let sixth = try contact("+1 (202) 456-1414 ext. 6")
            #expect(try found("+12024561414") == fifth)
            let line = try contact("+1 202-456-1414")
            let later = try contact("0012024561414")
            #expect(try found("+12024561414") == line && line != later)
            #expect(try found("+1 202 456 1414 x6") == sixth && found("+12024561414;ext=5") == fifth)
            let shown = try tenant.data("{ contact(id: \"\(fifth)\") { phoneNumbers { e164 rawPhoneNumber } } }").object("contact").objects(
                "phoneNumbers")
            #expect(shown.first?.text("e164") == "+12024561414" && shown.first?.text("rawPhoneNumber") == "+1 202 456 1414 x5")
            #expect(try tenant.value("SELECT count(*) FROM phone_number WHERE tenant_id = $1::integer") == "3")
        }

        @Test("refuse profiles that are not URLs, and know LinkedIn's in all their forms")
        func profiles() async throws {
            let tenant = try await TestTenant.make()
            let id = try tenant.contact("{ name: \"Jane\", socialUrl: \"https://www.linkedin.com/comm/in/jane-doe?x=1\" }")
            for url in [
                "linkedin.com/in/Jane-Doe", "https://linkedin.com/mwlite/in/jane-doe",
                "https://www.linkedin.com/sales/people/jane-doe,NAME,x",
            ] {
                #expect(
                    try tenant.data("{ contact_ByLinkedIn(linkedInUrl: \"\(url)\") { id } }").object("contact_ByLinkedIn").text("id") == id)
            }
            let social = try #require(try tenant.value("SELECT id FROM social WHERE tenant_id = $1::integer"))
            for document in [
                "social_Update(input: { id: \"\(social)\", url: \"new url\" }) { url }",
                "contact_AddSocial(contactId: \"\(id)\", input: { url: \"new url\" }) { id }",
                "contact_Create(input: { name: \"Z\", socialUrl: \"new url\" })",
            ] {
                let answer = try tenant.answer("mutation { \(document) }")
                #expect(answer.codes == ["BAD_USER_INPUT"] && answer.messages[0].contains("the address of a profile"), "\(answer.body)")
            }
        }

        @Test("of API and import agree on addresses and numbers")
        func agree() async throws {
            let tenant = try await TestTenant.make()
            let path = NSTemporaryDirectory() + "/customeros-doors-\(UUID().uuidString).ndjson"
            defer { try? FileManager.default.removeItem(atPath: path) }
            for address in [
                "Ann <user@x.org>", "mailto:user@x.org", "user@x.org.", "x@a.com; y@b.com", "notanemail", "a b@x.org", "p@bücher-mail.de",
                "a@localhost",
                "\"Doe, Ann\" <d@x.org>", "a@x..org",
            ] {
                let accepted = try tenant.answer("mutation { contact_Create(input: { email: { email: \(jsonText(address)) } }) }").codes
                    .isEmpty
                try "{\"type\":\"contact\",\"externalId\":\"\(UUID().uuidString)\",\"emails\":[\(jsonText(address))]}\n"
                    .write(toFile: path, atomically: true, encoding: .utf8)
                let outcome = try Importer(tenant.database(), tenant: tenant.name, refuse: { _ in }).run(path, fresh: true)
                #expect((outcome.refused == 0) == accepted, "\(address)")
            }
        }
    }
}
