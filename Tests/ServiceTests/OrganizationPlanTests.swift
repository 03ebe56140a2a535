import Foundation
import Postgres
import Testing

extension ServiceSuite.OneByOne.Plans {
    /// Query plans, with enough rows to make a wrong plan expensive.
    @Suite("The plans for organizations")
    struct OrganizationPlanTests {
        private static let filled = Task {
            let tenant = try await TestTenant.make()
            let connection = try tenant.database()
            try connection.run(
                """
                WITH made AS (INSERT INTO organization (tenant_id, id, customer_os_id, reference_id, name, last_touchpoint_at, created_at) \
                SELECT $1::integer, gen_random_uuid(), 'P-' || n, 'R' || n, 'Plan ' || n % 5000, now() - n % 300 * interval '1 hour', \
                now() - n * interval '1 minute' FROM generate_series(1, 20000) n RETURNING tenant_id, id), \
                numbered AS (SELECT *, row_number() OVER () AS n, gen_random_uuid() AS social FROM made), \
                domains AS (INSERT INTO organization_domain (tenant_id, domain, organization_id) \
                SELECT tenant_id, 'plan' || n || '.com', id FROM numbered), \
                socials AS (INSERT INTO social (tenant_id, id, url, url_key, alias) \
                SELECT tenant_id, social, 'https://linkedin.com/company/o' || n, 'linkedin.com/company/o' || n, 'o' || n FROM numbered) \
                INSERT INTO organization_social (tenant_id, organization_id, social_id) SELECT tenant_id, id, social FROM numbered
                """, [tenant.id])
            try connection.runScript("ANALYZE organization, organization_domain, social, organization_social")
            return tenant
        }

        @Test(
            "read a page from the index of its order",
            arguments: [
                ("NAME", "organization_by_name"), ("CREATED_AT", "organization_by_created"), ("UPDATED_AT", "organization_by_updated"),
                ("LAST_TOUCHPOINT_AT", "organization_by_touchpoint"), ("RENEWAL_DATE", "organization_by_renewal"),
            ])
        func page(_ key: String, _ index: String) async throws {
            let tenant = try await Self.filled.value
            for direction in ["ASC", "DESC"] {
                let page = try tenant.statements(
                    "{ organizations(pagination: { page: 1, limit: 50 }, sort: [{ by: \"\(key)\", direction: \(direction) }]) { content { name } } }"
                )
                for plan in try tenant.plans("Query.organizations", of: page, "50, 0") {
                    #expect(plan.contains("Index Scan \(direction == "DESC" ? "Backward " : "")using \(index)"), "\(plan)")
                    #expect(!plan.contains("Sort") && !plan.contains("Seq Scan"), "\(plan)")
                }
            }
        }

        @Test(
            "find an organization by its identifiers through indexes",
            arguments: [
                ("organization_ByCustomerOsId(customerOsId: \"P-77\")", "'P-77'", ["organization_tenant_id_customer_os_id_key"]),
                ("organization_ByCustomId(customId: \"R77\")", "'R77'", ["organization_by_reference"]),
                (
                    "organization_ByLinkedIn(linkedInUrl: \"linkedin.com/company/O77\")", "'linkedin.com/company/o77', 'o77'",
                    ["social_by_key", "social_by_alias", "organization_social_reverse", "organization_pkey"]
                ),
            ])
        func lookups(_ field: String, _ argument: String, _ indexes: [String]) async throws {
            let tenant = try await Self.filled.value
            let found = try tenant.success("{ found: \(field) { name } }")
            #expect(found.object("found").text("name").hasPrefix("Plan "))
            let name = "Query." + field.prefix { $0 != "(" }
            for plan in try tenant.plans(name, of: found.statements, argument) {
                for index in indexes { #expect(plan.contains(index), "\(plan)") }
                #expect(!plan.contains("Seq Scan"), "\(plan)")
            }
        }

        @Test(
            "find by name and by domain through indexes, in lists too",
            arguments: [
                ("NAME", "EQ", "\"pLAN 77\"", "'pLAN 77'", "organization_by_name", 4),
                ("NAME", "IN", "[\"pLAN 77\", \"Plan 78\"]", "'{pLAN 77,Plan 78}'", "organization_by_name", 8),
                // Any index with the domain will do.
                ("DOMAIN", "EQ", "\"PLAN77.com\"", "'PLAN77.com'", "using organization_domain_", 1),
            ])
        func filters(
            _ property: String, _ operation: String, _ value: String, _ parameter: String, _ index: String, _ expected: Int
        ) async throws {
            let tenant = try await Self.filled.value
            let page = try tenant.success(
                "{ organizations(where: { filter: { property: \"\(property)\", operation: \(operation), value: \(value) } }) { totalElements content { name } } }"
            )
            #expect(page.object("organizations").number("totalElements") == expected)
            for plan in try tenant.plans("Query.organizations.count", of: page.statements, parameter) {
                #expect(plan.contains(index) && !plan.contains("Seq Scan"), "\(plan)")
            }
        }
    }
}
