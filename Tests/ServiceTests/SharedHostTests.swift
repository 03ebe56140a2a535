import Foundation
import Postgres
import Testing

@testable import CustomerOS
@testable import Service

extension ServiceSuite {
    /// Hosts that do not identify a company.
    @Suite("Hosts that many share")
    struct SharedHostTests {
        private func save(_ tenant: TestTenant, _ name: String, _ website: String) throws -> (id: String, domains: [String]) {
            let saved = try tenant.data(
                "mutation { organization_Save(input: { name: \"\(name)\", website: \(jsonText(website)) }) { id name domains website } }"
            ).object("organization_Save")
            return (saved.text("id"), saved.texts("domains"))
        }

        @Test(
            "do not merge two companies",
            arguments: [
                "https://sites.google.com/view/", "https://x.com/", "https://twitter.com/", "https://medium.com/@",
                "https://etsy.com/shop/",
                "https://bit.ly/", "https://t.me/", "https://wa.me/", "https://www.amazon.com/shops/", "https://www.amazon.de/stores/",
                "https://www.yelp.com/biz/", "https://www.crunchbase.com/organization/", "https://play.google.com/store/apps/details?id=",
                "https://apps.apple.com/app/", "https://www.facebook.com/", "https://de.linkedin.com/company/", "https://linktr.ee/",
                "https://www.amazon.sg/shops/", "https://www.amazon.com.be/shops/", "https://amazon.ae/shops/",
                "https://www.google.pl/maps/place/",
                "https://maps.google.at/?cid=", "https://www.google.com.br/maps/place/", "https://www.ebay.at/str/", "https://hotmail.se/",
                "https://www.google.com/maps/place/", "https://en.wikipedia.org/wiki/", "https://github.com/", "https://goo.gl/maps/",
            ])
        func paths(_ address: String) async throws {
            let tenant = try await TestTenant.make()
            let saved = try ["anna", "bert"].map { try save(tenant, $0, address + $0) }
            #expect(saved[0].id != saved[1].id)
            #expect(saved.map(\.domains) == [[], []])
        }

        @Test(
            "do not merge two companies below them",
            arguments: [
                "business.site", "godaddysites.com", "onmicrosoft.com", "zendesk.com", "blogspot.com", "wixsite.com", "medium.com",
                "github.io",
                "myshopify.com", "etsy.com", "sharepoint.com", "freshdesk.com", "atlassian.net", "web.app", "square.site",
                "odoo.com", "bsky.social", "bubble.io", "intercom.help", "outlook.dk", "hotmail.co.jp",
            ])
        func subdomains(_ host: String) async throws {
            let tenant = try await TestTenant.make()
            let saved = try ["anna", "bert"].map { try save(tenant, $0, "https://\($0).\(host)") }
            #expect(saved[0].id != saved[1].id)
            #expect(saved.map(\.domains) == [[], []])
        }

        @Test(
            "differ from those whose names end alike, and from their own companies",
            arguments: [
                ("netflix.com", "netflix.com"), ("https://www.fedex.com/de-de/home.html", "fedex.com"),
                ("dropbox.com/business", "dropbox.com"),
                ("https://sport.media/about", "sport.media"), ("notfacebook.com", "notfacebook.com"), ("https://www.x.com", "x.com"),
                ("https://www.zendesk.com/pricing/", "zendesk.com"), ("https://facebook.com/", "facebook.com"), ("rabbit.ly", "rabbit.ly"),
                ("phoenix.com/en", "phoenix.com"), ("https://medium.com", "medium.com"), ("acme.uk.com/shop", "acme.uk.com"),
            ])
        func own(_ website: String, _ domain: String) async throws {
            let tenant = try await TestTenant.make()
            let saved = try save(tenant, "Own", website)
            #expect(saved.domains == [domain])
            #expect(try tenant.value("SELECT website FROM organization WHERE tenant_id = $1::integer") == website)
            #expect(try save(tenant, "Again", domain).id == saved.id)
            let checked = try tenant.data(
                "{ organization_CheckWebsite(website: \(jsonText(website))) { accepted domain } checkDomain(domain: \(jsonText(website))) { allowedForOrganization domainOrganizationId } }"
            )
            #expect(checked.object("organization_CheckWebsite").text("domain") == domain)
            #expect(checked.object("checkDomain").text("domainOrganizationId") == saved.id)
            #expect(checked.object("checkDomain")["allowedForOrganization"] as? Bool == true)
        }

        @Test("are reported by the checks of a website and a domain, and cannot be added")
        func checks() async throws {
            let tenant = try await TestTenant.make()
            let id = try tenant.organization("Acme")
            for address in ["https://x.com/acme", "acme.zendesk.com", "acme.github.io", "bit.ly", "gmail.com"] {
                let answer = try tenant.data(
                    "{ organization_CheckWebsite(website: \"\(address)\") { accepted } checkDomain(domain: \"\(address)\") { allowedForOrganization } }"
                )
                #expect(answer.object("organization_CheckWebsite")["accepted"] as? Bool == false, "\(address)")
                #expect(answer.object("checkDomain")["allowedForOrganization"] as? Bool == false, "\(address)")
                let added = try tenant.answer(
                    "mutation { organization_AddDomain(organizationId: \"\(id)\", domain: \"\(address)\") { accepted } }")
                #expect(added.codes == ["BAD_USER_INPUT"] && added.messages[0].contains("host is shared"), "\(added.body)")
            }
        }

        @Test("are the operator's to choose, and running servers follow at once")
        func list() async throws {
            let tenant = try await TestTenant.make()
            let url = ["DATABASE_URL": tenant.server.connectionString]
            func run(_ words: String...) -> Int32 { CommandLineInterface.run(["hosts"] + words, environment: url) }
            let host = "lent-\(UUID().uuidString.prefix(8).lowercased()).com"
            #expect(run("add", host, "--kind", "subdomains") == 0)
            #expect(run("add", "HTTPS://\(host.uppercased())/", "--kind", "subdomains", "--json") == 0)
            let administration = try tenant.server.administration()
            #expect(try administration.sharedHosts().filter { $0.host == host }.map(\.kind) == [.subdomains])
            #expect(try save(tenant, "Below", "acme.\(host)").domains == [])
            #expect(try save(tenant, "Itself", "www.\(host)").domains == [host])
            #expect(run("add", host) == 0)
            #expect(run("list", "--kind", "all") == 0 && run("list", "--json") == 0)
            #expect(run("remove", host, "--kind", "paths") == 1)
            #expect(run("remove", host) == 0 && run("remove", host) == 1)
            #expect(try administration.sharedHosts().allSatisfy { $0.host != host })
            for wrong in ["acme", "https://acme.com/x", "a b.com", "acme-.com", "co.uk", "com.au", "foo.com:80", "a@foo.com", "uk.com"] {
                #expect(run("add", wrong) == 1, "\(wrong)")
            }
            #expect(run("add", host, "--kind", "some") == 64)
            let refusal = #expect(throws: Administration.HostFailure.self) { try administration.removeSharedHost("github.io", nil) }
            #expect(refusal?.description.contains("public suffix list") == true)
        }

        @Test("leave an imported company without a domain, and overwrite no other")
        func imported() async throws {
            let tenant = try await TestTenant.make()
            let path = NSTemporaryDirectory() + "/customeros-hosts-\(UUID().uuidString).ndjson"
            defer { try? FileManager.default.removeItem(atPath: path) }
            let lines = ["x.com/anna", "https://x.com/bert", "https://anna.zendesk.com", "bert.github.io", "notfacebook.com"].enumerated()
                .map {
                    "{\"type\":\"organization\",\"externalId\":\"\($0.offset)\",\"name\":\"Company \($0.offset)\",\"website\":\"\($0.element)\"}\n"
                }
            try lines.joined().write(toFile: path, atomically: true, encoding: .utf8)
            let outcome = try Importer(tenant.database(), tenant: tenant.name, refuse: { Issue.record("\($0)") }).run(path)
            #expect(outcome.created == 5)
            #expect(
                try tenant.value("SELECT string_agg(domain, ' ') FROM organization_domain WHERE tenant_id = $1::integer")
                    == "notfacebook.com")
        }
    }
}
