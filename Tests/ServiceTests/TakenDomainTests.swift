import Postgres
import Testing

extension ServiceSuite {
    /// A change that takes another organization's domain is answered with its owner, and nothing is stored.
    @Suite("Taken domains")
    struct TakenDomainTests {
        /// A tenant with Alder, Birch and Cedar, which have the domains alder.com, birch.com and cedar.com.
        private struct World {
            let tenant: TestTenant
            let alder: String, birch: String

            init() async throws {
                tenant = try await TestTenant.make()
                var ids: [String] = []
                for name in ["Alder", "Birch", "Cedar"] {
                    ids.append(
                        try tenant.data(
                            "mutation { organization_Save(input: { name: \"\(name)\", website: \"https://\(name.lowercased()).com/about\" }) { id } }"
                        ).object("organization_Save").text("id"))
                }
                (alder, birch) = (ids[0], ids[1])
            }

            /// All websites and domains of organizations, and when they changed.
            func state() throws -> String? {
                try tenant.value(
                    """
                    SELECT string_agg(concat_ws(' ', o.name, o.website, o.description, o.updated_at, (SELECT string_agg(d.domain, ',' ORDER BY d.domain) \
                    FROM organization_domain d WHERE d.tenant_id = o.tenant_id AND d.organization_id = o.id)), '; ' ORDER BY o.name) \
                    FROM organization o WHERE o.tenant_id = $1::integer
                    """)
            }
        }

        @Test(
            "a change that asks for another organization's domain is a conflict, and changes nothing",
            arguments: [
                #"organization_Save(input: { id: "ALDER", description: "new", website: "https://www.Birch.com" }) { id }"#,
                #"organization_Save(input: { id: "ALDER", description: "new", domains: ["alder.org", "shop.birch.com"] }) { id }"#,
                #"organization_Update(input: { id: "ALDER", description: "new", website: "birch.com" }) { id }"#,
                #"organization_AddDomain(organizationId: "ALDER", domain: "https://birch.com/") { accepted }"#,
            ])
        func changes(_ mutation: String) async throws {
            let world = try await World()
            let before = try world.state()
            let answer = try world.tenant.answer("mutation { \(mutation.replacing("ALDER", with: world.alder)) }")
            #expect(
                answer.body.contains(#""code":"CONFLICT""#) && answer.body.contains("birch.com belongs to Birch (\(world.birch))"),
                "\(answer.body)")
            #expect(try world.state() == before)
        }

        @Test("a save without id finds the organization of the one known domain, and gives it the others")
        func saveFinds() async throws {
            let world = try await World()
            let saved = try world.tenant.data(
                """
                mutation { organization_Save(input: { name: "Other", website: "https://alder.net", domains: ["alder.com", "alder.org"] }) \
                { id name website domains } }
                """
            ).object("organization_Save")
            #expect(saved.text("id") == world.alder && saved.text("name") == "Alder" && saved.text("website") == "https://alder.com/about")
            #expect(saved.texts("domains") == ["alder.com", "alder.net", "alder.org"])
        }

        @Test("a save without id that names domains of two organizations is a conflict that names both")
        func saveOfTwo() async throws {
            let world = try await World()
            let before = try world.state()
            let answer = try world.tenant.answer(
                #"mutation { organization_Save(input: { name: "New", domains: ["new.com", "birch.com", "alder.com"] }) { id } }"#)
            #expect(answer.body.contains(#""code":"CONFLICT""#), "\(answer.body)")
            #expect(
                answer.body.contains("birch.com belongs to Birch (\(world.birch)), alder.com belongs to Alder (\(world.alder))"),
                "\(answer.body)")
            #expect(try world.state() == before)
        }

        @Test("after a merge the domains of both are the one's, and a save that names both finds it")
        func merged() async throws {
            let world = try await World()
            _ = try world.tenant.data(
                "mutation { organization_Merge(primaryOrganizationId: \"\(world.alder)\", mergedOrganizationIds: [\"\(world.birch)\"]) { id } }"
            )
            let saved = try world.tenant.data(
                #"mutation { organization_Save(input: { domains: ["birch.com", "alder.com"] }) { id } }"#)
            #expect(saved.object("organization_Save").text("id") == world.alder)
        }

        @Test("a domain of its own, or of one that was archived, may be named again")
        func free() async throws {
            let world = try await World()
            _ = try world.tenant.data("mutation { organization_Archive(id: \"\(world.birch)\") { result } }")
            let saved = try world.tenant.data(
                "mutation { organization_Save(input: { id: \"\(world.alder.uppercased())\", domains: [\"alder.com\", \"birch.com\"] }) { domains } }"
            )
            #expect(saved.object("organization_Save").texts("domains") == ["alder.com", "birch.com"])
        }
    }
}
