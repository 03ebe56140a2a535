import CustomerOS
import Foundation
import GraphQL
import Postgres
import Service
import Testing

/// Every served root field, with valid arguments, and an id of the demo tenant if it takes one.
enum RootFields {
    static let all = listed + reach + contracts + billing + invoices + timeline + users

    private static let listed = [
        "query { organization(id: \"01900000-0000-7000-8000-000000000001\") { name } }",
        "query { organizations(pagination: { page: 1, limit: 1 }) { totalElements } }",
        "query { organization_ByCustomerOsId(customerOsId: \"C-ACM-001\") { name } }",
        "query { organization_ByCustomId(customId: \"CRM-1001\") { name } }",
        "query { organization_ByLinkedIn(linkedInUrl: \"https://www.linkedin.com/company/acme-instruments\") { name } }",
        "query { organization_ExistsByLinkedIn(linkedInUrl: \"https://www.linkedin.com/company/acme-instruments\") }",
        "query { organization_DistinctOwners { name } }",
        "query { organization_CheckWebsite(website: \"https://acme.com\") { accepted domain } }",
        "query { industries_InUse { code name } }",
        "query { organizations_HiddenAfter(date: \"2020-01-01T00:00:00Z\") }",
        "query { contact(id: \"01900000-0001-7000-8000-000000000001\") { name } }",
        "query { contacts(pagination: { page: 1, limit: 1 }) { totalElements } }",
        "query { contact_ByEmail(email: \"buyer@example.com\") { name } }",
        "query { contact_ByPhone(e164: \"+442079460101\") { name } }",
        "query { contact_ByLinkedIn(linkedInUrl: \"https://linkedin.com/in/nora-castellan\") { name } }",
        "query { contact_ExistsByLinkedIn(linkedInUrl: \"https://linkedin.com/in/nora-castellan\") }",
        "query { user(id: \"01900000-0002-7000-8000-000000000001\") { name } }",
        "query { users(pagination: { page: 1, limit: 1 }) { totalElements } }",
        "query { user_ByEmail(email: \"maya@demo.example\") { name } }",
        "query { opportunity(id: \"01900000-0003-7000-8000-000000000001\") { name } }",
        "query { opportunities_LinkedToOrganizations { totalElements } }",
        "mutation { organization_Save(input: { id: \"01900000-0000-7000-8000-000000000001\", notes: \"mine\" }) { name } }",
        "mutation { organization_Update(input: { id: \"01900000-0000-7000-8000-000000000001\", notes: \"mine\" }) { name } }",
        "mutation { organization_Merge(primaryOrganizationId: \"01900000-0000-7000-8000-000000000002\", mergedOrganizationIds: [\"01900000-0000-7000-8000-000000000001\"]) { name } }",
        "mutation { organization_AddSubsidiary(input: { organizationId: \"01900000-0000-7000-8000-000000000001\", subsidiaryId: \"01900000-0000-7000-8000-000000000002\" }) { name } }",
        "mutation { organization_RemoveSubsidiary(organizationId: \"01900000-0000-7000-8000-000000000001\", subsidiaryId: \"01900000-0000-7000-8000-000000000002\") { name } }",
        "mutation { organization_AddDomain(organizationId: \"01900000-0000-7000-8000-000000000001\", domain: \"mine.com\") { accepted } }",
        "mutation { organization_RemoveDomain(organizationId: \"01900000-0000-7000-8000-000000000001\", domain: \"acme-instruments.example\") { accepted } }",
        "mutation { organization_RemoveDomains(organizationId: \"01900000-0000-7000-8000-000000000001\", domains: [\"acme-instruments.example\"]) { accepted } }",
        "mutation { organization_UnlinkAllDomains(organizationId: \"01900000-0000-7000-8000-000000000001\") { name } }",
        "mutation { organization_Hide(id: \"01900000-0000-7000-8000-000000000001\") }",
        "mutation { organization_HideAll(ids: [\"01900000-0000-7000-8000-000000000001\"]) { result } }",
        "mutation { organization_Show(id: \"01900000-0000-7000-8000-000000000001\") }",
        "mutation { organization_ShowAll(ids: [\"01900000-0000-7000-8000-000000000001\"]) { result } }",
        "mutation { organization_Archive(id: \"01900000-0000-7000-8000-000000000001\") { result } }",
        "mutation { organization_ArchiveAll(ids: [\"01900000-0000-7000-8000-000000000001\"]) { result } }",
        "mutation { organization_UpdateOnboardingStatus(input: { organizationId: \"01900000-0000-7000-8000-000000000001\", status: LATE, comments: \"mine\" }) { name } }",
        "mutation { organization_SetOwner(organizationId: \"01900000-0000-7000-8000-000000000001\", userId: \"01900000-0002-7000-8000-000000000001\") { name } }",
        "mutation { organization_UnsetOwner(organizationId: \"01900000-0000-7000-8000-000000000001\") { name } }",
        "mutation { flagWrongField(input: { entityId: \"01900000-0000-7000-8000-000000000001\", entityType: ORGANIZATION, field: ORGANIZATION_INDUSTRY }) { result } }",
        "mutation { contact_CreateForOrganization(organizationId: \"01900000-0000-7000-8000-000000000001\", input: { name: \"X\" }) { name } }",
        "mutation { contact_Create(input: { name: \"X\" }) }",
        "mutation { customer_contact_Create(input: { name: \"X\", email: { email: \"x@x.example\" } }) { id } }",
        "mutation { contact_CreateBulkByEmailV2(emails: [\"bulk@x.example\"]) { createdIds failedInputs } }",
        "mutation { contact_CreateBulkByLinkedInV2(linkedInUrls: [\"linkedin.com/in/bulk\"]) { createdIds failedInputs } }",
        "mutation { contact_CreateBulkByEmail(emails: [\"bulk@x.example\", \"x\"]) }",
        "mutation { contact_CreateBulkByLinkedIn(linkedInUrls: [\"linkedin.com/in/bulk\", \"x\"]) }",
        "mutation { contact_Update(input: { id: \"01900000-0001-7000-8000-000000000001\", name: \"mine\" }) { name } }",
        "mutation { contact_Merge(primaryContactId: \"01900000-0001-7000-8000-000000000001\", mergedContactIds: [\"01900000-0001-7000-8000-000000000002\"]) { name } }",
        "mutation { contact_Hide(contactId: \"01900000-0001-7000-8000-000000000001\") { accepted completed } }",
        "mutation { contact_Archive(contactId: \"01900000-0001-7000-8000-000000000001\") { result } }",
        "mutation { contact_RestoreFromArchive(contactId: \"01900000-0001-7000-8000-000000000001\") { result } }",
        "mutation { contact_HardDelete(contactId: \"01900000-0001-7000-8000-000000000001\") { result } }",
        "mutation { contact_AddOrganizationById(input: { contactId: \"01900000-0001-7000-8000-000000000001\", organizationId: \"01900000-0000-7000-8000-000000000001\" }) { name } }",
        "mutation { contact_RemoveOrganizationById(input: { contactId: \"01900000-0001-7000-8000-000000000001\", organizationId: \"01900000-0000-7000-8000-000000000001\" }) { name } }",
        "mutation { opportunity_Save(input: { opportunityId: \"01900000-0003-7000-8000-000000000001\", name: \"mine\" }) { name } }",
    ]
}

extension ServiceSuite.OneByOne.Servers {
    @Suite("A request")
    struct RequestTests {
        @Test("covers every root field of the schema in these tests")
        func coverage() throws {
            let schema = try API.executableSchema().schema
            let names = schema.queryType.fields.map(\.name) + (schema.mutationType?.fields.map(\.name) ?? [])
            let covered = RootFields.all + RootFields.impersonation
            for name in names { #expect(covered.contains { $0.contains("{ \(name)(") || $0.contains("{ \(name) ") }, "\(name)") }
        }

        @Test("without a key is refused", arguments: RootFields.all)
        func withoutKey(_ query: String) async throws {
            let server = try await TestServer.shared.value
            let answer = try server.query(query, key: nil)
            #expect(answer.status == 401)
            #expect(answer.body.contains("\"code\":\"UNAUTHENTICATED\""))
            #expect(!answer.body.contains("\"data\""))
        }

        @Test(
            "with a wrong key is refused before it is read",
            arguments: RootFields.all + ["{", "query IntrospectionQuery { __schema { queryType { name } } }"])
        func wrongKey(_ query: String) async throws {
            let server = try await TestServer.shared.value
            let answer = try server.query(query, key: "test-key-of-the-demo-tenant-0123456788")
            #expect(answer.status == 401)
            #expect(answer.body.contains("The API key is not valid."))
        }

        @Test(
            "with a duplicate member is refused with its name",
            arguments: [
                (#"{"query":"{ __typename }","query":"{ __schema { __typename } }"}"#, "query", 64),
                (#"{"query":"{ __typename }","variables":{"a":{"b":1,"b":2}}}"#, "b", 56),
                (#"{"query":"{ __typename }","mine":1,"mine":2}"#, "mine", 44),
            ])
        func repeatedMember(_ body: String, _ name: String, _ offset: Int) async throws {
            let server = try await TestServer.shared.value
            let answer = try server.post(body)
            #expect(answer.status == 400 && answer.body.contains(#""code":"BAD_USER_INPUT""#), "\(answer.body)")
            let message = #"The body is ambiguous: the member \"\#(name)\" appears twice in an object at byte \#(offset)."#
            #expect(answer.body.contains("\"message\":\"\(message)\""), "\(answer.body)")
        }

        @Test(
            "with a duplicate parameter is refused with its name",
            arguments: [
                ("query=%7B__typename%7D&query=%7Ba%7D", "query"), ("query=%7B__typename%7D&variables=%7B%7D&variables=", "variables"),
                ("query=%7B__typename%7D&a=1&a=1", "a"), ("query=%7B__typename%7D&%71uery=", "query"),
            ])
        func repeatedParameter(_ text: String, _ name: String) async throws {
            let server = try await TestServer.shared.value
            let answer = try HTTPClient(port: server.port).send(
                "GET", "/query?\(text)", headers: ["X-CUSTOMER-OS-API-KEY": server.key])
            #expect(answer.status == 400 && answer.body.contains("the parameter \\\"\(name)\\\" appears twice in it"), "\(answer.body)")
        }

        @Test("may begin with a byte order mark")
        func byteOrderMark() async throws {
            let server = try await TestServer.shared.value
            let body = #"{"query":"{ __typename }"}"#
            let answer = try server.post("\u{FEFF}" + body)
            #expect(answer.status == 200 && answer.body == #"{"data":{"__typename":"Query"}}"#, "\(answer.body)")
            #expect(try server.post("\u{FEFF}\u{FEFF}" + body).status == 400)
            #expect(try server.post(" \u{FEFF}" + body).status == 400)
        }

        @Test("without the role is denied, field by field", arguments: RootFields.all)
        func withoutRole(_ query: String) async throws {
            let server = try await TestServer.shared.value
            let answer = try server.query(query, key: server.powerlessKey)
            #expect(answer.status == 200)
            #expect(answer.body.contains("\"message\":\"Access denied\""))
            #expect(answer.body.contains("\"code\":\"FORBIDDEN\""))
            #expect(answer.statements.isEmpty)
        }

        @Test("with another tenant's id finds as little as with an unknown id", arguments: RootFields.all)
        func otherTenant(_ query: String) async throws {
            let server = try await TestServer.shared.value
            let unknown = query.replacingOccurrences(of: "00000001\"", with: "99999999\"").replacingOccurrences(
                of: "buyer@", with: "nobody@")
            let answer = try server.query(query, key: server.otherKey)
            let expected = try server.query(unknown, key: server.otherKey)
            #expect(answer.status == expected.status)
            // What is created has its own id in each answer.
            let found = GoldenRecord.stable(answer.body)
            #expect(found == GoldenRecord.stable(expected.body.replacingOccurrences(of: "99999999", with: "00000001")))
            #expect(!answer.body.contains("Acme"))
            let still = try server.query("{ organization(id: \"01900000-0000-7000-8000-000000000001\") { name notes } }", key: server.key)
            #expect(still.body.contains("\"name\":\"Acme Instruments\"") && !still.body.contains("mine"))
        }

        @Test("whose tenant header disagrees, or that names an unknown user, or has two keys, is refused")
        func headers() async throws {
            let server = try await TestServer.shared.value
            let query = "{ organizations { totalElements } }"
            #expect(try server.query(query, key: server.key, headers: ["X-Openline-TENANT": "demo"]).status == 200)
            #expect(try server.query(query, key: server.key, headers: ["X-Openline-TENANT": "other"]).status == 401)
            #expect(try server.query(query, key: server.key, headers: ["X-Openline-USERNAME": "MAYA@demo.example"]).status == 200)
            #expect(try server.query(query, key: server.otherKey, headers: ["X-Openline-USERNAME": "maya@demo.example"]).status == 401)
            #expect(try server.query(query, key: server.key, headers: ["X-Openline-API-KEY": server.otherKey]).status == 401)
            #expect(try server.query(query, key: nil, headers: ["X-Openline-API-KEY": server.key]).status == 200)
            #expect(try server.query(query, key: nil, headers: ["Authorization": "Bearer \(server.key)"]).status == 200)
        }

        @Test("gets its identity on request: tenant, roles of the key, user")
        func identity() async throws {
            let tenant = try await TestTenant.make()
            let key = try tenant.server.administration().createKey(tenant: tenant.name, roles: [.owner, .user]).key.secret
            let user = try tenant.server.administration().createUser(
                tenant: tenant.name, email: "who@test.example", firstName: "Who", lastName: "Ever", roles: [.user])
            func extensions(_ headers: [String: String], port: UInt16 = tenant.server.port) throws -> String {
                let answer = try HTTPClient(port: port).send(
                    "POST", "/query", headers: headers.merging(["Content-Type": "application/json"]) { $1 },
                    body: "{\"query\":\"{ __typename }\",\"extensions\":{\"identity\":true}}")
                let prefix = "{\"data\":{\"__typename\":\"Query\"}"
                #expect(answer.body.hasPrefix(prefix), "\(answer.body)")
                return String(answer.body.dropFirst(prefix.count))
            }
            let header = ["X-CUSTOMER-OS-API-KEY": key]
            let told = "\"tenant\":\"\(tenant.name)\",\"roles\":[\"USER\",\"OWNER\"]"
            #expect(try extensions(header) == ",\"extensions\":{\"identity\":{\(told),\"userId\":null}}}")
            #expect(
                try extensions(header.merging(["X-Openline-USERNAME": "who@test.example"]) { $1 })
                    == ",\"extensions\":{\"identity\":{\(told),\"userId\":\"\(user)\"}}}")
            try await tenant.server.withServer {
                $0.allowsAnonymousIntrospection = true
            } _: { port in
                let nobody = try extensions([:], port: port)
                #expect(nobody == "}")
            }
        }

        @Test("is refused within a second after its key was revoked")
        func revocation() async throws {
            let server = try await TestServer.shared.value
            let administration = try server.administration()
            let made = try administration.createKey(tenant: "demo", roles: [.user])
            let query = "{ organizations { totalElements } }"
            #expect(try server.query(query, key: made.key.secret).status == 200)
            try administration.revokeKey(made.id)
            try await Task.sleep(for: .milliseconds(1_050))
            #expect(try server.query(query, key: made.key.secret).status == 401)
        }

        @Test("issues at most four statements for an organization with its opportunities")
        func statementsOfOrganization() async throws {
            let server = try await TestServer.shared.value
            let fields =
                "{ metadata { id created lastUpdated source } name website domains stage opportunities { metadata { id } name amount internalStage renewalLikelihood } }"
            let one = "organization(id: \"01900000-0000-7000-8000-000000000001\") \(fields)"
            let single = try server.query("{ \(one) }", key: server.key).statements.count
            #expect((1...4).contains(single))
            let aliases = (0..<50).map { "a\($0): \(one)" }.joined(separator: " ")
            let answer = try server.query("{ \(aliases) }", key: server.key)
            #expect(answer.body.components(separatedBy: "Acme Instruments\",").count == 51)
            #expect(answer.statements.count <= 50 * single)
        }

        @Test("issues the same statements for a page of one contact and of fifty")
        func statementsOfPage() async throws {
            let server = try await TestServer.shared.value
            func names(_ limit: Int) throws -> [String] {
                let query =
                    "{ contacts(pagination: { page: 1, limit: \(limit) }) { totalElements content { name primaryEmail { email } jobRoles { organization { name owner { name } } } } } }"
                let answer = try server.query(query, key: server.key)
                #expect(answer.body.contains("\"totalElements\""))
                return answer.statements.map(\.name)
            }
            #expect(try names(1) == names(50))
        }

        @Test("finds the totals right, before and after what was written is folded into them")
        func keptCounts() async throws {
            let tenant = try await TestTenant.make()
            func total() throws -> String {
                try tenant.success("{ organizations(pagination: { page: 1, limit: 1 }) { totalElements } }").body
            }
            let before = try total()
            _ = try tenant.organization("Counted")
            let after = try total()
            #expect(after != before)
            var waiting: String? = "?"
            for _ in 0..<100 where waiting != "0" {
                waiting = try tenant.value("SELECT count(*) FROM kept_count_delta WHERE tenant_id = $1::integer")
                try await Task.sleep(for: .milliseconds(100))
            }
            #expect(waiting == "0")
            #expect(try total() == after)
        }

        @Test("leaves no domain with two organizations, however many save it at once")
        func simultaneousSaves() async throws {
            let server = try await TestServer.shared.value
            let query =
                "mutation { organization_Save(input: { name: \"Race\", website: \"https://race-\(UUID().uuidString.lowercased()).com\" }) { metadata { id } } }"
            let bodies = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<16 { group.addTask { try server.query(query, key: server.key).body } }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(bodies.count == 1)
            #expect(bodies.first?.contains("\"id\"") == true)
        }

        @Test(
            "with hostile text is answered without an internal error",
            arguments: ["'", "\"", "\\", "'; DROP TABLE contact; --", "$1", "%_", "{}", "{\"a\"}", "\u{1F600}", "a\tb\nc", "\u{202E}x", ""])
        func hostileText(_ text: String) async throws {
            let server = try await TestServer.shared.value
            let quoted = try jsonText(text)
            let query =
                "mutation($t: String!) { organization_Save(input: { name: $t, description: $t, website: $t }) { name description website } }"
            let answer = try server.query(query, variables: "{\"t\":\(quoted)}", key: server.key)
            #expect(answer.status == 200 && !answer.body.contains("INTERNAL"))
            #expect(try Answer(answer).object("organization_Save").text("description") == text)
            let domain = try server.query(
                "mutation($t: String!) { organization_Save(input: { name: \"Hostile\", domains: [$t] }) { domains } }",
                variables: "{\"t\":\(quoted)}", key: server.key)
            #expect(try Answer(domain).codes == (text.isEmpty ? [] : ["BAD_USER_INPUT"]), "\(domain.body)")
            let lookup = try server.query(
                "query($t: String!, $id: ID!) { contact_ByEmail(email: $t) { name } organization(id: $id) { name } }",
                variables: "{\"t\":\(quoted),\"id\":\(quoted)}", key: server.key)
            #expect(lookup.body == "{\"data\":{\"contact_ByEmail\":null,\"organization\":null}}")
            for statement in lookup.statements where text.count > 3 { #expect(!statement.sql.text.contains(text)) }
        }

        @Test(
            "with a time out of the database's range learns the range",
            arguments: ["9999-12-31T23:00:00-16:00", "0000-01-01T00:00:00Z"])
        func timeOutOfRange(_ time: String) async throws {
            let server = try await TestServer.shared.value
            let filter = "{ filter: { property: \"CREATED_AT\", operation: LT, value: \"\(time)\" } }"
            for query in [
                "{ organizations(where: \(filter)) { totalElements } }",
                "mutation { contact_Create(input: { name: \"Out of time\", createdAt: \"\(time)\" }) }",
            ] {
                let answer = try server.query(query, key: server.key)
                #expect(answer.body.contains("must be in the years 1 to 9999 of UTC"), "\(answer.body)")
                #expect(answer.body.contains("BAD_USER_INPUT"))
            }
            let good = try server.query(
                "{ organizations(where: { filter: { property: \"CREATED_AT\", operation: LT, value: \"2024-01-01T00:00:00+23:59\" } }) { totalElements } }",
                key: server.key)
            #expect(!good.body.contains("errors"))
        }

        @Test("with U+0000 in a text gets an error that says so")
        func nullCharacter() async throws {
            let server = try await TestServer.shared.value
            let answer = try server.query(
                "query($t: String!) { contact_ByEmail(email: $t) { name } }", variables: "{\"t\":\"a\\u0000b\"}", key: server.key)
            #expect(answer.body.contains("BAD_USER_INPUT"))
        }
    }
}
