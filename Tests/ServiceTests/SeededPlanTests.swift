import Foundation
import Postgres
import Testing

extension ServiceSuite {
    /// The plans of the statements that clients send most, on a tenant of 10,000 organizations and 30,000 contacts.
    @Suite("The plans on a seeded tenant", .serialized)
    struct SeededPlanTests {
        /// A query of a client, and what its statements must go through.
        struct Case: Sendable, CustomTestStringConvertible {
            let query: String
            /// The statement, its arguments in SQL after the tenant, and the indexes that its plan must name.
            let plans: [(statement: String, arguments: String, indexes: [String])]
            var mayNotSort = false

            var testDescription: String { query }
        }

        private static let organization = "01858003-0000-7000-8000-000000000077"
        /// Fifty parents, as a page of fifty gives them to the relations below it.
        private static let parents = ids("3")
        private static let users = ids("1")

        private static func ids(_ kind: String) -> String {
            "'{" + (1...50).map { "0185800\(kind)-0000-7000-8000-0000000000\($0 < 10 ? "0" : "")\($0)" }.joined(separator: ",") + "}'"
        }

        private static let nested = """
            { organizations(pagination: { page: 1, limit: 50 }, sort: [{ by: "NAME" }]) { content { name domains tags { name } owner { name } \
            jobRoles { jobTitle contact { name primaryEmail { email } } } opportunities { name owner { name } organization { name } } } } }
            """

        static let cases = [
            Case(
                query: "{ organization(id: \"\(organization)\") { name domains opportunities { name } contactCount } }",
                plans: [
                    ("Query.organization", "'{\(organization)}'", ["organization_pkey"]),
                    ("Organization.domains", "'{\(organization)}'", ["organization_domain_of_organization"]),
                    ("Organization.opportunities", "'{\(organization)}'", ["opportunity_of_organization"]),
                    ("Organization.contactCount", "'{\(organization)}'", ["job_role_of_organization", "contact_pkey"]),
                ]),
            Case(
                query: """
                    { contacts(pagination: { page: 1, limit: 50 }, sort: [{ by: "LAST_NAME" }]) { totalElements content { name primaryEmail { email } } } }
                    """,
                plans: [
                    ("Query.contacts", "50, 0", ["Index Scan using contact_by_last_name"]),
                    ("Query.contacts.count", "", ["kept_count_pkey"]),
                    ("Contact.primaryEmail", ids("4"), ["contact_email_one_primary", "email_pkey"]),
                ], mayNotSort: true),
            Case(
                query: "{ contact_ByEmail(email: \"someone@seed.example\") { name jobRoles { jobTitle } } }",
                plans: [
                    ("Query.contact_ByEmail", "'ada.abel.1@seed.example'", ["email_by_raw", "email_by_clean", "contact_email_reverse"])
                ]),
            Case(
                query:
                    "{ organizations(where: { filter: { property: \"NAME\", operation: EQ, value: \"amber foods 7\" } }) { content { name } } }",
                plans: [("Query.organizations", "'amber foods 7', 10, 0", ["organization_by_name"])]),
            Case(
                query:
                    "{ organizations(where: { filter: { property: \"DOMAIN\", operation: EQ, value: \"amber-foods-7.com\" } }) { content { name } } }",
                plans: [("Query.organizations", "'amber-foods-7.com', 10, 0", ["organization_domain_lookup"])]),
            Case(
                query:
                    "{ organizations(where: { filter: { property: \"OWNER_ID\", operation: EQ, value: \"\(organization)\" } }) { content { name } } }",
                plans: [("Query.organizations", "'\(organization)', 10, 0", ["organization_of_owner"])]),
            Case(
                query: """
                    { organizations(sort: [{ by: "CREATED_AT" }], where: { filter: { property: "CREATED_AT", operation: LT, \
                    value: "2023-01-02T00:00:00Z" } }) { content { name } } }
                    """,
                plans: [("Query.organizations", "'2023-01-02T00:00:00Z', 10, 0", ["organization_by_created"])]),
            Case(
                query: nested,
                plans: [
                    ("Query.organizations", "50, 0", ["Index Scan using organization_by_name"]),
                    ("Organization.domains", parents, ["organization_domain_of_organization"]),
                    ("Organization.tags", parents, ["organization_tag_pkey"]),
                    ("Organization.jobRoles", parents, ["job_role_of_organization"]),
                    ("Organization.opportunities", parents, ["opportunity_of_organization"]),
                    ("JobRole.contact", ids("4"), ["contact_pkey"]),
                    ("Contact.primaryEmail", ids("4"), ["contact_email_one_primary", "email_pkey"]),
                    ("Opportunity.organization", parents, ["organization_pkey"]),
                ]),
        ]

        @Test("use the indexes that were made for them", arguments: cases)
        func indexes(_ given: Case) async throws {
            let tenant = try await SeededTenants.medium.value
            _ = try tenant.data(given.query)
            for (statement, arguments, indexes) in given.plans {
                var plans = try tenant.plans(statement, arguments)
                // The plan for tenants at large begins with the tags, or the domains, of which the average tenant of these tests has few.
                if ["Organization.tags", "Organization.domains"].contains(statement) { plans.removeLast() }
                for plan in plans {
                    for index in indexes { #expect(plan.contains(index), "\(statement):\n\(plan)") }
                    // Users and tags are few: reading them whole is cheaper.
                    for table in ["organization", "contact", "email", "contact_email", "job_role", "opportunity", "organization_domain"] {
                        #expect(!plan.contains("Seq Scan on \(table) "), "\(statement):\n\(plan)")
                    }
                    if given.mayNotSort { #expect(!plan.contains("Sort"), "\(statement):\n\(plan)") }
                }
            }
        }
    }
}
