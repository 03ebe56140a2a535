import Testing

@testable import GraphQL

/// `@skip` and `@include` with a variable that may be null: specification sections 3.13, 6.3.2 and 6.4.1.
@Suite("A condition that is null")
struct ConditionTests {
    private final class Host: ExecutionHost {
        private(set) var resolved: [String] = []

        func refusal(of field: FieldDefinition) -> FieldError? { nil }

        func resolve(_ calls: [FieldCall]) async {
            for call in calls {
                resolved.append(call.field.responseKey)
                let selection = call.field.selections[0]
                let rows = RowBatch(texts: [selection.columns.map { _ in "1" }, selection.columns.map { _ in "2" }])
                let part = FieldResult.Part(type: selection.type, rows: rows)
                call.result =
                    call.field.listDepth == 0
                    ? FieldResult(parts: [part], items: [FieldResult.Item(row: 0)])
                    : FieldResult(
                        parts: [part], items: [FieldResult.Item(row: 0), FieldResult.Item(row: 1)],
                        lists: [FieldResult.ListLevel(offsets: [0, 2])])
            }
        }
    }

    private final class Resolver: FieldResolver {}

    private static func execute(_ query: String, _ variables: String, _ host: Host = Host()) async throws -> String {
        let text = "type Query { one: Item sure: Item! many: [Item] } type Mutation { one: Item two: Item } type Item { a: Int b: Int }"
        let resolver = FieldBinding.resolved(Resolver())
        let executable = try ExecutableSchema(
            schema: SchemaBuilder.build([SchemaSource(name: "test", text: Array(text.utf8))]),
            bindings: [
                "Query": ["one": resolver, "sure": resolver, "many": resolver], "Mutation": ["one": resolver, "two": resolver],
                "Item": ["a": .column("a", .int), "b": .column("b", .int)],
            ])
        let source = Array(query.utf8)
        let document = try Parser.parse(source)
        #expect(Validator(schema: executable.schema).validate(document, source: source).map(\.message) == [])
        guard case .object(let given) = try JSONReader.read(Array(variables.utf8)) else { return "" }
        let operation = try OperationDefinition.select(from: document, name: nil)
        let coerced = try VariableCoercion.coerce(given, for: operation, schema: executable.schema, source: source)
        let plan = try Planner(executable, document: document, source: source, variables: coerced).plan(operation)
        let buffer = ResponseBuffer(capacity: 64)
        _ = await Executor().execute(plan, variables: coerced, host: host, into: buffer)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    private static func error(_ line: Int, _ column: Int, _ path: String? = nil) -> String {
        let path = path.map { "\"path\":\($0)," } ?? ""
        return
            "{\"message\":\"Argument \\\"if\\\" of non-null type \\\"Boolean!\\\" must not be null.\",\"locations\":[{\"line\":\(line),\"column\":\(column)}],\(path)\"extensions\":{\"code\":\"BAD_USER_INPUT\",\"field\":\"if\"}}"
    }

    @Test(
        "of the root leaves no data, wherever it occurs", arguments: ["include", "skip"],
        ["{ one @D(if: $b) { a } }", "{ ... @D(if: $b) { one { a } } }", "{ ...F @D(if: $b) } fragment F on Query { one { a } }"])
    func root(_ directive: String, _ selections: String) async throws {
        for value in ["true", "false"] {
            let query = "query($b: Boolean = \(value)) " + selections.replacing("@D", with: "@\(directive)")
            let offset = try #require(query.firstRange(of: "$b)", in: 10)).count + 1
            let host = Host()
            #expect(
                try await Self.execute(query, #"{"b":null}"#, host) == "{\"errors\":[\(Self.error(1, offset))],\"data\":null}")
            #expect(host.resolved == [])
            // If absent, the default applies.
            let isThere = (value == "true") == (directive == "include")
            #expect(try await Self.execute(query, "{}") == (isThere ? #"{"data":{"one":{"a":1}}}"# : #"{"data":{}}"#))
        }
    }

    @Test("of an object is an error of its field, with the object null")
    func nested() async throws {
        let query = "query($b: Boolean = true) { many { a } one { b @skip(if: $b) } }"
        #expect(
            try await Self.execute(query, #"{"b":null}"#)
                == "{\"errors\":[\(Self.error(1, 58, "[\"one\"]"))],\"data\":{\"many\":[{\"a\":1},{\"a\":2}],\"one\":null}}")
        let sure = "query($b: Boolean = true) { sure { b @skip(if: $b) } }"
        #expect(try await Self.execute(sure, #"{"b":null}"#) == "{\"errors\":[\(Self.error(1, 48, "[\"sure\"]"))],\"data\":null}")
        let list = "query($b: Boolean = true) { many { b @skip(if: $b) } }"
        #expect(
            try await Self.execute(list, #"{"b":null}"#)
                == "{\"errors\":[\(Self.error(1, 48, "[\"many\",0]")),\(Self.error(1, 48, "[\"many\",1]"))],\"data\":{\"many\":[null,null]}}"
        )
    }

    @Test("of a mutation's root changes nothing")
    func mutation() async throws {
        let host = Host()
        let query = "mutation($b: Boolean = true) { one { a } two @include(if: $b) { a } }"
        #expect(try await Self.execute(query, #"{"b":null}"#, host).hasSuffix("\"data\":null}"))
        #expect(host.resolved == [])
    }

    @Test("is not evaluated if @skip has decided, nor for a fragment already included")
    func notAsked() async throws {
        let query = "query($b: Boolean = true) { one { a b @include(if: $b) @skip(if: true) } }"
        #expect(try await Self.execute(query, #"{"b":null}"#) == #"{"data":{"one":{"a":1}}}"#)
        let fragments = "query($b: Boolean = true) { one { ...F ...F @skip(if: $b) } } fragment F on Item { a }"
        #expect(try await Self.execute(fragments, #"{"b":null}"#) == #"{"data":{"one":{"a":1}}}"#)
    }
}

extension String {
    /// What precedes `text`, searched for from `start`.
    fileprivate func firstRange(of text: String, in start: Int) -> Substring? {
        guard let range = dropFirst(start).firstRange(of: text) else { return nil }
        return self[..<range.lowerBound]
    }
}
