import CustomerOS
import Foundation
import GraphQL
import Postgres
import Testing

extension ServiceSuite.OneByOne.Walks {
    /// Every place in the schema that takes text, found by walking the schema, with hostile text.
    @Suite("Hostile text")
    struct InjectionTests {
        /// In every text, and in none of our statements.
        private static let sign = "zq7x"

        private static let corpus = [
            "zq7x' OR '1'='1",
            "zq7x'; DROP TABLE contact; --",
            "zq7x\" OR \"\"=\"",
            "zq7x\\",
            "zq7x\\'; --",
            "$1 zq7x $2",
            "zq7x%_\\%",
            "{zq7x,\"}",
            "zq7x}\",{\"",
            "/* zq7x */",
            "zq7x $$; SELECT pg_sleep(9); $$",
            "E'zq7x\\x27'",
            "zq7x\r\n\t\u{1}\u{7F}",
            "zq7x\u{202E}\u{FEFF}\u{FFFF}",
            "\u{1F600}zq7x\u{0301}",
            "\"\u{0301}zq7x\\\u{0301}",
            "ZQ7X",
            "01900000-0000-7000-8000-00000000zq7x",
            "zq7x@%s%n{{7*7}}${7*7}",
            "zq7x\u{0}",
            // Too long for an index, however well it compresses.
            "zq7x" + (0..<600).map { String(($0 &* 2_654_435_761) & 0xFFFF_FFFF, radix: 36) }.joined(),
        ]

        @Test("enters through queries and mutations alike")
        func count() throws {
            let places = try TextPlaces.all()
            #expect(places.contains { $0.label == "organization_Save" && $0.variables.count > 20 })
            #expect(places.contains { $0.label == "contacts" })
            #expect(places.contains { $0.label == "organization.contacts" })
        }

        @Test("becomes part of no statement and breaks nothing", arguments: try TextPlaces.all())
        func places(_ places: TextPlaces) async throws {
            let tenant = try await HostileTenant.shared.value
            for (place, variables) in places.variables.enumerated() {
                for (number, text) in Self.corpus.enumerated() {
                    // If a field has many places, as in filters, each gets a third of the texts, in turn.
                    guard places.variables.count < 12 || (place + number) % 3 == 0 else { continue }
                    let given = variables.replacingOccurrences(of: TextPlaces.mark, with: try jsonText(text))
                    let answer = try tenant.server.query(places.document, variables: given, key: tenant.key)
                    try #require(answer.status == 200, "\(places.document) \(given) → \(answer.status) \(answer.body)")
                    #expect(!answer.body.contains("\"INTERNAL\""), "\(places.document) \(given) → \(answer.body)")
                    #expect(
                        !answer.body.contains("DATABASE_UNAVAILABLE") && !answer.body.contains("\"TIMEOUT\""), "\(places.document) \(given)"
                    )
                    for statement in answer.statements {
                        #expect(!statement.sql.text.lowercased().contains(Self.sign) && !statement.name.lowercased().contains(Self.sign))
                    }
                }
            }
        }

        @Test("is compared with every property of every list that can be filtered", arguments: try TextPlaces.filteredLists())
        func properties(_ list: String) async throws {
            let tenant = try await HostileTenant.shared.value
            let field = try #require(try API.executableSchema().schema.queryType.field(list))
            let others = field.arguments.filter(\.isRequired).map { "\($0.name): \"calcom\", " }.joined()
            let document =
                "query($where: Filter, $sort: [SortBy!]) { \(list)(\(others)where: $where, sort: $sort) { totalElements content { __typename } } }"
            func send(_ variables: String) throws -> Answer {
                let answer = try tenant.server.query(document, variables: variables, key: tenant.key)
                #expect(answer.status == 200 && !answer.body.contains("\"INTERNAL\""), "\(list) \(variables) → \(answer.body)")
                for statement in answer.statements { #expect(!statement.sql.text.lowercased().contains(Self.sign)) }
                return try Answer(answer)
            }
            // An error names what is allowed.
            let properties = try send("{\"where\":{\"filter\":{\"property\":\"zq7x\",\"value\":1}}}").allowed
            let keys = try send("{\"sort\":[{\"by\":\"zq7x\"}]}").allowed
            #expect(!properties.isEmpty && !keys.isEmpty)
            for (number, property) in properties.enumerated() {
                for (place, operation) in try TextPlaces.comparisons().enumerated() {
                    let text = try jsonText(Self.corpus[(number + place) % Self.corpus.count])
                    let value = ["IN", "NOT_IN", "IS_NONE_OF", "BETWEEN"].contains(operation) ? "[\(text),\(text)]" : text
                    _ = try send(
                        "{\"where\":{\"filter\":{\"property\":\(try jsonText(property)),\"operation\":\"\(operation)\",\"value\":\(value)}}}"
                    )
                }
            }
            for key in keys { #expect(try send("{\"sort\":[{\"by\":\(try jsonText(key)),\"direction\":\"DESC\"}]}").codes.isEmpty) }
        }

        @Test("has left every table where it was")
        func tables() async throws {
            let tenant = try await HostileTenant.shared.value
            let answer = try tenant.server.query(
                "{ organizations { totalElements } contacts { totalElements } tags { id } }", key: tenant.key)
            #expect(!answer.body.contains("errors"))
        }
    }
}

extension Answer {
    /// What the first error names as allowed.
    fileprivate var allowed: [String] {
        let object = try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
        let error = (object?["errors"] as? [[String: Any]])?.first
        return (error?["extensions"] as? [String: Any])?["allowed"] as? [String] ?? []
    }
}

/// A tenant with the demonstration data, which hostile requests may change.
private final class HostileTenant: Sendable {
    let server: TestServer
    let key: String

    static let shared = Task { try HostileTenant(try await TestServer.shared.value) }

    private init(_ server: TestServer) throws {
        self.server = server
        let name = "hostile"
        let administration = try server.administration()
        let connection = try BlockingConnection(DatabaseConfiguration(connectionString: server.connectionString))
        try connection.run("INSERT INTO tenant (name) VALUES ($1)", [.text(name)])
        try connection.run("SELECT set_config('customeros.tenant_id', id::text, false) FROM tenant WHERE name = $1", [.text(name)])
        try connection.runScript(API.demoScript)
        key = try administration.createKey(tenant: name, roles: [.user, .admin, .owner]).key.secret
    }
}
