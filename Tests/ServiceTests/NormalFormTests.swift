import Foundation
import Postgres
import TestSupport
import Testing

@testable import CustomerOS

extension ServiceSuite {
    /// Identifiers are compared in one normal form, here and in the database.
    @Suite("Normal forms")
    struct NormalFormTests {
        /// Every character that both know, with possible neighbours.
        private static func texts(_ scalars: some Sequence<UInt32>) -> [String] {
            scalars.compactMap(Unicode.Scalar.init).filter { scalar in
                // PostgreSQL 15 and libunistring 1.0 have Unicode 14.
                scalar.value != 0 && (scalar.properties.age ?? (99, 0)) <= (14, 0)
            }.flatMap { ["\($0)", "J\($0)", "aΣ\($0)", "\u{1100}\($0)\u{301}"] }
        }

        private func compare(_ texts: [String]) async throws {
            let connection = try await TestTenant.make().database()
            for start in stride(from: 0, to: texts.count, by: 20_000) {
                let part = Array(texts[start..<min(start + 20_000, texts.count)])
                let rows = try connection.run(
                    "SELECT fold(given), normalize(given) FROM unnest($1::text[]) WITH ORDINALITY list (given, place) ORDER BY place",
                    [.text(arrayText(part))])
                for (row, text) in part.enumerated() {
                    let (folded, composed) = (rows.text(row, 0) ?? "", rows.text(row, 1) ?? "")
                    guard
                        !NormalForm.folded(text).utf8.elementsEqual(folded.utf8)
                            || !NormalForm.composed(text).utf8.elementsEqual(composed.utf8)
                    else { continue }
                    Issue.record("\(text.unicodeScalars.map { String($0.value, radix: 16) }): \(folded), \(NormalForm.folded(text))")
                    return
                }
            }
        }

        @Test("are the same here and in the database, for every character")
        func everyCharacter() async throws { try await compare(Self.texts(0...0x1_FFFF)) }

        @Test("are the same for any text, and stable", arguments: 0..<4)
        func anyText(_ seed: Int) async throws {
            var random = RandomSource(seed: UInt64(seed))
            let texts = (0..<5_000).map { _ in
                random.text(
                    of: [
                        "a", "A", "é", "e\u{301}", "É", "E\u{301}", "ß", "ẞ", "İ", "I\u{307}", "ı", "Σ", "ς", "σ", " ", ".", "\u{345}", "ᾼ",
                        "Å", "K",
                        "ﬁ", "가", "\u{1100}\u{1161}", "\u{323}", "\u{307}", "q", "J", "\u{30C}", "日", "ｍ", "Ⅷ", "'", "\u{200D}", "😀",
                    ], upTo: 9)
            }
            try await compare(texts)
            for text in texts {
                let folded = NormalForm.folded(text)
                #expect(NormalForm.folded(folded).utf8.elementsEqual(folded.utf8))
                #expect(NormalForm.folded(NormalForm.composed(text)).utf8.elementsEqual(folded.utf8))
                #expect(NormalForm.folded(NormalForm.decomposed(text)).utf8.elementsEqual(folded.utf8))
            }
        }

        /// What is stored as it was given is compared so, unless case is ignored.
        @Test("leave free text alone: a filter finds it by its own text")
        func freeText() async throws {
            let tenant = try await TestTenant.make()
            let texts = ["caf\u{E9}", "cafe\u{301}"]
            for text in texts { _ = try tenant.contact("{ name: \"Free\", description: \"\(text)\", prefix: \"\(text)\" }") }
            let both = texts.map { "{ filter: { property: \"PREFIX\", operation: EQ, value: \"\($0)\", caseSensitive: true } }" }
            let either = try tenant.data("{ contacts(where: { OR: [\(both.joined(separator: ", "))] }) { totalElements } }")
            #expect(either.object("contacts").number("totalElements") == 2)
            for property in ["DESCRIPTION", "PREFIX"] {
                for text in texts {
                    for (operation, value) in [("EQ", "\"\(text)\""), ("IN", "[\"\(text)\"]"), ("CONTAINS", "\"\(text)\"")] {
                        for (isCaseSensitive, count) in [(true, 1), (false, 2)] {
                            let filter =
                                "property: \"\(property)\", operation: \(operation), value: \(value), caseSensitive: \(isCaseSensitive)"
                            let page = try tenant.data("{ contacts(where: { filter: { \(filter) } }) { totalElements } }")
                            #expect(page.object("contacts").number("totalElements") == count, "\(filter)")
                        }
                    }
                }
            }
        }

        @Test("unify the spellings of a tag, of an address and of a name in a filter")
        func spellings() async throws {
            let tenant = try await TestTenant.make()
            let (composed, decomposed) = ("Soci\u{E9}t\u{E9}", "Socie\u{301}te\u{301}")
            let ids = try [composed, decomposed].map { name in
                try tenant.data("mutation { tag_Create(input: { name: \"\(name)\" }) { id } }").object("tag_Create").text("id")
            }
            #expect(ids[0] == ids[1])
            _ = try tenant.contact("{ name: \"\(decomposed) Générale\", email: { email: \"jose\u{301}@spelling.example\" } }")
            for name in [composed, decomposed] {
                for filter in [
                    "operation: CONTAINS, value: \"\(name)\"", "operation: CONTAINS, value: \"\(name)\", caseSensitive: true",
                    "operation: STARTS_WITH, value: \"\(name.uppercased())\"",
                ] {
                    let page = try tenant.data("{ contacts(where: { filter: { property: \"NAME\", \(filter) } }) { totalElements } }")
                    #expect(page.object("contacts").number("totalElements") == 1, "\(filter)")
                }
            }
            for address in ["jos\u{E9}@spelling.example", "JOSE\u{301}@spelling.example"] {
                #expect(try tenant.data("{ contact_ByEmail(email: \"\(address)\") { id } }")["contact_ByEmail"] is [String: Any])
            }
        }

        @Test("serve look-ups through their indexes")
        func indexes() async throws {
            let tenant = try await TestTenant.make()
            let connection = try tenant.database()
            try connection.runScript("SET enable_seqscan = off")
            for (statement, index) in [
                ("SELECT id FROM email WHERE tenant_id = 1 AND fold(raw_email) = fold('É@x.org')", "email_by_raw"),
                ("SELECT id FROM email WHERE tenant_id = 1 AND email <> '' AND fold(email) = fold('É@x.org')", "email_by_clean"),
                (
                    "SELECT id FROM contact WHERE tenant_id = 1 AND state = 'LIVE' ORDER BY fold(name), created_at, id LIMIT 10",
                    "contact_by_name"
                ),
                ("SELECT id FROM social WHERE tenant_id = 1 AND alias <> '' AND fold(alias) = fold('Jane')", "social_by_alias"),
            ] as [(SQL, String)] {
                let rows = try connection.run("EXPLAIN (COSTS OFF) \(statement)")
                let plan = rows.texts.joined(separator: "\n")
                #expect(plan.contains(index), "\(plan)")
            }
        }
    }
}
