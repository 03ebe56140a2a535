import GraphQL
import Testing

@Suite("A schema")
struct SchemaValidationTests {
    private static func messages(_ text: String) -> [String] {
        do {
            _ = try SchemaBuilder.build([SchemaSource(name: "test", text: Array(text.utf8))])
            return []
        } catch {
            return error.errors.map(RuleCheck.text)
        }
    }

    @Test(
        "is valid",
        arguments: [
            "interface I { a: [Int]! b: I } type Query implements I { a: [Int!]! b: Query }",
            "interface I { a(b: Int): Int } type Query implements I { a(b: Int, c: Int! = 1, d: Int): Int }",
            "interface I { a: Int @deprecated } type Query implements I { a: Int @deprecated }",
            "input I { a: [I!]! b: I } type Query { a(b: I): Int }",
            "input I { a: J = {} } input J { b: I = { a: null } } type Query { a(b: I): Int }",
            #"type Query { a: Int @deprecated(reason: "b") }"#,
            "directive @d(a: [I!] = null) on OBJECT input I { b: Int! = 1 } type Query @d(a: {}) { a: Int }",
            "input O @oneOf { a: Int } extend input O { b: Int } type Query { a(b: O): Int }",
            "directive @d on SCALAR scalar S extend scalar S @d type Query { a: S }",
            "directive @d(a: Int) repeatable on OBJECT type Query @d @d { a: Int }",
            "extend type Query { a: Int } type Query { b: Int }",
            #""""described""" schema { query: Query } type Query { a: Int }"#,
            "subscription { a } type Query { a: Int }",
            "interface I { a: Int } union U = Query type Query implements I { a: Int b: I c: U }",
        ])
    func accepts(text: String) {
        #expect(Self.messages(text) == [])
    }

    @Test(
        "is refused, with message and locations",
        arguments: [
            (
                "schema { query: Q mutation: Q } type Q { a: Int }",
                ["All root types must be different, \"Q\" type is used as query and mutation root types. (1:17) (1:29)"]
            ),
            (
                "type A { a: Int }",
                [
                    "Query root type must be provided."
                ]
            ),
            (
                "schema { query: Int }",
                [
                    "Query root type must be Object type, it cannot be Int. (1:17)"
                ]
            ),
            (
                "schema { query: Q } schema { query: Q } type Q { a: Int }",
                [
                    "Must provide only one schema definition. (1:21)",
                    "There can be only one query type in schema. (1:10) (1:30)",
                ]
            ),
            (
                "schema { query: Q query: R } type Q { a: Int } type R { a: Int }",
                [
                    "There can be only one query type in schema. (1:10) (1:19)"
                ]
            ),
            (
                "schema { query: Q } extend schema { query: R } type Q { a: Int } type R { a: Int }",
                [
                    "There can be only one query type in schema. (1:10) (1:37)"
                ]
            ),
            (
                "type Query",
                [
                    "Type Query must define one or more fields. (1:1)"
                ]
            ),
            (
                "type Query { }",
                [
                    #"Syntax Error: Expected Name, found "}". (1:14)"#
                ]
            ),
            (
                "type Query { __a: Int }",
                [
                    #"Name "__a" must not begin with "__", which is reserved by GraphQL introspection. (1:14)"#
                ]
            ),
            (
                "type Query { a(__b: Int): Int }",
                [
                    #"Name "__b" must not begin with "__", which is reserved by GraphQL introspection. (1:16)"#
                ]
            ),
            (
                "type __Q { a: Int } type Query { a: __Q }",
                [
                    #"Name "__Q" must not begin with "__", which is reserved by GraphQL introspection. (1:1)"#
                ]
            ),
            (
                "enum E { __A } type Query { a: E }",
                [
                    #"Name "__A" must not begin with "__", which is reserved by GraphQL introspection. (1:10)"#
                ]
            ),
            (
                "enum E { true } type Query { a: Int }",
                [
                    #"Syntax Error: Name "true" is reserved and cannot be used for an enum value. (1:10)"#
                ]
            ),
            (
                "enum E type Query { a: E }",
                [
                    "Enum type E must define one or more values. (1:1)"
                ]
            ),
            (
                "enum E { A A } type Query { a: E }",
                [
                    #"Enum value "E.A" can only be defined once. (1:10) (1:12)"#
                ]
            ),
            (
                "input I { __a: Int } type Query { a(b: I): Int }",
                [
                    #"Name "__a" must not begin with "__", which is reserved by GraphQL introspection. (1:11)"#
                ]
            ),
            (
                "input I type Query { a(b: I): Int }",
                [
                    "Input Object type I must define one or more fields. (1:1)"
                ]
            ),
            (
                "directive @__d on FIELD type Query { a: Int }",
                [
                    #"Name "__d" must not begin with "__", which is reserved by GraphQL introspection. (1:1)"#
                ]
            ),
            (
                "directive @d(__a: Int) on FIELD type Query { a: Int }",
                [
                    #"Name "__a" must not begin with "__", which is reserved by GraphQL introspection. (1:14)"#
                ]
            ),
            (
                "directive @d on NOWHERE type Query { a: Int }",
                [
                    #"Syntax Error: Unexpected Name "NOWHERE". (1:17)"#
                ]
            ),
            (
                "directive @d on FIELD directive @d on QUERY type Query { a: Int }",
                [
                    #"There can be only one directive named "@d". (1:12) (1:34)"#
                ]
            ),
            (
                "directive @d(a: Int @d) on ARGUMENT_DEFINITION type Query { a: Int }",
                [
                    #"Directive "@d" must not refer to itself. (1:1)"#
                ]
            ),
            (
                "directive @d(a: I) on INPUT_FIELD_DEFINITION input I { b: Int @d } type Query { a: Int }",
                [
                    #"Directive "@d" must not refer to itself. (1:1)"#
                ]
            ),
            (
                "type Query { a: Unknown b(c: Unkown): Int }",
                [
                    #"Unknown type "Unknown". (1:17)"#,
                    #"Unknown type "Unkown". (1:30)"#,
                ]
            ),
            (
                "type Query { a: Int a: Int }",
                [
                    #"Field "Query.a" can only be defined once. (1:14) (1:21)"#
                ]
            ),
            (
                "type Query { a(b: Int, b: Int): Int }",
                [
                    #"Argument "Query.a(b:)" can only be defined once. (1:16) (1:24)"#
                ]
            ),
            (
                "type Query { a: Int } type Query { b: Int }",
                [
                    #"There can be only one type named "Query". (1:6) (1:28)"#
                ]
            ),
            (
                "input I { a: Int a: Int } type Query { a(b: I): Int }",
                [
                    #"Field "I.a" can only be defined once. (1:11) (1:18)"#
                ]
            ),
            (
                "type Query { a: I } input I { a: Int }",
                [
                    "The type of Query.a must be Output Type but got: I. (1:17)"
                ]
            ),
            (
                "type Query { a(b: Query): Int }",
                [
                    "The type of Query.a(b:) must be Input Type but got: Query. (1:19)"
                ]
            ),
            (
                "input I { a: Query } type Query { a(b: I): Int }",
                [
                    "The type of I.a must be Input Type but got: Query. (1:14)"
                ]
            ),
            (
                "union U type Query { a: U }",
                [
                    "Union type U must define one or more member types. (1:1)"
                ]
            ),
            (
                "union U = A | A type A { a: Int } type Query { a: U }",
                [
                    "Union type U can only include type A once. (1:11) (1:15)"
                ]
            ),
            (
                "union U = Int type Query { a: U }",
                [
                    "Union type U can only include Object types, it cannot include Int. (1:11)"
                ]
            ),
            (
                "union U = I interface I { a: Int } type Query { a: U }",
                [
                    "Union type U can only include Object types, it cannot include I. (1:11)"
                ]
            ),
            (
                "interface I { a: Int } type Query implements I { b: Int }",
                [
                    "Interface field I.a expected but Query does not provide it. (1:15) (1:24)"
                ]
            ),
            (
                "interface I { a: Int } type Query implements I { a: String }",
                [
                    "Interface field I.a expects type Int but Query.a is type String. (1:18) (1:53)"
                ]
            ),
            (
                "interface I { a: Int! } type Query implements I { a: Int }",
                [
                    "Interface field I.a expects type Int! but Query.a is type Int. (1:18) (1:54)"
                ]
            ),
            (
                "interface I { a(b: Int): Int } type Query implements I { a: Int }",
                [
                    "Interface field argument I.a(b:) expected but Query.a does not provide it. (1:17) (1:58)"
                ]
            ),
            (
                "interface I { a(b: Int): Int } type Query implements I { a(b: String): Int }",
                [
                    "Interface field argument I.a(b:) expects type Int but Query.a(b:) is type String. (1:20) (1:63)"
                ]
            ),
            (
                "interface I { a(b: Int): Int } type Query implements I { a(b: Int, c: Int!): Int }",
                [
                    "Object field Query.a includes required argument c that is missing from the Interface field I.a. (1:68) (1:15)"
                ]
            ),
            (
                "interface I { a: Int } type Query implements I & I { a: Int }",
                [
                    "Type Query can only implement I once. (1:46) (1:50)"
                ]
            ),
            (
                "interface I implements I { a: Int } type Query { a: I }",
                [
                    "Type I cannot implement itself because it would create a circular reference. (1:24)"
                ]
            ),
            (
                "interface I implements J { a: Int } interface J { a: Int } type Query implements I { a: Int }",
                [
                    "Type Query must implement J because it is implemented by I. (1:24) (1:82)"
                ]
            ),
            (
                "interface I implements J { a: Int } interface J implements I { a: Int } type Query { a: I }",
                [
                    "Type I cannot implement J because it would create a circular reference. (1:60) (1:24)",
                    "Type J cannot implement I because it would create a circular reference. (1:24) (1:60)",
                ]
            ),
            (
                "type T { a: Int } type Query implements T { a: Int }",
                [
                    "Type Query must only implement Interface types, it cannot implement T. (1:41)"
                ]
            ),
            (
                "interface I { a: Int } type Query implements I { a: Int @deprecated }",
                [
                    "Interface field I.a is not deprecated, so implementation field Query.a must not be deprecated. (1:57) (1:53)"
                ]
            ),
            (
                "input I { a: I! } type Query { a(b: I): Int }",
                [
                    #"Cannot reference Input Object "I" within itself through a series of non-null fields: "a". (1:11)"#
                ]
            ),
            (
                "input I { a: J! } input J { b: [I!]! c: K! } input K { d: I! } type Query { a(b: I): Int }",
                [
                    #"Cannot reference Input Object "I" within itself through a series of non-null fields: "a.c.d". (1:11) (1:38) (1:56)"#
                ]
            ),
            (
                "input I { a: I = {} } type Query { a(b: I): Int }",
                [
                    "Invalid circular reference. The default value of Input Object field I.a references itself. (1:18)"
                ]
            ),
            (
                "input I { a: J = {} } input J { b: I = { a: {} } } type Query { a(b: I): Int }",
                [
                    "Invalid circular reference. The default value of Input Object field J.b references itself. (1:40)"
                ]
            ),
            (
                #"type Query { a(b: Int = "x"): Int }"#,
                [
                    #"Query.a(b:) has invalid default value: Int cannot represent non-integer value: "x" (1:25)"#
                ]
            ),
            (
                "type Query { a(b: Int! = null): Int }",
                [
                    #"Query.a(b:) has invalid default value: Expected value of type "Int!", found null. (1:26)"#
                ]
            ),
            (
                "type Query { a(b: [E!] = [A, C]): Int } enum E { A B }",
                [
                    #"Query.a(b:) has invalid default value: Value "C" does not exist in "E" enum. Did you mean the enum value "A" or "B"? (1:30)"#
                ]
            ),
            (
                "type Query { a(b: I = { c: 1, x: 2 }): Int } input I { c: Int! d: Int! }",
                [
                    #"Query.a(b:) has invalid default value: Field "I.d" of required type "Int!" was not provided. (1:23)"#,
                    #"Query.a(b:) has invalid default value: Field "x" is not defined by type "I". Did you mean "c" or "d"? (1:31)"#,
                ]
            ),
            (
                "input I { a: Int = 1.5 } type Query { a(b: I): Int }",
                [
                    "I.a has invalid default value: Int cannot represent non-integer value: 1.5 (1:20)"
                ]
            ),
            (
                "input I @oneOf { a: Int! b: Int = 1 } type Query { a(b: I): Int }",
                [
                    "OneOf input field I.a must be nullable. (1:21)",
                    "OneOf input field I.b cannot have a default value. (1:26)",
                ]
            ),
            (
                "type Query { a(b: Int! @deprecated): Int }",
                [
                    "Required argument Query.a(b:) cannot be deprecated. (1:24) (1:19)"
                ]
            ),
            (
                "input I { a: Int! @deprecated b: Int! = 1 @deprecated } type Query { a(b: I): Int }",
                [
                    "Required input field I.a cannot be deprecated. (1:19) (1:14)"
                ]
            ),
            (
                "type Query { a: Int @deprecated(reason: 1) @deprecated }",
                [
                    #"The directive "@deprecated" can only be used once at this location. (1:21) (1:44)"#
                ]
            ),
            (
                "type Query @unknown { a: Int @skip(if: true) }",
                [
                    #"Unknown directive "@unknown". (1:12)"#,
                    #"Directive "@skip" may not be used on FIELD_DEFINITION. (1:30)"#,
                ]
            ),
            (
                "directive @d(a: Int!) on OBJECT type Query @d { a: Int }",
                [
                    #"Directive "@d" argument "a" of type "Int!" is required, but it was not provided. (1:44)"#
                ]
            ),
            (
                "directive @d(a: Float, b: I) on OBJECT input I { c: [Float] } type Query @d(a: 1e999, b: {c: [1, -1e999]}) { a: Int }",
                [
                    "Float cannot represent a number this large: 1e999 (1:80)",
                    "I.c: Float cannot represent a number this large: -1e999 (1:98)",
                ]
            ),
            (
                "directive @d(a: Int!) on OBJECT type Query @d(a: 1, a: 2, b: 3) { a: Int }",
                [
                    #"Unknown argument "b" on directive "@d". Did you mean "a"? (1:59)"#,
                    #"There can be only one argument named "a". (1:47) (1:53)"#,
                ]
            ),
            (
                "directive @d(a: I) on OBJECT input I { x: Int } type Query @d(a: {x: 1, x: 2}) { a: Int }",
                [
                    #"There can be only one input field named "x". (1:67) (1:73)"#
                ]
            ),
            (
                "input O { a: Int } extend input O @oneOf type Query { a(b: O): Int }",
                [
                    #"Directive "@oneOf" may not be used on an extension of "O". (1:35)"#
                ]
            ),
            (
                "input O @oneOf { a: Int } extend input O { b: Int! c: Int = 1 } type Query { a(b: O): Int }",
                [
                    "OneOf input field O.b must be nullable. (1:47)", "OneOf input field O.c cannot have a default value. (1:52)",
                ]
            ),
            (
                "input O @oneOf { a: Int } extend input O @oneOf type Query { a(b: O): Int }",
                [
                    #"Directive "@oneOf" may not be used on an extension of "O". (1:42)"#,
                    #"The directive "@oneOf" can only be used once at this location. (1:9) (1:42)"#,
                ]
            ),
            (
                "type Query { a: Int @deprecated(reason: 1) b: Int @deprecated(reason: NO) c: Int @deprecated(reason: null) }",
                [
                    "String cannot represent a non string value: 1 (1:41)", "String cannot represent a non string value: NO (1:71)",
                    #"Expected value of type "String!", found null. (1:102)"#,
                ]
            ),
            (
                "scalar S @specifiedBy(url: 5) type Query { a: S }",
                [
                    "String cannot represent a non string value: 5 (1:28)"
                ]
            ),
            (
                "extend type A { a: Int } type Query { a: Int }",
                [
                    #"Cannot extend type "A" because it is not defined. (1:13)"#
                ]
            ),
            (
                "scalar A extend type A { a: Int } type Query { a: Int }",
                [
                    #"Cannot extend non-object type "A". (1:1) (1:10)"#
                ]
            ),
            (
                "extend enum E { A } enum E { A } type Query { a: E }",
                [
                    #"Enum value "E.A" can only be defined once. (1:17) (1:30)"#
                ]
            ),
            (
                #"scalar S @specifiedBy(url: "https://example.com") @specifiedBy(url: "x") type Query { a: S }"#,
                [
                    #"The directive "@specifiedBy" can only be used once at this location. (1:10) (1:51)"#
                ]
            ),
            (
                "type Query { a: Int",
                [
                    "Syntax Error: Expected Name, found <EOF>. (1:20)"
                ]
            ),
            (
                "type Query { a(b: Int = $c): Int }",
                [
                    #"Syntax Error: Unexpected variable "$c" in constant value. (1:25)"#
                ]
            ),
            (
                "type Query { a: [Int }",
                [
                    #"Syntax Error: Expected "]", found "}". (1:22)"#
                ]
            ),
        ])
    func refuses(text: String, messages: [String]) {
        #expect(Self.messages(text) == messages)
    }

    private static let everywhere =
        "SCHEMA | SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | INTERFACE | UNION | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION"

    /// A schema with a directive at every location, in definitions and extensions.
    private static let places = [
        "schema @d { query: Query } type Query { a: Int }", "extend schema @d type Query { a: Int }", "scalar S @d type Query { a: S }",
        "scalar S extend scalar S @d type Query { a: S }", "type Query @d { a: Int }", "type Query { a: Int } extend type Query @d",
        "type Query { a: Int @d }", "type Query { a: Int } extend type Query { b: Int @d }", "type Query { a(b: Int @d): Int }",
        "directive @e(a: Int @d) on FIELD type Query { a: Int }", "interface I @d { a: Int } type Query { a: I }",
        "interface I { a: Int @d } type Query { a: I }", "interface I { a(b: Int @d): Int } type Query { a: I }",
        "union U @d = Query type Query { a: U }", "enum E @d { A } type Query { a: E }", "enum E { A @d } type Query { a: E }",
        "enum E { A } extend enum E { B @d } type Query { a: E }", "input I @d { a: Int } type Query { a(b: I): Int }",
        "input I { a: Int @d } type Query { a(b: I): Int }", "input I { a: Int } extend input I { b: Int @d } type Query { a(b: I): Int }",
    ]

    @Test(
        "checks a directive's arguments wherever it is used",
        arguments: [
            ("a: Int!", "", #"Directive "@d" argument "a" of type "Int!" is required, but it was not provided."#),
            ("a: Int", "(b: 1)", #"Unknown argument "b" on directive "@d"."#),
            ("a: Int", "(a: \"1\")", #"Int cannot represent non-integer value: "1""#),
            ("a: Int! = 1", "(a: null)", #"Expected value of type "Int!", found null."#),
            ("a: [C!]", "(a: [X, null])", #"Value "X" does not exist in "C" enum."#),
            ("a: J", "(a: { k: true })", #"String cannot represent a non string value: true"#),
            ("a: J", "(a: {})", #"Field "J.k" of required type "String!" was not provided."#),
        ])
    func judgesDirectiveArguments(_ argument: String, _ given: String, _ message: String) {
        for place in Self.places {
            let types = " enum C { RED } input J { k: String! }"
            let text = place.replacing("@d", with: "@d\(given)") + " directive @d(\(argument)) on \(Self.everywhere)" + types
            #expect(Self.messages(text).first?.hasPrefix(message) == true, "\(text)")
        }
    }

    // MARK: Long chains

    @Test(
        "finds cycles of any length, and accepts chains of any length",
        arguments: [
            ("input", "input T# { a: T@! }", "input T# { a: Int }", "Cannot reference Input Object \"T0\" within itself"),
            (
                "default", "input T# { a: T@ = {} }", "input T# { a: Int }",
                "Invalid circular reference. The default value of Input Object field T0.a"
            ),
            (
                "directive", "directive @T#(a: Int @T@) on ARGUMENT_DEFINITION", "directive @T# on ARGUMENT_DEFINITION",
                "Directive \"@T0\" must not refer to itself."
            ),
        ])
    func longCycles(_ kind: String, _ link: String, _ last: String, _ message: String) {
        func text(_ count: Int, isCycle: Bool) -> String {
            let links = (0..<count).map { number in
                let next = isCycle && number == count - 1 ? 0 : number + 1
                return link.replacing("#", with: "\(number)").replacing("@T@", with: "@T\(next)").replacing("T@", with: "T\(next)")
            }
            return "type Query { a: Int }\n" + links.joined(separator: "\n") + "\n" + last.replacing("#", with: "\(count)")
        }
        for count in [1, 2, 1500, 5000] {
            #expect(Self.messages(text(count, isCycle: true)).first?.hasPrefix(message) == true, "\(kind) of \(count)")
            #expect(Self.messages(text(count, isCycle: false)) == [], "\(kind) of \(count)")
        }
    }

    @Test(
        "frees a chain of any length, whatever holds it",
        arguments: [
            ("input T# { a: T@ }", "input T# { a: Int }", "directive @d(a: T0) on FIELD"),
            ("type T# { a: T@ }", "type T# { a: Int }", "type H { a: T0 }"),
            ("interface T# { a: T@ }", "interface T# { a: Int }", "type H { a: T0 }"),
            ("union T# = O# type O# { a: T@ }", "type T# { a: Int }", "type H { a: T0 }"),
        ])
    func longChains(_ link: String, _ last: String, _ head: String) {
        let count = 20_000
        let links = (0..<count).map { link.replacing("#", with: "\($0)").replacing("T@", with: "T\($0 + 1)") }
        // From its end, so that the head goes last.
        let chain = ([last.replacing("#", with: "\(count)")] + links.reversed()).joined(separator: "\n")
        #expect(Self.messages("\(chain)\n\(head)\ntype Query { a: Int }") == [])
        #expect(Self.messages("\(chain)\n\(head)\ntype Query { a: Unknown }").count == 1)
        #expect(Self.messages("\(chain)\n\(head)\nscalar Query").count == 1)
    }

    @Test("frees types that refer to each other")
    func circles() throws {
        let text = """
            type Query implements I { a(b: N): U i: I } type A { a: Query } union U = A | Query interface I { i: I }
            input N { a: N }
            """
        var schema: Schema? = try SchemaBuilder.build([SchemaSource(name: "test", text: Array(text.utf8))])
        weak let query = schema?.queryType
        #expect(query?.field("a")?.type.namedType.name == "U")
        schema = nil
        #expect(query == nil)
    }

    @Test(
        "shows at most ten locations of a repeated name",
        arguments: [
            ("union U = # type A { a: U } type Query { a: U }", "A |", "Union type U can only include type A once."),
            ("interface A { a: Int } type Query implements # { a: Int }", "A &", "Type Query can only implement A once."),
            ("type Query implements # { a: Int }", "Query &", "Type Query must only implement Interface types, it cannot implement Query."),
        ])
    func repeatedNames(_ text: String, _ name: String, _ message: String) throws {
        for count in [2, 10, 11, 1000] {
            let names = Array(repeating: name, count: count).joined(separator: " ").dropLast(2)
            let source = SchemaSource(name: "test", text: Array(text.replacing("#", with: names).utf8))
            let errors = try #require(#expect(throws: SchemaErrors.self) { try SchemaBuilder.build([source]) }).errors
            #expect(errors.filter { $0.message == message }.count >= count - 1)
            #expect(errors.allSatisfy { $0.locations.count == min(count, 10) }, "\(count)")
        }
    }

    @Test("reports that a default nested in thousands of others is not kept")
    func deepDefaults() throws {
        func executable(_ count: Int) throws -> ExecutableSchema {
            let inputs = (0..<count).map { "input T\($0) { a: T\($0 + 1) = {} }" }.joined(separator: "\n")
            let text = inputs + " input T\(count) { a: Int } type Query { a(b: T0): Int }"
            let schema = try SchemaBuilder.build([SchemaSource(name: "test", text: Array(text.utf8))])
            return try ExecutableSchema(schema: schema, bindings: ["Query": ["a": .column("a", .int)]])
        }
        _ = try executable(1000)
        let errors = #expect(throws: ExecutableSchema.BindingErrors.self) { try executable(1001) }
        #expect(errors?.messages == ["A default of T0, that of a, nests too deeply."])
    }

    @Test("of several texts names the wrong one")
    func severalTexts() {
        let sources = [("one", "type Query { a: Int }"), ("two", "type T { a: Unknown }")].map {
            SchemaSource(name: $0.0, text: Array($0.1.utf8))
        }
        let errors = #expect(throws: SchemaErrors.self) { try SchemaBuilder.build(sources) }
        #expect(errors?.description == "two:1:13: Unknown type \"Unknown\".")
    }
}
