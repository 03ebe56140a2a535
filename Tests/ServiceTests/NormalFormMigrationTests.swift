import Foundation
import Postgres
import Testing

@testable import CustomerOS

extension ServiceSuite.OneByOne.Servers {
    /// What the migration makes of existing data.
    @Suite("The migration to normal forms")
    struct NormalFormMigrationTests {
        private static func id(_ number: Int) -> String {
            "00000000-0000-7000-8000-" + String(repeating: "0", count: 12 - String(number).count) + String(number)
        }

        /// A separate database with the migrations before this one.
        private func database(_ body: (BlockingConnection, _ migrate: () throws -> Void) throws -> Void) async throws {
            try await TestServer.withEmptyDatabase { connection in
                _ = try Migrator(Array(API.migrations.prefix { !$0.name.hasSuffix("_normal_forms") }), on: connection).apply()
                try body(connection) { _ = try API.migrator(on: connection).apply() }
            }
        }

        @Test("joins the rows that become equal, the oldest with the links of all")
        func joins() async throws {
            try await database { connection, migrate in
                try connection.runScript("INSERT INTO tenant (name) VALUES ('old')")
                let addresses = [
                    "jos\u{E9}@x.org", "jose\u{301}@x.org", "p@bücher-mail.de", "P@xn--bcher-mail-9db.de", "Ann <user@x.org>", "user@x.org",
                    "mailto:user@x.org", "user@x.org.", "x@a.com; y@b.com", "not an address",
                ]
                for contact in 1...2 {
                    try connection.run(
                        "INSERT INTO contact (tenant_id, id, name) VALUES (1, $1::uuid, 'Dana')", [.text(Self.id(100 + contact))])
                }
                for (number, address) in addresses.enumerated() {
                    try connection.run(
                        """
                        INSERT INTO email (tenant_id, id, raw_email, email, created_at) \
                        VALUES (1, $1::uuid, $2, fold($2), timestamptz '2020-01-01Z' + $3::integer * interval '1 day')
                        """, [.text(Self.id(number)), .text(address), .text(String(number))])
                    try connection.run(
                        "INSERT INTO contact_email (tenant_id, contact_id, email_id, is_primary, label) VALUES (1, $1::uuid, $2::uuid, $3::boolean, $4)",
                        [
                            .text(Self.id(101)), .text(Self.id(number)), .text(number == 6 ? "true" : "false"),
                            number == 6 ? .text("WORK") : .null,
                        ])
                }
                try connection.run(
                    "INSERT INTO contact_email (tenant_id, contact_id, email_id, is_primary) VALUES (1, $1::uuid, $2::uuid, true)",
                    [.text(Self.id(102)), .text(Self.id(3))])
                for (number, name) in ["Soci\u{E9}t\u{E9}", "Socie\u{301}te\u{301}"].enumerated() {
                    try connection.run(
                        "INSERT INTO tag (tenant_id, id, name, created_at) VALUES (1, $1::uuid, $2, timestamptz '2020-01-01Z' + $3::integer * interval '1 day')",
                        [.text(Self.id(200 + number)), .text(name), .text(String(number))])
                    try connection.run(
                        "INSERT INTO contact_tag (tenant_id, contact_id, tag_id) VALUES (1, $1::uuid, $2::uuid)",
                        [.text(Self.id(101 + number)), .text(Self.id(200 + number))])
                }
                // In the earlier encoding: a zero-width space, and a combining accent.
                for (number, domain) in ["xn--my-shop-x-h69d.com", "my-shop-x.com", "xn--bucher-xyd.de", "acme.com"].enumerated() {
                    try connection.run(
                        """
                        INSERT INTO organization (tenant_id, id, customer_os_id, name, created_at) \
                        VALUES (1, $1::uuid, $2, 'Acme', timestamptz '2020-01-01Z' + $3::integer * interval '1 day')
                        """, [.text(Self.id(300 + number)), .text("C-AAA-AA\(number + 2)"), .text(String(number))])
                    try connection.run(
                        "INSERT INTO organization_domain (tenant_id, domain, organization_id) VALUES (1, $1, $2::uuid)",
                        [.text(domain), .text(Self.id(300 + number))])
                }
                try connection.run(
                    "INSERT INTO social (tenant_id, id, url, url_key, alias) VALUES (1, $1::uuid, $2, 'linkedin.com/comm/in', 'in')",
                    [.text(Self.id(400)), .text("https://www.linkedin.com/comm/in/Jane-Doe?x=1")])
                try connection.runScript("INSERT INTO website_hosting_pattern VALUES ('hosting.test')")

                try migrate()
                let emails = try connection.run("SELECT id, raw_email, email FROM email ORDER BY id")
                #expect(
                    (0..<emails.rowCount).map { emails.text($0, 1) } == [
                        "jos\u{E9}@x.org", "p@bücher-mail.de", "user@x.org", "x@a.com; y@b.com", "not an address",
                    ])
                #expect(emails.texts == [0, 2, 4, 8, 9].map(Self.id))
                let links = try connection.run(
                    "SELECT contact_id || ' ' || email_id || ' ' || is_primary || ' ' || coalesce(label, '') FROM contact_email ORDER BY 1")
                #expect(
                    links.texts
                        == [0, 2, 4, 8, 9].map { "\(Self.id(101)) \(Self.id($0)) \($0 == 4) \($0 == 4 ? "WORK" : "")" } + [
                            "\(Self.id(102)) \(Self.id(2)) true "
                        ])
                #expect(try connection.run("SELECT name FROM tag").texts == ["Soci\u{E9}t\u{E9}"])
                #expect(try connection.run("SELECT tag_id FROM contact_tag").texts == [Self.id(200), Self.id(200)])
                #expect(
                    try connection.run("SELECT domain || ' ' || organization_id FROM organization_domain ORDER BY 1").texts == [
                        "acme.com \(Self.id(303))", "my-shop-x.com \(Self.id(300))", "xn--bcher-kva.de \(Self.id(302))",
                    ])
                #expect(try connection.run("SELECT url_key || ' ' || alias FROM social").texts == ["linkedin.com/in/jane-doe Jane-Doe"])
                #expect(try connection.run("SELECT pattern FROM shared_host WHERE host = 'hosting.test'").texts == ["hosting.test"])
            }
        }

        @Test("keeps every record findable by its own text, and counts what it joins")
        func findable() async throws {
            try await database { connection, migrate in
                try connection.runScript(
                    "INSERT INTO tenant (name) VALUES ('old'); INSERT INTO contact (tenant_id, id, name) VALUES (1, '\(Self.id(101))', 'Dana')"
                )
                let addresses = [
                    "a1@x.org\u{FEFF}", "a2@x.org\u{200B}", "a\u{AD}3@x.org", "a\u{2060}4@x.org", "Ann <a5@x.org>;", "a6@x.org <A6@X.org>",
                    "a7@x.org <b@y.org>", "mailto:  a8@x.org", "mailto:a9%2Bt@x.org?x=1", "\u{A0}a10@x.org\u{A0}", " not an@address ",
                    "x@a.com; y@b.com", "a11@x.org (Ann)", "(a12@x.org)", "mailto:a%FF@x.org", "a13@x..org", "Ann",
                    "\"Doe, Ann\" <a14@x.org>",
                    "\"a@x.org\" <b2@y.org>", "a15@XN--BCHER-KVA.de", "<a16@x.org>.", "'a17@x.org' <a17@x.org>", "mailto:Jos%C3%A9@x.org",
                    "Ann @ Acme <a18@x.org>", "a19@localhost", "a20@10.0.0.1", "a..21@x.org", "a22@x.org, Bob <b3@y.org>", "a23@x.org(Ann)",
                ]
                for address in addresses {
                    try connection.run(
                        "INSERT INTO email (tenant_id, id, raw_email, email) VALUES (1, gen_random_uuid(), $1, fold($1))", [.text(address)])
                }
                let profiles = [
                    ("https://www.linkedin.com/in/jane-doe", "linkedin.com/in/jane-doe"),
                    ("https://www.linkedin.com/sales/lead/Jane-Doe,NAME,x", "linkedin.com/sales/lead"),
                    ("https://www.linkedin.com/sales/people/ann,x", "linkedin.com/sales/people"),
                    ("https://linkedin.com/sales/company/Acme", "linkedin.com/sales/company"),
                    ("https://uk.linkedin.com/in/J%C3%96rg?x=1", "linkedin.com/in/j%c3%96rg"),
                    ("https://linkedin.com/comm/in/bob%2Fx%00/details", "linkedin.com/comm/in"),
                    ("https://m.linkedin.com/in/a%FF", "linkedin.com/in/a%ff"), ("https://linkedin.com/feed/x", "linkedin.com/feed/x"),
                ]
                for (url, key) in profiles {
                    try connection.run(
                        """
                        WITH made AS (INSERT INTO social (tenant_id, id, url, url_key) VALUES (1, gen_random_uuid(), $1, $2) RETURNING id) \
                        INSERT INTO contact_social (tenant_id, contact_id, social_id) SELECT 1, $3::uuid, id FROM made
                        """, [.text(url), .text(key), .text(Self.id(101))])
                }
                for name in ["Key  X", "Key X", "\u{A0}Key\tX"] {
                    try connection.run("INSERT INTO tag (tenant_id, id, name) VALUES (1, gen_random_uuid(), $1)", [.text(name)])
                }
                for (number, text) in ["+1 202 456 1414 x5", "+1 202-456-1414 ext. 5", "+1 202 456 1414 x6"].enumerated() {
                    try connection.run(
                        """
                        INSERT INTO phone_number (tenant_id, id, raw_phone_number, created_at) \
                        VALUES (1, $1::uuid, $2, timestamptz '2020-01-01Z' + $3::integer * interval '1 day')
                        """, [.text(Self.id(500 + number)), .text(text), .text(String(number))])
                    try connection.run(
                        "INSERT INTO contact_phone_number (tenant_id, contact_id, phone_number_id, is_primary) VALUES (1, $1::uuid, $2::uuid, $3::boolean)",
                        [.text(Self.id(101)), .text(Self.id(500 + number)), .text(number == 1 ? "true" : "false")])
                }

                try migrate()
                for address in addresses {
                    let found = try connection.run(
                        "SELECT count(*) FROM email WHERE tenant_id = 1 AND fold(raw_email) = fold($1) AND fold(email) = fold($1)",
                        [.text(EmailAddress.comparable(address))])
                    #expect(found.text(0, 0) == "1", "\(address)")
                }
                for (url, _) in profiles {
                    let found = try connection.run("SELECT count(*) FROM social WHERE url_key = $1", [.text(try SocialURL(url).key)])
                    #expect(found.text(0, 0) == "1", "\(url)")
                }
                #expect(try connection.run("SELECT name FROM tag").texts == ["Key X"])
                let links = try connection.run(
                    "SELECT phone_number_id || ' ' || is_primary FROM contact_phone_number ORDER BY 1")
                #expect(links.texts == ["\(Self.id(500)) true", "\(Self.id(502)) false"])
                let numbers = try connection.run("SELECT e164 || ' ' || extension FROM phone_number ORDER BY 1")
                #expect(numbers.texts == ["+12024561414 5", "+12024561414 6"])
                let notes = try connection.run("SELECT note || ': ' || rows FROM migration_note WHERE migration = 100 ORDER BY note")
                #expect(
                    notes.texts == [
                        "phone numbers joined with equal ones: 1", "profiles of one record joined with equal ones: 1",
                        "tags joined with equal ones: 2",
                    ])
            }
        }
    }
}
