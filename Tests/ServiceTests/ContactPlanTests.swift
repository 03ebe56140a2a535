import Foundation
import Postgres
import Testing

extension ServiceSuite.OneByOne.Plans {
    /// Query plans, with enough rows to make a wrong plan expensive.
    @Suite("The plans for contacts")
    struct ContactPlanTests {
        private static let filled = Task {
            let tenant = try await TestTenant.make()
            let connection = try tenant.database()
            try connection.run("SET statement_timeout = 0")
            try connection.run(
                """
                WITH made AS (INSERT INTO contact (tenant_id, id, name, first_name, last_name, created_at) \
                SELECT $1::integer, gen_random_uuid(), 'First Last' || n % 5000, 'First' || n % 700, 'Last' || n % 5000, now() - n * interval '1 minute' \
                FROM generate_series(1, 20000) n RETURNING tenant_id, id, first_name), \
                numbered AS (SELECT *, row_number() OVER () AS n, gen_random_uuid() AS email, gen_random_uuid() AS phone, gen_random_uuid() AS social FROM made), \
                emails AS (INSERT INTO email (tenant_id, id, raw_email, email) \
                SELECT tenant_id, email, 'Person' || n || '@plan.example', 'person' || n || '@plan.example' FROM numbered), \
                phones AS (INSERT INTO phone_number (tenant_id, id, raw_phone_number, e164) \
                SELECT tenant_id, phone, '+4930' || 1000000 + n, '+4930' || 1000000 + n FROM numbered), \
                socials AS (INSERT INTO social (tenant_id, id, url, url_key, alias) \
                SELECT tenant_id, social, 'https://linkedin.com/in/p' || n, 'linkedin.com/in/p' || n, 'p' || n FROM numbered), \
                mail AS (INSERT INTO contact_email (tenant_id, contact_id, email_id, is_primary) SELECT tenant_id, id, email, true FROM numbered), \
                call AS (INSERT INTO contact_phone_number (tenant_id, contact_id, phone_number_id) SELECT tenant_id, id, phone FROM numbered) \
                INSERT INTO contact_social (tenant_id, contact_id, social_id) SELECT tenant_id, id, social FROM numbered
                """, [tenant.id])
            try tenant.database().runScript(
                "ANALYZE contact, email, phone_number, social, contact_email, contact_phone_number, contact_social")
            return tenant
        }

        /// The plan of one of an answer's statements, once for these parameters and once for any.
        /// - Parameter values: The parameters after the tenant.
        private func plans(
            _ name: String, of answer: Answer, _ tenant: TestTenant, _ values: [String]
        ) throws -> [String] {
            let statement = try #require(answer.statements.first { $0.name == name })
            let connection = try tenant.database()
            try connection.run("SELECT set_config('test.a', $1, false)", [tenant.id])
            for (setting, value) in zip(Self.settings, values) {
                try connection.run("SELECT set_config('\(setting)', $1, false)", [.text(value)])
            }
            return try [true, false].map { isGeneric in
                try connection.runScript("SET plan_cache_mode = \(isGeneric ? "force_generic_plan" : "force_custom_plan"); DEALLOCATE ALL")
                try connection.run("PREPARE asked AS \(statement.sql)")
                let rows = try connection.run(Self.explain(statement, values))
                return (0..<rows.rowCount).map { rows.text($0, 0) ?? "" }.joined(separator: "\n")
            }
        }

        private static let settings: [SQL] = ["test.b", "test.c", "test.d"]

        private static func explain(_ statement: StatementText, _ values: [String]) -> SQL {
            var arguments: SQL = "current_setting('test.a')::integer"
            for (index, value) in values.enumerated() {
                let isArray = statement.sql.text.contains("$\(index + 2)::text[]")
                let isNumber = !value.isEmpty && value.allSatisfy(\.isNumber)
                let cast: SQL = isArray ? "text[]" : isNumber ? "integer" : "text"
                arguments = "\(arguments), current_setting('\(settings[index])')::\(cast)"
            }
            return "EXPLAIN (COSTS OFF) EXECUTE asked (\(arguments))"
        }

        @Test(
            "read a page from the index of its order",
            arguments: [
                ("LAST_NAME", "contact_by_last_name"), ("FIRST_NAME", "contact_by_first_name"), ("NAME", "contact_by_name"),
                ("CREATED_AT", "contact_by_created"), ("UPDATED_AT", "contact_by_updated"),
            ])
        func page(_ key: String, _ index: String) async throws {
            let tenant = try await Self.filled.value
            for direction in ["ASC", "DESC"] {
                let page = try tenant.success(
                    "{ contacts(pagination: { page: 1, limit: 50 }, sort: [{ by: \"\(key)\", direction: \(direction) }]) { content { name } } }"
                )
                #expect(page.object("contacts").objects("content").count == 50)
                for plan in try plans("Query.contacts", of: page, tenant, ["50", "0"]) {
                    // Creation and id break ties, so that only the index of the last change sorts, and only the few
                    // rows with the same time.
                    #expect(plan.contains("Index Scan \(direction == "DESC" ? "Backward " : "")using \(index)"), "\(plan)")
                    #expect(!plan.contains("Seq Scan"))
                    if key != "UPDATED_AT" { #expect(!plan.contains("Sort"), "\(plan)") }
                }
            }
        }

        @Test("find a contact by what it is known by in few steps through indexes")
        func lookups() async throws {
            let tenant = try await Self.filled.value
            let found = try tenant.success(
                """
                { a: contact_ByEmail(email: "PERSON77@plan.example") { name } b: contact_ByPhone(e164: "00 49 30 1000077") { name } \
                c: contact_ByLinkedIn(linkedInUrl: "linkedin.com/in/P77") { name } }
                """)
            #expect(Set(["a", "b", "c"].map { found.object($0).text("name") }).count == 1)
            let cases = [
                (
                    "Query.contact_ByEmail", ["person77@plan.example"],
                    ["email_by_raw", "email_by_clean", "contact_email_reverse", "contact_pkey"]
                ),
                (
                    "Query.contact_ByPhone", ["+49301000077", "+49301000077", ""],
                    ["phone_number_by_number", "phone_number_by_raw", "contact_phone_number_reverse", "contact_pkey"]
                ),
                (
                    "Query.contact_ByLinkedIn", ["linkedin.com/in/p77", "p77"],
                    ["social_by_key", "social_by_alias", "contact_social_reverse", "contact_pkey"]
                ),
            ]
            for (statement, values, indexes) in cases {
                for plan in try plans(statement, of: found, tenant, values) {
                    for index in indexes { #expect(plan.contains(index), "\(plan)") }
                    #expect(!plan.contains("Seq Scan"), "\(plan)")
                }
            }
        }

        @Test("recognise two hundred addresses and profiles through indexes")
        func bulk() async throws {
            let tenant = try await Self.filled.value
            let addresses = (1...200).map { "\"person\($0)@plan.example\"" }.joined(separator: ",")
            let made = try tenant.success("mutation { contact_CreateBulkByEmailV2(emails: [\(addresses)]) { createdIds } }")
            #expect(made.object("contact_CreateBulkByEmailV2").texts("createdIds").count == 200)
            for plan in try plans("contact.find_by_emails", of: made, tenant, ["{\(addresses)}"]) {
                #expect(plan.contains("email_by_raw") && plan.contains("email_by_clean") && !plan.contains("Seq Scan"), "\(plan)")
            }
            let new = addresses.replacingOccurrences(of: "person", with: "new.person")
            let other = try tenant.success("mutation { contact_CreateBulkByEmailV2(emails: [\(new)]) { createdIds } }")
            for plan in try plans("email.lock_all", of: other, tenant, ["{\(new)}"]) {
                #expect(plan.contains("email_by_raw") && plan.contains("email_by_clean") && !plan.contains("Seq Scan"), "\(plan)")
            }
            let profiles = (1...200).map { "\"linkedin.com/in/p\($0)\"" }.joined(separator: ",")
            let known = try tenant.success("mutation { contact_CreateBulkByLinkedInV2(linkedInUrls: [\(profiles)]) { createdIds } }")
            #expect(known.object("contact_CreateBulkByLinkedInV2").texts("createdIds").count == 200)
            #expect(try tenant.value("SELECT count(*) FROM contact WHERE tenant_id = $1::integer") == "20200")
            let aliases = (1...200).map { "p\($0)" }.joined(separator: ",")
            for plan in try plans("contact.find_by_profiles", of: known, tenant, ["{\(profiles)}", "{\(aliases)}"]) {
                for index in ["social_by_key", "social_by_alias", "contact_social_reverse", "contact_pkey"] {
                    #expect(plan.contains(index), "\(plan)")
                }
                #expect(!plan.contains("Seq Scan"), "\(plan)")
            }
        }
    }
}
