import Testing

@testable import GraphQL

/// What is new or clarified in the September 2025 edition, point by point.
@Suite("The September 2025 edition")
struct September2025Tests {
    private static func schema(_ text: String) throws -> Schema {
        try SchemaBuilder.build([SchemaSource(name: "test", text: Array(text.utf8))])
    }

    private static func errors(_ text: String) -> [String] {
        do {
            _ = try schema(text)
            return []
        } catch {
            return ((error as? SchemaErrors)?.errors ?? []).map(\.message)
        }
    }

    private static func introspect(_ query: String, _ text: String) async throws -> String {
        let schema = try schema(text)
        var bindings: [String: [String: FieldBinding]] = [:]
        for case .object(let type) in schema.types where !type.name.hasPrefix("__") {
            for field in type.fields { bindings[type.name, default: [:]][field.name] = .constant("null") }
        }
        let executable = try ExecutableSchema(schema: schema, bindings: bindings)
        let source = Array(query.utf8)
        let document = try Parser.parse(source)
        #expect(Validator(schema: schema).validate(document, source: source).map(\.message) == [])
        let operation = try OperationDefinition.select(from: document, name: nil)
        let plan = try Planner(executable, document: document, source: source, variables: InputObject()).plan(operation)
        let buffer = ResponseBuffer(capacity: 256)
        _ = await Executor().execute(plan, variables: InputObject(), host: NoHost(), into: buffer)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    private final class NoHost: ExecutionHost {
        func refusal(of field: FieldDefinition) -> FieldError? { nil }
        func resolve(_ calls: [FieldCall]) async {}
    }

    // MARK: Language

    @Test("2.1 accepts all of Unicode in strings and comments, and only ASCII in names")
    func unicode() throws {
        let document = try Parser.parse(Array("{ a(b: \"𝕳😀\\u{10FFFF}\") # 😀\n }".utf8))
        #expect(DocumentPrinter.text(document).contains("𝕳😀\u{10FFFF}"))
        #expect(throws: GraphQLError.self) { try Parser.parse(Array("{ é }".utf8)) }
    }

    @Test(
        "2.9.4 accepts code points and surrogate pairs, no lone surrogate",
        arguments: [#"\uD800"#, #"\uDC00\uD800"#, #"\u{D800}"#, #"\u{110000}"#])
    func surrogates(escape: String) {
        #expect(throws: GraphQLError.self) { try Parser.parse(Array("{ a(b: \"\(escape)\") }".utf8)) }
    }

    @Test("2.1.7 does not let a name follow a number")
    func numbers() {
        for text in ["0xF1", "1a", "1.5e3x", "0b10", "1."] {
            #expect(throws: GraphQLError.self) { try Parser.parse(Array("{ a(b: \(text)) }".utf8)) }
        }
    }

    @Test("2.2 describes operations, fragments and variables, but not the shorthand")
    func descriptions() throws {
        let document = try Parser.parse(Array("\"o\" query Q(\"v\" $v: Int) { a } \"\"\"f\"\"\" fragment F on T { a }".utf8))
        guard case .operation(let operation) = document.definitions[0], case .fragment(let fragment) = document.definitions[1] else {
            Issue.record("not an operation and a fragment")
            return
        }
        #expect(
            operation.description?.value == "o" && operation.variables[0].description?.value == "v" && fragment.description?.value == "f")
        #expect(throws: GraphQLError.self) { try Parser.parse(Array("\"o\" { a }".utf8)) }
    }

    @Test("2.8 accepts directives on variables")
    func variableDirectives() throws {
        let text = "directive @d on VARIABLE_DEFINITION type Query { a(b: Int): Int }"
        let source = Array("query ($v: Int @d) { a(b: $v) }".utf8)
        #expect(try Validator(schema: Self.schema(text)).validate(Parser.parse(source), source: source).isEmpty)
    }

    // MARK: Type system

    @Test("3.3 describes the schema")
    func schemaDescription() async throws {
        let answer = try await Self.introspect("{ __schema { description } }", "\"mine\" schema { query: Q } type Q { a: Int }")
        #expect(answer == #"{"data":{"__schema":{"description":"mine"}}}"#)
    }

    @Test("3.3.1 gives each operation a type of its own")
    func rootTypes() {
        #expect(
            Self.errors("schema { query: Q mutation: Q } type Q { a: Int }") == [
                "All root types must be different, \"Q\" type is used as query and mutation root types."
            ])
    }

    @Test("3.5 says what specifies a scalar")
    func specifiedBy() async throws {
        let answer = try await Self.introspect(
            "{ __type(name: \"S\") { specifiedByURL } }", "scalar S @specifiedBy(url: \"https://example.com/s\") type Query { a: S }")
        #expect(answer.contains("https://example.com/s"))
    }

    @Test("3.6 lets interfaces implement interfaces, all the way up")
    func interfaces() {
        let text = "interface A { a: Int } interface B implements A { a: Int b: Int } "
        #expect(Self.errors(text + "type Query implements B & A { a: Int b: Int }") == [])
        #expect(
            Self.errors(text + "type Query implements B { a: Int b: Int }") == [
                "Type Query must implement A because it is implemented by B."
            ])
    }

    @Test("3.6.2 deprecates arguments and input fields, required ones not")
    func deprecation() async throws {
        let text = "input I { a: Int @deprecated b: Int } type Query { f(x: Int @deprecated(reason: \"r\"), y: I): Int }"
        let query = "{ __type(name: \"I\") { few: inputFields { name } all: inputFields(includeDeprecated: true) { name isDeprecated } } }"
        #expect(
            try await Self.introspect(query, text)
                == #"{"data":{"__type":{"few":[{"name":"b"}],"all":[{"name":"a","isDeprecated":true},{"name":"b","isDeprecated":false}]}}}"#
        )
        #expect(Self.errors("type Query { f(x: Int! @deprecated): Int }").count == 1)
        #expect(Self.errors("type Query { f(x: Int! = 1 @deprecated): Int }") == [])
        #expect(Self.errors("type Query { f: Int @deprecated }") == [])
    }

    @Test("3.6 does not let an implementation deprecate a field that its interface does not")
    func deprecatedImplementation() {
        #expect(Self.errors("interface I { a: Int } type Query implements I { a: Int @deprecated }").count == 1)
        #expect(Self.errors("interface I { a: Int @deprecated } type Query implements I { a: Int }") == [])
    }

    @Test("3.10.1 has input objects with exactly one member given")
    func oneOf() async throws {
        let text = "input I @oneOf { a: Int b: String } type Query { f(i: I): Int }"
        #expect(try await Self.introspect("{ __type(name: \"I\") { isOneOf } }", text) == #"{"data":{"__type":{"isOneOf":true}}}"#)
        #expect(Self.errors("input I @oneOf { a: Int! } type Query { f(i: I): Int }") == ["OneOf input field I.a must be nullable."])
        #expect(
            Self.errors("input I @oneOf { a: Int = 1 } type Query { f(i: I): Int }") == [
                "OneOf input field I.a cannot have a default value."
            ])
        #expect(Self.errors("input I @oneOf { a: I } type Query { f(i: I): Int }") == [])
    }

    @Test("3.10 coerces defaults and lets none contain itself")
    func defaults() {
        #expect(Self.errors("type Query { f(a: Int = \"x\"): Int }").count == 1)
        #expect(Self.errors("input I { a: I = {} } type Query { f(i: I): Int }").count == 1)
        #expect(Self.errors("input I { a: I = { a: null } } type Query { f(i: I): Int }") == [])
    }

    @Test("3.11 coerces each item of a list of lists that is given flat")
    func lists() throws {
        let schema = try Self.schema("type Query { f(m: [[Int]]): Int }")
        let source = Array("query ($m: [[Int]]) { f(m: $m) }".utf8)
        let operation = try OperationDefinition.select(from: try Parser.parse(source), name: nil)
        let given = InputObject([InputObject.Member(name: "m", value: .list([.integer(1), .integer(2)]))])
        let values = try VariableCoercion.coerce(given, for: operation, schema: schema, source: source)
        #expect(values["m"] == .list([.list([.integer(1)]), .list([.integer(2)])]))
    }

    @Test("3.13 repeats directives that say so, and lets none refer to itself")
    func directives() {
        #expect(Self.errors("directive @d repeatable on OBJECT type Query @d @d { a: Int }") == [])
        #expect(Self.errors("directive @d on OBJECT type Query @d @d { a: Int }").count == 1)
        #expect(Self.errors("directive @d(a: Int @d) on ARGUMENT_DEFINITION type Query { a: Int }").count == 1)
    }

    @Test("4 introspects repeatable directives, their arguments and places, and the reason of @deprecated as never null")
    func introspection() async throws {
        let answer = try await Self.introspect(
            "{ __schema { directives { name isRepeatable locations args { name type { kind ofType { name } } defaultValue } } } }",
            "directive @d(a: Int = 1) repeatable on FIELD | VARIABLE_DEFINITION type Query { a: Int }")
        #expect(
            answer.contains(
                #"{"name":"d","isRepeatable":true,"locations":["FIELD","VARIABLE_DEFINITION"],"args":[{"name":"a","type":{"kind":"SCALAR","ofType":null},"defaultValue":"1"}]}"#
            ))
        #expect(
            answer.contains(
                #"{"name":"reason","type":{"kind":"NON_NULL","ofType":{"name":"String"}},"defaultValue":"\"No longer supported\""}"#))
    }

    // MARK: Validation

    @Test("5.2.4 does not let a subscription condition its root field, or select only introspection")
    func subscriptions() throws {
        let schema = try Self.schema("type Query { a: Int } type Subscription { a: Int b: Int }")
        for text in ["subscription { a @include(if: true) }", "subscription { __typename }", "subscription { a b }"] {
            let source = Array(text.utf8)
            #expect(try Validator(schema: schema).validate(Parser.parse(source), source: source).count == 1, "\(text)")
        }
    }

    @Test("5.6.1 checks members of @oneOf, and that variables for them are never null")
    func oneOfValues() throws {
        let schema = try Self.schema("input I @oneOf { a: Int b: String } type Query { f(i: I): Int }")
        for (text, count) in [
            ("{ f(i: {a: 1}) }", 0), ("{ f(i: {}) }", 1), ("{ f(i: {a: 1, b: \"x\"}) }", 1), ("{ f(i: {a: null}) }", 1),
            ("query ($v: Int) { f(i: {a: $v}) }", 1), ("query ($v: Int!) { f(i: {a: $v}) }", 0),
        ] {
            let source = Array(text.utf8)
            #expect(try Validator(schema: schema).validate(Parser.parse(source), source: source).count == count, "\(text)")
        }
    }

    @Test("appendix: names elements of a schema by coordinates")
    func coordinates() throws {
        let schema = try Self.schema("directive @d(a: Int) on FIELD enum E { A } input I { x: Int } type Query { f(i: I, e: E): Int }")
        for text in ["Query", "Query.f", "Query.f(i:)", "E.A", "I.x", "@d", "@d(a:)", "@skip(if:)"] {
            #expect(schema.contains(try #require(SchemaCoordinate(text))), "\(text)")
        }
    }
}
