import CustomerOS
import Foundation
import GraphQL
import Postgres
import Testing

extension ServiceSuite {
    /// Every text, id, filter property and sort key of every operation, with texts that mean harm. What is served is read from the
    /// schema, so a new operation is tested without a word here.
    @Suite("Hostile text", .serialized)
    struct HostileTextTests {
        private static let corpus = [
            "'; DROP TABLE organization; --", "\" OR \"\"=\"", "\\'; SELECT pg_sleep(5); --", "$$; COMMIT; $$", "{\"a\",\"b\"}",
            "%_\\%\\_", "00000000-0000-0000-0000-00000000000g", "\u{202E}\u{0}\u{FFFF}\u{1F4A9}", String(repeating: "A'\"\\", count: 2_000),
            "9223372036854775808",
        ]

        @Test("in any argument is answered without a failure of ours, and is in no statement", arguments: corpus)
        func arguments(_ text: String) async throws {
            let server = try await TestServer.shared.value
            let schema = try API.executableSchema().schema
            let (_, key) = try server.fixtureTenant()
            for (kind, type) in [("query", schema.queryType), ("mutation", schema.mutationType)] {
                for field in (type?.fields ?? []).filter({ !Self.ends($0) }) + (type?.fields ?? []).filter(Self.ends) {
                    // Once with ids that are there, so that the texts get as far as they can, and once in their place too.
                    for usesText in [false, true] {
                        let request = HostileRequest(kind, field, text, replacesIDs: usesText)
                        try check(
                            try server.query(request.document, variables: request.variables(), key: key), server, text, request.document)
                    }
                }
            }
            let still = try server.query("{ organizations { totalElements } contacts { totalElements } }", key: key)
            #expect(still.body.hasPrefix("{\"data\":{\"organizations\":{\"totalElements\":"))
        }

        @Test("as a value of any filter property, as a property, and as a sort key is no text of a statement", arguments: corpus)
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
                    try check(answer, server, text, list.name)
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

        /// What takes records away comes last, so that the others find them.
        private static func ends(_ field: FieldDefinition) -> Bool {
            ["Delete", "Archive", "Merge", "Remove", "Hide"].contains { field.name.contains($0) }
        }

        private func check(_ answer: HTTPAnswer, _ server: TestServer, _ text: String, _ request: String) throws {
            let comment = Comment(rawValue: "\(request.prefix(400)) → \(answer.status) \(answer.body.prefix(400))")
            #expect(answer.status == 200 || answer.status == 422, comment)
            #expect(!answer.body.contains("\"INTERNAL\""), comment)
            #expect(!answer.body.contains("syntax error"), comment)
            guard text.count > 3 else { return }
            for statement in server.lastStatements { #expect(!statement.sql.text.contains(text), comment) }
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

/// A request of one root field whose texts are all the same.
private struct HostileRequest {
    private let kind: String
    private let field: FieldDefinition
    private let text: String
    private let replacesIDs: Bool

    init(_ kind: String, _ field: FieldDefinition, _ text: String, replacesIDs: Bool) {
        self.kind = kind
        self.field = field
        self.text = text
        self.replacesIDs = replacesIDs
    }

    var document: String {
        let variables = field.arguments.map { "$\($0.name): \($0.type)" }.joined(separator: ", ")
        let arguments = field.arguments.map { "\($0.name): $\($0.name)" }.joined(separator: ", ")
        let call = field.arguments.isEmpty ? field.name : "\(field.name)(\(arguments))"
        return "\(kind)\(variables.isEmpty ? "" : "(\(variables))") { \(call)\(Self.selection(field.type.namedType, depth: 0)) }"
    }

    func variables() throws -> String {
        let values = field.arguments.map { ($0.name, value($0.type, $0.name, depth: 0)) }
        let object = Dictionary(uniqueKeysWithValues: values)
        return String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
    }

    /// All leaves, and those of the objects of a page.
    private static func selection(_ type: NamedType, depth: Int) -> String {
        guard case .object(let object) = type else { return type.isLeaf ? "" : " { __typename }" }
        var names = object.fields.filter { $0.type.namedType.isLeaf && $0.arguments.isEmpty }.map(\.name)
        if depth == 0, let content = object.field("content") {
            names.append("content" + selection(content.type.namedType, depth: 1))
        }
        return " { \((["__typename"] + names).joined(separator: " ")) }"
    }

    private func value(_ type: TypeReference, _ name: String, depth: Int) -> Any {
        switch type {
        case .nonNull(let inner): return value(inner, name, depth: depth)
        case .list(let element): return [value(element, name, depth: depth)]
        case .named(.enumeration(let enumeration)): return enumeration.values.first?.name ?? ""
        case .named(.inputObject(let input)):
            if input.name == "Filter" { return ["filter": ["property": text, "value": text]] }
            guard depth < 3 else { return [String: Any]() }
            // A choice that may be left out is: two that do not go together would end the request early.
            let fields = input.fields.filter { field in
                guard !field.type.isNonNull else { return true }
                if case .enumeration = field.type.namedType { return false }
                return true
            }
            return Dictionary(uniqueKeysWithValues: fields.map { ($0.name, value($0.type, $0.name, depth: depth + 1)) })
        case .named(let scalar):
            switch scalar.name {
            case "Int", "Int64", "Float": return 1
            case "Boolean": return true
            case "Time": return "2025-01-01T00:00:00Z"
            case "ID": return replacesIDs ? text : identifier(for: name)
            case "String" where !replacesIDs && name == "ownerId": return identifier(for: name)
            case "String" where !replacesIDs && name == "flowId": return NSNull()
            default: return text
            }
        }
    }

    /// The id of something in the fixture that an argument of this name may mean.
    private func identifier(for name: String) -> String {
        let kinds = [
            ("contact", 1), ("user", 2), ("owner", 2), ("opportunit", 3), ("email", 4), ("phone", 5), ("role", 6), ("tag", 8),
            ("social", 9), ("location", 10),
        ]
        let words = [name.lowercased(), field.name.lowercased()]
        let isOrganization = words[0].contains("organization") || words[0].contains("subsidiary")
        let kind = isOrganization ? 0 : words.lazy.compactMap { word in kinds.first { word.contains($0.0) }?.1 }.first ?? 0
        let number = name == "subsidiaryId" ? 706 : name.hasPrefix("merged") ? 702 : 701
        return "01900000-000\(String(kind, radix: 16))-7000-8000-000000000\(number)"
    }
}
