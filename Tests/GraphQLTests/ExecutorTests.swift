import Foundation
import Testing

@testable import GraphQL

/// A host in memory: the fields of `Query` return what the test has put there.
private final class MemoryHost: ExecutionHost {
    var results: [String: (FieldCall) -> FieldResult?] = [:]
    var refused: Set<String> = []
    private(set) var levels: [[String]] = []

    func refusal(of field: FieldDefinition) -> FieldError? {
        refused.contains(field.name) ? FieldError("Access denied", code: .forbidden) : nil
    }

    func resolve(_ calls: [FieldCall]) async {
        levels.append(calls.map(\.field.responseKey))
        for call in calls { call.result = results[call.field.definition.name]?(call) }
    }
}

private final class NamedResolver: FieldResolver {}

@Suite("The executor")
struct ExecutorTests {
    private static let schema = """
        scalar Time
        directive @guarded on FIELD_DEFINITION
        type Query { one: Item sure: Item! many: [Item] sureMany: [Item!]! matrix: [[Int!]]! animals: [Animal!]! secret: Item @guarded bad: Item }
        type Mutation { first: Item second: Item }
        type Item { id: ID! name: String! count: Int price: Float seen: Time flag: Boolean words: [String!] color: Color self: Item friend: Item! }
        enum Color { RED BLUE }
        interface Animal { name: String! }
        type Dog implements Animal { name: String! barks: Boolean }
        type Cat implements Animal { name: String! lives: Int }
        """

    private static let executable: Result<ExecutableSchema, any Error> = Result {
        let resolver = FieldBinding.resolved(NamedResolver())
        let item: [String: FieldBinding] = [
            "id": .column("id", .identifier), "name": .column("name", .text), "count": .column("count", .int),
            "price": .column("price", .float), "seen": .column("seen", .time), "flag": .column("flag", .boolean),
            "words": .column("words", .array(.text)), "color": .column("color", .enumeration), "self": .embedded(presence: "count"),
            "friend": resolver,
        ]
        return try ExecutableSchema(
            schema: SchemaBuilder.build([SchemaSource(name: "test", text: Array(schema.utf8))]),
            bindings: [
                "Query": [
                    "one": resolver, "sure": resolver, "many": resolver, "sureMany": resolver,
                    "matrix": .resolvedLeaf(NamedResolver(), .int), "animals": resolver, "secret": resolver, "bad": resolver,
                ],
                "Mutation": ["first": resolver, "second": resolver], "Item": item,
                "Dog": ["name": .column("name", .text), "barks": .column("barks", .boolean)],
                "Cat": ["name": .column("name", .text), "lives": .column("lives", .int)],
            ])
    }

    /// Rows with the columns that a selection needs.
    private static func rows(_ call: FieldCall, _ values: [[String: String]], part: Int = 0) -> FieldResult.Part {
        let selection = call.field.selections[part]
        return FieldResult.Part(
            type: selection.type, rows: RowBatch(texts: values.map { value in selection.columns.map { value[$0] } }))
    }

    private static func one(_ value: [String: String]) -> (FieldCall) -> FieldResult? {
        { call in
            FieldResult(
                parts: [rows(call, [value])], items: [FieldResult.Item](repeating: FieldResult.Item(row: 0), count: call.parents.rowCount))
        }
    }

    private static func list(_ values: [[String: String]]) -> (FieldCall) -> FieldResult? {
        { call in
            FieldResult(
                parts: [rows(call, values)], items: values.indices.map { FieldResult.Item(row: $0) },
                lists: [FieldResult.ListLevel(offsets: [0, Int32(values.count)])])
        }
    }

    private func execute(
        _ query: String, _ host: MemoryHost, variables: InputObject = InputObject(), limit: Int = 1 << 20
    ) async throws -> String {
        let source = Array(query.utf8)
        let document = try Parser.parse(source)
        let executable = try Self.executable.get()
        #expect(Validator(schema: executable.schema).validate(document, source: source).isEmpty)
        let operation = try OperationDefinition.select(from: document, name: nil)
        let given = try VariableCoercion.coerce(variables, for: operation, schema: executable.schema, source: source)
        let plan = try Planner(executable, document: document, source: source, variables: given).plan(operation)
        let buffer = ResponseBuffer(capacity: 64)
        _ = await Executor(responseLimit: limit).execute(plan, variables: given, host: host, into: buffer)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    private static let whole = [
        "id": "7", "name": "a\"\\\n\u{1}é", "count": "-12", "price": "50000.00", "seen": "2024-05-01 12:30:00.25+00", "flag": "t",
        "words": "{a,\"b, \\\"c\\\"\",\"\"}", "color": "RED",
    ]

    @Test("writes leaves as JSON, keys in the order of the request, aliases and merged fields once")
    func leaves() async throws {
        let host = MemoryHost()
        host.results["one"] = Self.one(Self.whole)
        let answer = try await execute(
            "{ one { seen x: id } ...F __typename } fragment F on Query { one { x: id name count price flag words color self { count __typename } } }",
            host)
        #expect(
            answer
                == #"{"data":{"one":{"seen":"2024-05-01T12:30:00.25Z","x":"7","name":"a\"\\\n\u0001é","count":-12,"price":50000,"flag":true,"words":["a","b, \"c\"",""],"color":"RED","self":{"count":-12,"__typename":"Item"}},"__typename":"Query"}}"#
        )
        #expect(host.levels == [["one"]])
    }

    @Test("propagates null to the nearest nullable place, with one error and its path")
    func nullPropagation() async throws {
        let host = MemoryHost()
        host.results["one"] = Self.one(["id": "1"])
        host.results["many"] = Self.list([["id": "1", "name": "x"], ["id": "2"]])
        host.results["sureMany"] = host.results["many"]
        let error = { (path: String, column: Int, parent: String) in
            "{\"message\":\"Cannot return null for non-nullable field Item.\(parent).\",\"locations\":[{\"line\":1,\"column\":\(column)}],\"path\":[\(path)],\"extensions\":{\"code\":\"INTERNAL\"}}"
        }
        #expect(
            try await execute("{ one { name } }", host) == "{\"errors\":[\(error("\"one\",\"name\"", 9, "name"))],\"data\":{\"one\":null}}")
        #expect(
            try await execute("{ many { name } }", host)
                == "{\"errors\":[\(error("\"many\",1,\"name\"", 10, "name"))],\"data\":{\"many\":[{\"name\":\"x\"},null]}}")
        #expect(
            try await execute("{ sureMany { name } }", host)
                == "{\"errors\":[\(error("\"sureMany\",1,\"name\"", 14, "name"))],\"data\":null}")
    }

    @Test("keeps failures in their place, and remarks next to the value")
    func failures() async throws {
        let host = MemoryHost()
        host.results["matrix"] = { _ in
            FieldResult(
                parts: [FieldResult.Part(type: nil, rows: RowBatch(texts: [["1"], ["2"]]))],
                items: [FieldResult.Item(row: 0), .failure(0), FieldResult.Item(row: 1)],
                lists: [FieldResult.ListLevel(offsets: [0, 3]), FieldResult.ListLevel(offsets: [0, 2, 3, 3], states: [0, 0, -1])],
                failures: [FieldError("lost", code: .notFound)])
        }
        host.results["one"] = { call in
            let result = Self.one(Self.whole)(call)
            result?.remarks = [(0, FieldError("by the way", code: .conflict))]
            return result
        }
        let answer = try await execute("{ matrix one { id } }", host)
        #expect(answer.contains("\"data\":{\"matrix\":[null,[2],null],\"one\":{\"id\":\"7\"}}"))
        #expect(answer.contains("\"path\":[\"matrix\",0,1]") && answer.contains("\"path\":[\"one\"]"))
    }

    @Test("answers a host's mistake with an internal error, never with a crash")
    func mistakes() async throws {
        let mistakes: [(FieldCall) -> FieldResult?] = [
            { _ in nil }, { _ in FieldResult(parts: [], items: []) }, { _ in FieldResult(parts: [], items: [FieldResult.Item(row: 3)]) },
            { _ in FieldResult(parts: [], items: [.failure(0)]) },
            { call in FieldResult(parts: [Self.rows(call, [Self.whole])], items: [FieldResult.Item(part: 1, row: 0)]) },
            { call in
                FieldResult(
                    parts: [Self.rows(call, [Self.whole])], items: [FieldResult.Item(row: 0)],
                    lists: [FieldResult.ListLevel(offsets: [0, 1])])
            },
            { _ in FieldResult(parts: [FieldResult.Part(type: nil, rows: RowBatch(texts: [["x"]]))], items: [FieldResult.Item(row: 0)]) },
        ]
        for mistake in mistakes {
            let host = MemoryHost()
            host.results["one"] = mistake
            let answer = try await execute("{ one { id } }", host)
            #expect(answer.contains("\"code\":\"INTERNAL\"") && answer.hasSuffix("\"data\":{\"one\":null}}"))
        }
    }

    @Test("resolves abstract types by part, and fragments by type")
    func abstractTypes() async throws {
        let host = MemoryHost()
        host.results["animals"] = { call in
            FieldResult(
                parts: [Self.rows(call, [["name": "Rex", "barks": "t"]]), Self.rows(call, [["name": "Tom", "lives": "9"]], part: 1)],
                items: [FieldResult.Item(part: 1, row: 0), FieldResult.Item(part: 0, row: 0)],
                lists: [FieldResult.ListLevel(offsets: [0, 2])])
        }
        let answer = try await execute("{ animals { __typename name ... on Dog { barks } ... on Cat { lives } } }", host)
        #expect(
            answer
                == #"{"data":{"animals":[{"__typename":"Cat","name":"Tom","lives":9},{"__typename":"Dog","name":"Rex","barks":true}]}}"#)
    }

    @Test("leaves out what @skip and @include exclude, and keeps the order of the rest")
    func conditions() async throws {
        let host = MemoryHost()
        host.results["one"] = Self.one(Self.whole)
        let query =
            "query($a: Boolean!, $b: Boolean = false) { one { id @include(if: $a) name @skip(if: $a) ... @include(if: $b) { flag } id } }"
        func answer(_ a: Bool, _ b: Bool?) async throws -> String {
            var variables = InputObject([InputObject.Member(name: "a", value: .boolean(a))])
            if let b { variables.members.append(InputObject.Member(name: "b", value: .boolean(b))) }
            return try await execute(query, host, variables: variables)
        }
        #expect(try await answer(true, nil) == #"{"data":{"one":{"id":"7"}}}"#)
        #expect(try await answer(true, true) == #"{"data":{"one":{"id":"7","flag":true}}}"#)
        #expect(try await answer(false, true) == #"{"data":{"one":{"name":"a\"\\\n\u0001é","flag":true,"id":"7"}}}"#)
    }

    @Test("asks the host once per level, whatever the number of objects, and never for a refused field")
    func levels() async throws {
        let host = MemoryHost()
        host.results["many"] = Self.list((0..<100).map { ["id": "\($0)", "name": "n"] })
        host.results["friend"] = Self.one(Self.whole)
        host.refused = ["secret"]
        let answer = try await execute("{ many { friend { id friend { id } } } secret { id } }", host)
        #expect(host.levels == [["many"], ["friend"], ["friend"]])
        #expect(
            answer.contains("\"path\":[\"secret\"]") && answer.contains("\"code\":\"FORBIDDEN\"") && answer.hasSuffix("\"secret\":null}}"))
    }

    @Test("runs mutations in order, each with the fields below it")
    func mutations() async throws {
        let host = MemoryHost()
        for name in ["first", "second", "friend"] { host.results[name] = Self.one(Self.whole) }
        _ = try await execute("mutation { second { friend { id } } first { id } a: second { friend { id } } }", host)
        #expect(host.levels == [["second"], ["friend"], ["first"], ["a"], ["friend"]])
    }

    @Test("stops at the limit of the response and says so once")
    func responseLimit() async throws {
        let host = MemoryHost()
        host.results["many"] = Self.list((0..<1000).map { ["id": "\($0)", "name": "name"] })
        let answer = try await execute("{ many { id } again: many { id } }", host, limit: 2000)
        #expect(answer.components(separatedBy: "LIMIT_EXCEEDED").count == 2)
        #expect(answer.utf8.count < 4000)
    }

    @Test("refuses cells that are not values of their type", arguments: ["color", "price", "seen", "count", "flag"])
    func malformedCells(_ column: String) async throws {
        let host = MemoryHost()
        host.results["one"] = Self.one([
            "id": "1", "name": "n", "color": "GREEN", "price": "NaN", "seen": "infinity", "count": "99999999999", "flag": "x",
        ])
        let answer = try await execute("{ one { \(column) id } }", host)
        #expect(
            answer.contains("\"path\":[\"one\",\"\(column)\"]") && answer.hasSuffix("\"data\":{\"one\":{\"\(column)\":null,\"id\":\"1\"}}}")
        )
    }
}

@Suite("The JSON reader")
struct JSONReaderTests {
    private func read(_ text: String, nesting: Int = 64) -> InputValue? { try? JSONReader.read(Array(text.utf8), nesting: nesting) }

    @Test("reads what RFC 8259 allows")
    func reads() {
        #expect(read(" {\"a\":[1,-2.5e1,true,false,null,\"x\\u00e9\\ud83d\\ude00\\n\"],\"b\":{}} ") != nil)
        #expect(read("\u{FEFF}{\"a\":1}") == .object(InputObject([InputObject.Member(name: "a", value: .integer(1))])))
        #expect(read("\"\\ud83d\\ude00\"") == .string("\u{1F600}"))
        #expect(read("9223372036854775807") == .integer(.max) && read("9223372036854775808") == .largeInteger("9223372036854775808"))
        #expect(read(String(repeating: "[", count: 64) + String(repeating: "]", count: 64)) != nil)
    }

    @Test(
        "refuses everything else",
        arguments: [
            "", "{", "[1,]", "{\"a\"}", "{a:1}", "01", "1.", ".5", "+1", "1e", "nul", "\"\\ud83d\"", "\"\\udc00\"", "\"\\x\"", "\"\n\"",
            "\"", "1 2", "NaN", "'a'", "{\"a\":1,\"a\":2}", "[{\"b\":{\"a\":1,\"c\":2,\"\\u0061\":1}}]", "\u{FEFF}\u{FEFF}1", "1\u{FEFF}",
        ])
    func refuses(_ text: String) {
        #expect(read(text) == nil)
        #expect((try? JSONReader.read([0x22, 0xFF, 0x22])) == nil)
        #expect(read(String(repeating: "[", count: 65) + String(repeating: "]", count: 65)) == nil)
    }
}
