import Foundation
import Postgres
import Testing

extension ServiceSuite {
    @Suite("Contacts in bulk")
    struct ContactBulkTests {
        /// The names of the statements of a mutation, which must succeed.
        private func statements(_ tenant: TestTenant, _ mutation: String) throws -> [String] {
            try tenant.statements("mutation { \(mutation) }").map(\.name)
        }

        @Test(
            "are created by the same statements, one or two hundred",
            arguments: [
                ("contact_CreateBulkByEmailV2(emails", "person%d@%d.example"),
                ("contact_CreateBulkByLinkedInV2(linkedInUrls", "linkedin.com/in/p%d-%d"),
            ])
        func statementsOfCreation(_ mutation: String, _ form: String) async throws {
            let tenant = try await TestTenant.make()
            func create(_ count: Int, _ run: Int) throws -> [String] {
                let inputs = (0..<count).map { "\"\(String(format: form, $0, run))\"" }.joined(separator: ", ")
                return try statements(tenant, "\(mutation): [\(inputs)]) { createdIds failedInputs }")
            }
            let one = try create(1, 1)
            #expect(one.count <= 10)
            #expect(try create(200, 2) == one)
            #expect(try tenant.value("SELECT count(*) FROM contact WHERE tenant_id = $1::integer") == "201")
            // All exist now: nothing is created, and they are still in the answer.
            #expect(try create(200, 2).count < one.count)
            #expect(try tenant.value("SELECT count(*) FROM contact WHERE tenant_id = $1::integer") == "201")
        }

        @Test("are merged by the same statements, two or fifty")
        func statementsOfMerge() async throws {
            let tenant = try await TestTenant.make()
            func merge(_ count: Int) throws -> [String] {
                let ids = try (0..<count).map { try tenant.contact("{ name: \"Contact \($0)\" }") }
                let merged = ids.dropFirst().map { "\"\($0)\"" }.joined(separator: ", ")
                return try statements(tenant, "contact_Merge(primaryContactId: \"\(ids[0])\", mergedContactIds: [\(merged)]) { id }")
            }
            #expect(try merge(2) == merge(50))
            #expect(try tenant.data("{ contacts { totalElements } }").object("contacts").number("totalElements") == 2)
        }

        @Test("are answered in the order of the inputs, each once, however it was written")
        func order() async throws {
            let tenant = try await TestTenant.make()
            let known = try tenant.contact("{ email: { email: \"Known@x.example\" } }")
            let second = try tenant.contact("{ email: { email: \"second@x.example\" } }")
            _ = try tenant.data("mutation { emailMergeToContact(contactId: \"\(second)\", input: { email: \"other@x.example\" }) { id } }")
            let made = try tenant.data(
                """
                mutation { contact_CreateBulkByEmailV2(emails: ["b@x.example", "bad", "other@x.example", " KNOWN@x.example ", "B@X.example", \
                "a@x.example", "second@x.example", "", "b@x.example", "worse"]) { createdIds failedInputs } }
                """
            ).object("contact_CreateBulkByEmailV2")
            let ids = made.texts("createdIds")
            #expect(made.texts("failedInputs") == ["bad", "worse"])
            #expect(ids.count == 4 && ids[1] == second && ids[2] == known)
            let found = try tenant.data(
                "{ b: contact_ByEmail(email: \"b@x.example\") { id } a: contact_ByEmail(email: \"a@x.example\") { id } }")
            #expect([found.object("b").text("id"), found.object("a").text("id")] == [ids[0], ids[3]])
        }

        @Test("fail individually if they cannot be stored")
        func unstorable() async throws {
            let tenant = try await TestTenant.make()
            let long = "linkedin.com/in/" + String(repeating: "x", count: 5_000)
            let made = try tenant.data(
                "mutation($urls: [String!]!) { contact_CreateBulkByLinkedInV2(linkedInUrls: $urls) { createdIds failedInputs } }",
                variables: "{\"urls\":[\"linkedin.com/in/a\\u0000b\",\"linkedin.com/in/good\",\"\(long)\"]}"
            ).object("contact_CreateBulkByLinkedInV2")
            #expect(made.texts("createdIds").count == 1)
            #expect(made.texts("failedInputs") == ["linkedin.com/in/a\0b", long])
        }

        @Test("create a new contact for an address whose owner was removed, and show one that was hidden")
        func states() async throws {
            let tenant = try await TestTenant.make()
            let contacts = try ["hidden", "archived"].map { try tenant.contact("{ email: { email: \"\($0)@x.example\" } }") }
            _ = try tenant.data(
                "mutation { contact_Hide(contactId: \"\(contacts[0])\") { accepted } contact_Archive(contactId: \"\(contacts[1])\") { result } }"
            )
            let made = try tenant.data(
                "mutation { contact_CreateBulkByEmailV2(emails: [\"archived@x.example\", \"hidden@x.example\"]) { createdIds } }")
            let ids = made.object("contact_CreateBulkByEmailV2").texts("createdIds")
            #expect(ids.count == 2 && ids[0] != contacts[1] && ids[1] == contacts[0])
            let shown = try tenant.data("{ contact(id: \"\(contacts[0])\") { hide } contacts { totalElements } }")
            #expect(shown.object("contact").number("hide") == 0 && shown.object("contacts").number("totalElements") == 2)
        }

        @Test("join the flow once, and none if the flow does not exist")
        func flow() async throws {
            let tenant = try await TestTenant.make()
            try tenant.database().run(
                "INSERT INTO flow (tenant_id, id, name, nodes, edges, status) VALUES ($1::integer, $2::uuid, 'F', '[]', '[]', 'ACTIVE'), ($1::integer, $3::uuid, 'G', '[]', '[]', 'ARCHIVED')",
                [tenant.id, .text(Self.flow), .text(Self.archivedFlow)])
            for _ in 0..<2 {
                let made = try tenant.data(
                    "mutation { contact_CreateBulkByLinkedInV2(flowId: \"\(Self.flow)\", linkedInUrls: [\"linkedin.com/in/a\", \"linkedin.com/in/b\"]) { createdIds } }"
                )
                #expect(made.object("contact_CreateBulkByLinkedInV2").texts("createdIds").count == 2)
                #expect(try tenant.value("SELECT count(*) FROM flow_participant WHERE tenant_id = $1::integer") == "2")
            }
            for flow in [Self.archivedFlow, "01900000-000d-7000-8000-000000000901", "no id"] {
                let refused = try tenant.answer(
                    "mutation { contact_CreateBulkByEmailV2(flowId: \"\(flow)\", emails: [\"new@x.example\"]) { createdIds } }")
                #expect(refused.messages == ["Invalid flow id"] && refused.codes == ["BAD_USER_INPUT"])
            }
            #expect(try tenant.value("SELECT count(*) FROM contact WHERE tenant_id = $1::integer") == "2")
            #expect(try tenant.value("SELECT count(*) FROM email WHERE tenant_id = $1::integer") == "0")
            // A hidden contact leaves its flows.
            let id = try tenant.data("{ contact_ByLinkedIn(linkedInUrl: \"linkedin.com/in/a\") { id } }").object("contact_ByLinkedIn").text(
                "id")
            _ = try tenant.data("mutation { contact_Hide(contactId: \"\(id)\") { accepted } }")
            #expect(try tenant.value("SELECT count(*) FROM flow_participant WHERE tenant_id = $1::integer") == "1")
        }

        private static let flow = "01900000-000d-7000-8000-000000000101"
        private static let archivedFlow = "01900000-000d-7000-8000-000000000102"
    }
}
