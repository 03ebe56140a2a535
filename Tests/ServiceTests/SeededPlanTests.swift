import Foundation
import Postgres
import Testing

extension ServiceSuite.OneByOne.Plans {
    /// The plans of the statements that clients send most, on a tenant of 10,000 organizations and 30,000 contacts.
    @Suite("The plans on a seeded tenant")
    struct SeededPlanTests {
        /// A client's query, and the indexes its statements must use.
        struct Case: Sendable, CustomTestStringConvertible {
            let query: String
            /// The statement, its arguments in SQL after the tenant, and the indexes that its plan must name.
            let plans: [(statement: String, arguments: String, indexes: [String])]
            var mayNotSort = false

            var testDescription: String { query }
        }

        private static let organization = "01858003-0000-7000-8000-000000000077"
        /// Fifty parents, as a page of fifty passes them to its relations.
        private static let parents = ids("3")
        private static let users = ids("1")

        private static func ids(_ kind: String) -> String {
            "'{" + (1...50).map { "0185800\(kind)-0000-7000-8000-0000000000\($0 < 10 ? "0" : "")\($0)" }.joined(separator: ",") + "}'"
        }

        private static let nested = """
            { organizations(pagination: { page: 1, limit: 50 }, sort: [{ by: "NAME" }]) { content { name domains tags { name } owner { name } \
            jobRoles { jobTitle contact { name primaryEmail { email } } } opportunities { name owner { name } organization { name } } } } }
            """

        /// A list with a filter; `arguments` are its values, `indexes` those that both its page and its total must use.
        private static func filter(_ list: String, _ filter: String, _ arguments: String, _ indexes: [String]) -> Case {
            Case(
                query: "{ \(list)(where: \(filter)) { totalElements content { id } } }",
                plans: [("Query.\(list)", "\(arguments), 10, 0", indexes), ("Query.\(list).count", arguments, indexes)])
        }

        private static func comparison(_ property: String, _ operation: String, _ value: String) -> String {
            "{ filter: { property: \"\(property)\", operation: \(operation), value: \(value) } }"
        }

        private static let address = "\"Ada.Abel.1@seed.example\""
        private static let ofAddress = ["email_by_address", "contact_email_reverse", "contact_pkey"]

        static let cases = [
            // On related records, however the comparison is nested in the filter.
            filter("contacts", comparison("EMAIL", "EQ", address), "'Ada.Abel.1@seed.example'", ofAddress),
            filter("contacts", comparison("RAW_EMAIL", "EQ", address), "'Ada.Abel.1@seed.example'", ["email_by_raw", "contact_pkey"]),
            filter(
                "contacts", comparison("EMAIL", "IN", "[\(address), \"b@seed.example\"]"), "'{Ada.Abel.1@seed.example,b@seed.example}'",
                ofAddress),
            filter("contacts", comparison("EMAIL", "STARTS_WITH", "\"Ada.Abel.1\""), "'Ada.Abel.1'", ofAddress),
            filter("contacts", comparison("EMAIL", "BETWEEN", "[\"ada.abel.1\", \"ada.abel.2\"]"), "'ada.abel.1', 'ada.abel.2'", ofAddress),
            filter(
                "contacts", "{ OR: [\(comparison("EMAIL", "EQ", address)), \(comparison("NAME", "EQ", "\"Ada Abel\""))] }",
                "'Ada.Abel.1@seed.example', 'Ada Abel'", ofAddress + ["contact_by_name"]),
            filter(
                "contacts", "{ AND: [\(comparison("HIDE", "EQ", "false")), \(comparison("EMAIL", "EQ", address))] }",
                "'false', 'Ada.Abel.1@seed.example'", ofAddress),
            filter(
                "contacts", "{ NOT: { OR: [\(comparison("EMAIL", "NOT_EQUAL", address)), \(comparison("NAME", "EQ", "\"x\""))] } }",
                "'Ada.Abel.1@seed.example', 'x'", ofAddress),
            filter(
                "contacts",
                "{ OR: [\(comparison("EMAIL", "EQ", address)), \(comparison("EMAIL", "IN", "[\"b@seed.example\"]")), { NOT: \(comparison("NAME", "NOT_IN", "[\"Ada Abel\", \"x\"]")) }] }",
                "'{Ada.Abel.1@seed.example,b@seed.example}', '{Ada Abel,x}'", ofAddress + ["contact_by_name"]),
            filter("contacts", comparison("LAST_NAME", "STARTS_WITH", "\"Abelb\""), "'Abelb'", ["contact_by_last_name"]),
            filter("contacts", comparison("NAME", "IN", "[\"Ada Abel\", \"Bo Berg\"]"), "'{Ada Abel,Bo Berg}'", ["contact_by_name"]),
            filter("contacts", comparison("LOCALITY", "EQ", "\"Oslo\""), "'Oslo'", ["contact_pkey"]),
            filter(
                "organizations", comparison("EMAIL", "EQ", address), "'Ada.Abel.1@seed.example'", ["email_by_address", "organization_pkey"]),
            filter("organizations", comparison("TAG", "EQ", "\"no such tag\""), "'no such tag'", ["organization_tag_"]),
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
                    // By organizations, or by tags if the largest tenant has few.
                    ("Organization.tags", parents, ["organization_tag_"]),
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
            try check(given, tenant)
        }

        /// A plan that suits the average tenant would read all of this tenant's rows for each request.
        @Test("are the same where thousands of tenants are tiny")
        func amongTinyTenants() async throws {
            let tenant = try await SeededTenants.medium.value
            let connection = try tenant.database()
            try connection.runScript("BEGIN")
            try connection.runScript(Self.tinyTenants)
            try connection.runScript(Self.analyze)
            for given in Self.cases {
                try check(given, tenant, on: connection)
            }
            // The size of a table is kept outside transactions.
            try connection.runScript("ROLLBACK")
            try connection.runScript(Self.analyze)
        }

        @Test("are made with a large tenant in mind, whatever table they read")
        func tables() async throws {
            let server = try await TestServer.shared.value
            let rows = try BlockingConnection(DatabaseConfiguration(connectionString: server.connectionString)).run(
                """
                SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' \
                WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace \
                AND EXISTS (SELECT FROM pg_attribute u WHERE u.attrelid = c.oid AND u.atttypid = 'uuid'::regtype) \
                AND 'n_distinct=10' <> ALL (coalesce(a.attoptions, '{}'))
                """)
            #expect((0..<rows.rowCount).map { rows.text($0, 0) } == [], "see decision 23")
        }

        private func check(_ given: Case, _ tenant: TestTenant, on connection: BlockingConnection? = nil) throws {
            let statements = try tenant.statements(given.query)
            for (statement, arguments, indexes) in given.plans {
                for plan in try tenant.plans(statement, of: statements, arguments, on: connection) {
                    for index in indexes { #expect(plan.contains(index), "\(statement):\n\(plan)") }
                    // Users and tags are few: reading them whole is cheaper.
                    for table in ["organization", "contact", "email", "contact_email", "job_role", "opportunity", "organization_domain"] {
                        #expect(!plan.contains("Seq Scan on \(table) "), "\(statement):\n\(plan)")
                    }
                    if given.mayNotSort { #expect(!plan.contains("Sort"), "\(statement):\n\(plan)") }
                }
            }
        }

        private static let analyze =
            "ANALYZE organization, organization_domain, organization_tag, tag, contact, job_role, email, contact_email, opportunity"

        /// Five thousand tenants with one of each.
        private static let tinyTenants = """
            CREATE TEMPORARY TABLE tiny ON COMMIT DROP AS
              WITH made AS (INSERT INTO tenant (name) SELECT 'tiny-' || n FROM generate_series(1, 5000) n RETURNING id)
              SELECT id AS tenant_id, gen_random_uuid() AS one FROM made;
            INSERT INTO organization (tenant_id, id, customer_os_id, name) SELECT tenant_id, one, 'C-1', 'Tiny' FROM tiny;
            INSERT INTO organization_domain (tenant_id, domain, organization_id) SELECT tenant_id, 'tiny.com', one FROM tiny;
            INSERT INTO tag (tenant_id, id, name) SELECT tenant_id, one, 'Tiny' FROM tiny;
            INSERT INTO organization_tag (tenant_id, organization_id, tag_id) SELECT tenant_id, one, one FROM tiny;
            INSERT INTO contact (tenant_id, id, name) SELECT tenant_id, one, 'Tiny' FROM tiny;
            INSERT INTO job_role (tenant_id, id, contact_id, organization_id) SELECT tenant_id, one, one, one FROM tiny;
            INSERT INTO email (tenant_id, id, raw_email, email) SELECT tenant_id, one, 'a@tiny.com', 'a@tiny.com' FROM tiny;
            INSERT INTO contact_email (tenant_id, contact_id, email_id, is_primary) SELECT tenant_id, one, one, true FROM tiny;
            INSERT INTO opportunity (tenant_id, id, name, organization_id) SELECT tenant_id, one, 'Tiny', one FROM tiny;
            """
    }
}
