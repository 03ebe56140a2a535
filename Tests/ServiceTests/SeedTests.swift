import CustomerOS
import Foundation
import Postgres
import Testing

/// Tenants that `seed` has filled.
enum SeededTenants {
    static let small = Task { try await filled(.small) }
    static let medium = Task { try await filled(.medium) }

    /// Fills a tenant, on a thread that may block.
    static func filled(_ size: SeedSize) async throws -> TestTenant {
        let tenant = try await TestTenant.make()
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            Thread.detachNewThread {
                continuation.resume(with: Result { _ = try Seeding(try tenant.database(), size: size).fill(tenant: tenant.name) })
            }
        }
        return tenant
    }
}

extension ServiceSuite.OneByOne.Plans {
    @Suite("A seeded tenant")
    struct SeedTests {
        /// The content of all tables, one text each: without the tenant's number, sorted by the rows' text.
        private func digests(_ tenant: TestTenant) throws -> [String?] {
            let statements: [SQL] = [
                "SELECT md5(string_agg(r, ',' ORDER BY r)) FROM (SELECT (to_jsonb(t) - 'tenant_id')::text FROM app_user t WHERE tenant_id = $1::integer) x (r)",
                "SELECT md5(string_agg(r, ',' ORDER BY r)) FROM (SELECT (to_jsonb(t) - 'tenant_id')::text FROM tag t WHERE tenant_id = $1::integer) x (r)",
                "SELECT md5(string_agg(r, ',' ORDER BY r)) FROM (SELECT (to_jsonb(t) - 'tenant_id')::text FROM organization t WHERE tenant_id = $1::integer) x (r)",
                "SELECT md5(string_agg(r, ',' ORDER BY r)) FROM (SELECT (to_jsonb(t) - 'tenant_id')::text FROM organization_domain t WHERE tenant_id = $1::integer) x (r)",
                "SELECT md5(string_agg(r, ',' ORDER BY r)) FROM (SELECT (to_jsonb(t) - 'tenant_id')::text FROM organization_tag t WHERE tenant_id = $1::integer) x (r)",
                "SELECT md5(string_agg(r, ',' ORDER BY r)) FROM (SELECT (to_jsonb(t) - 'tenant_id')::text FROM opportunity t WHERE tenant_id = $1::integer) x (r)",
                "SELECT md5(string_agg(r, ',' ORDER BY r)) FROM (SELECT (to_jsonb(t) - 'tenant_id')::text FROM contact t WHERE tenant_id = $1::integer) x (r)",
                "SELECT md5(string_agg(r, ',' ORDER BY r)) FROM (SELECT (to_jsonb(t) - 'tenant_id')::text FROM email t WHERE tenant_id = $1::integer) x (r)",
                "SELECT md5(string_agg(r, ',' ORDER BY r)) FROM (SELECT (to_jsonb(t) - 'tenant_id')::text FROM contact_email t WHERE tenant_id = $1::integer) x (r)",
                "SELECT md5(string_agg(r, ',' ORDER BY r)) FROM (SELECT (to_jsonb(t) - 'tenant_id')::text FROM user_email t WHERE tenant_id = $1::integer) x (r)",
                "SELECT md5(string_agg(r, ',' ORDER BY r)) FROM (SELECT (to_jsonb(t) - 'tenant_id')::text FROM job_role t WHERE tenant_id = $1::integer) x (r)",
            ]
            return try statements.map { try tenant.value($0) }
        }

        @Test("is the same at every run")
        func deterministic() async throws {
            let first = try digests(try await SeededTenants.small.value)
            #expect(first.allSatisfy { $0 != nil })
            #expect(try digests(try await SeededTenants.filled(.small)) == first)
        }

        @Test("has as many records as requested, and totals that say so")
        func counts() async throws {
            let tenant = try await SeededTenants.small.value
            let data = try tenant.data(
                """
                { organizations { totalElements totalAvailable } contacts { totalElements } \
                opportunities_LinkedToOrganizations { totalElements } users { totalElements } }
                """)
            #expect(data.object("organizations").number("totalElements") == 1_000)
            #expect(data.object("organizations").number("totalAvailable") == 1_000)
            #expect(data.object("contacts").number("totalElements") == 3_000)
            #expect(data.object("opportunities_LinkedToOrganizations").number("totalElements") == 2_000)
            #expect(data.object("users").number("totalElements") == 50)
            #expect(try tenant.value("SELECT count(*) FROM organization WHERE tenant_id = $1::integer") == "1000")
            #expect(try tenant.value("SELECT count(*) FROM contact WHERE tenant_id = $1::integer") == "3000")
            #expect(try tenant.value("SELECT count(*) FROM contact_email WHERE tenant_id = $1::integer") == "6000")
            #expect(try tenant.value("SELECT count(*) FROM email WHERE tenant_id = $1::integer") == "6050")
            #expect(try tenant.value("SELECT count(*) FROM job_role WHERE tenant_id = $1::integer") == "4500")
            #expect(try tenant.value("SELECT count(*) FROM opportunity WHERE tenant_id = $1::integer") == "2000")
            // Everything was folded: no request has to add anything up.
            #expect(try tenant.value("SELECT count(*) FROM kept_count_delta WHERE tenant_id = $1::integer") == "0")
        }

        @Test("can be sorted, searched and traversed")
        func reads() async throws {
            let tenant = try await SeededTenants.small.value
            let page = try tenant.data(
                "{ contacts(pagination: { page: 7, limit: 50 }, sort: [{ by: \"LAST_NAME\" }]) { content { metadata { id } lastName } } }"
            ).object("contacts").objects("content")
            let expected = try tenant.database().run(
                """
                SELECT id, last_name FROM contact WHERE tenant_id = $1::integer ORDER BY fold(last_name), created_at, id LIMIT 50 OFFSET 300
                """, [tenant.id])
            #expect(page.map { $0.text("lastName") } == (0..<50).map { expected.text($0, 1) ?? "" })
            #expect(page.map { $0.object("metadata").text("id") } == (0..<50).map { expected.text($0, 0) ?? "" })

            let row = try tenant.database().run(
                """
                SELECT c.id, e.email, o.id, d.domain, o.customer_os_id FROM contact c \
                JOIN contact_email l ON l.tenant_id = c.tenant_id AND l.contact_id = c.id AND l.is_primary \
                JOIN email e ON e.tenant_id = c.tenant_id AND e.id = l.email_id \
                JOIN job_role j ON j.tenant_id = c.tenant_id AND j.contact_id = c.id AND j.is_primary \
                JOIN organization o ON o.tenant_id = c.tenant_id AND o.id = j.organization_id \
                JOIN organization_domain d ON d.tenant_id = c.tenant_id AND d.organization_id = o.id \
                WHERE c.tenant_id = $1::integer ORDER BY c.id OFFSET 1234 LIMIT 1
                """, [tenant.id])
            let address = try #require(row.text(0, 1))
            let found = try tenant.data(
                """
                { contact_ByEmail(email: "\(address.uppercased())") { metadata { id } primaryEmail { email } jobRoles { jobTitle organization { \
                metadata { id } domains opportunities { amount owner { name } } tags { name } } } } \
                organization_ByCustomerOsId(customerOsId: "\(row.text(0, 4) ?? "")") { metadata { id } } }
                """)
            let contact = found.object("contact_ByEmail")
            #expect(contact.object("metadata").text("id") == row.text(0, 0))
            #expect(contact.object("primaryEmail").text("email") == address)
            #expect(found.object("organization_ByCustomerOsId").object("metadata").text("id") == row.text(0, 2))
            let employer = try #require(
                contact.objects("jobRoles").map { $0.object("organization") }.first { $0.object("metadata").text("id") == row.text(0, 2) })
            #expect(employer.texts("domains") == [row.text(0, 3) ?? ""])
            #expect(employer.objects("tags").count == 2)
            #expect(employer.objects("opportunities").count == 2)
            #expect(employer.objects("opportunities").allSatisfy { !$0.object("owner").text("name").isEmpty })
        }

        @Test("finds the organization of a known domain instead of creating another")
        func recognition() async throws {
            let tenant = try await SeededTenants.filled(.small)
            let domain = try #require(
                try tenant.value("SELECT domain FROM organization_domain WHERE tenant_id = $1::integer ORDER BY domain LIMIT 1"))
            _ = try tenant.data(
                "mutation { organization_Save(input: { name: \"Again\", website: \"https://www.\(domain)/about\" }) { name } }")
            #expect(try tenant.value("SELECT count(*) FROM organization WHERE tenant_id = $1::integer") == "1000")
        }

        @Test("is not filled twice")
        func notTwice() async throws {
            let tenant = try await SeededTenants.small.value
            #expect(throws: Seeding.Failure.self) {
                _ = try Seeding(try tenant.database(), size: .small).fill(tenant: tenant.name)
            }
            #expect(try tenant.value("SELECT count(*) FROM organization WHERE tenant_id = $1::integer") == "1000")
        }
    }
}
