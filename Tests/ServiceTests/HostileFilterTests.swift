import CustomerOS
import Foundation
import GraphQL
import Postgres
import Testing

extension ServiceSuite.OneByOne.Walks {
    /// Every declared filter property of every list of the schema, with hostile texts.
    @Suite("A hostile text in a list")
    struct HostileFilterTests {
        private static let corpus = [
            "'; DROP TABLE organization; --", "\" OR \"\"=\"", "\\'; SELECT pg_sleep(5); --", "$$; COMMIT; $$", "{\"a\",\"b\"}",
            "\"\u{301},\\\u{301}",
            "%_\\%\\_", "00000000-0000-0000-0000-00000000000g", "\u{202E}\u{0}\u{FFFF}\u{1F4A9}", String(repeating: "A'\"\\", count: 2_000),
            "9223372036854775808",
        ]

        @Test("never becomes statement text, as a value, a property or a sort key", arguments: corpus)
        func lists(_ text: String) async throws {
            let server = try await TestServer.shared.value
            let schema = try API.executableSchema().schema
            let lists = schema.queryType.fields.filter { $0.argument("where") != nil }
            #expect(lists.count >= 2)
            for list in lists {
                let others = list.arguments.filter(\.isRequired).map { "\($0.name): \"calcom\", " }.joined()
                let document =
                    "query($where: Filter, $sort: [SortBy!]) { \(list.name)(\(others)where: $where, sort: $sort) { totalElements content { __typename } } }"
                func send(_ filter: [String: Any]?, sort: String? = nil) throws -> HTTPAnswer {
                    var variables: [String: Any] = [:]
                    variables["where"] = filter.map { ["filter": $0] }
                    variables["sort"] = sort.map { [["by": $0]] }
                    let answer = try server.query(document, variables: try json(variables), key: server.key)
                    try check(answer, text, list.name)
                    return answer
                }
                let unknown = try send(["property": text, "value": text])
                #expect(unknown.body.contains("BAD_USER_INPUT"))
                #expect(try send(nil, sort: text).body.contains("BAD_USER_INPUT"))
                let properties = try #require(try Self.allowed(unknown))
                #expect(!properties.isEmpty)
                for property in properties {
                    for operation in ["EQ", "CONTAINS", "STARTS_WITH", "NOT_EQUAL", "GT"] {
                        _ = try send(["property": property, "operation": operation, "value": text])
                    }
                    for operation in ["IN", "BETWEEN"] {
                        _ = try send(["property": property, "operation": operation, "value": [text, text]])
                    }
                }
            }
        }

        private func check(_ answer: HTTPAnswer, _ text: String, _ request: String) throws {
            let comment = Comment(rawValue: "\(request.prefix(400)) → \(answer.status) \(answer.body.prefix(400))")
            #expect(answer.status == 200 || answer.status == 422, comment)
            #expect(!answer.body.contains("\"INTERNAL\""), comment)
            // Every text can be stored except one with U+0000.
            #expect(text.unicodeScalars.contains("\0") || !answer.body.contains("A value cannot be stored"), comment)
            guard text.count > 3 else { return }
            for statement in answer.statements { #expect(!statement.sql.text.contains(text), comment) }
        }

        private func json(_ value: Any) throws -> String {
            String(decoding: try JSONSerialization.data(withJSONObject: value), as: UTF8.self)
        }

        /// The filter properties that an error names.
        private static func allowed(_ answer: HTTPAnswer) throws -> [String]? {
            let body = try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any]
            let error = (body?["errors"] as? [[String: Any]])?.first
            return (error?["extensions"] as? [String: Any])?["allowed"] as? [String]
        }
    }
}
