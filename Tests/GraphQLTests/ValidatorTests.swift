import GraphQL
import Testing

@Suite struct ValidatorTests {
    private static let schema = """
        type Query { dog(name: String!): Dog pet: Pet color(is: Color): Int find(by: Filter): Int }
        interface Pet { name: String }
        type Dog implements Pet { name: String age: Int owner: Dog }
        type Cat implements Pet { name: String }
        enum Color { RED GREEN }
        input Filter { id: ID! tags: [String!] }
        """

    @Test(
        "A document that breaks a rule is refused, in the words of graphql-js",
        arguments: [
            ("{ dogs }", ["Cannot query field \"dogs\" on type \"Query\". Did you mean \"dog\"?"]),
            ("{ dog(name: 1) { age } }", ["String cannot represent a non string value: 1"]),
            ("{ dog { age } }", ["Field \"dog\" argument \"name\" of type \"String!\" is required, but it was not provided."]),
            ("{ color(is: REDD) }", ["Value \"REDD\" does not exist in \"Color\" enum. Did you mean the enum value \"RED\"?"]),
            ("{ find(by: {}) }", ["Field \"Filter.id\" of required type \"ID!\" was not provided."]),
            ("{ pet }", ["Field \"pet\" of type \"Pet\" must have a selection of subfields. Did you mean \"pet { ... }\"?"]),
            ("query($a: Int) { color }", ["Variable \"$a\" is never used."]),
            ("{ color(is: $c) }", ["Variable \"$c\" is not defined."]),
            ("{ color @nope }", ["Unknown directive \"@nope\"."]),
            ("{ ...F }", ["Unknown fragment \"F\"."]),
            ("{ color } fragment F on Dog { age }", ["Fragment \"F\" is never used."]),
            ("mutation { a }", ["The mutation operation is not supported by the schema."]),
            (
                "{ pet { name name: __typename } }",
                [
                    "Fields \"name\" conflict because \"name\" and \"__typename\" are different fields. Use different aliases on the fields to fetch both if this was intentional."
                ]
            ),
            ("{ pet { ...F } } fragment F on Pet { ...F }", ["Cannot spread fragment \"F\" within itself."]),
            (
                "query($d: Dog = {}) { color }",
                ["Variable \"$d\" cannot be non-input type \"Dog\".", "Variable \"$d\" is never used."]
            ),
            ("{ __schema { types { fields(includeDeprecated: null) { name } } } }", ["Expected value of type \"Boolean!\", found null."]),
            (
                "{ pet { ...F } } fragment F on Pet { name } fragment F on Pet { nme }",
                ["There can be only one fragment named \"F\".", "Cannot query field \"nme\" on type \"Pet\". Did you mean \"name\"?"]
            ),
        ])
    func refuses(query: String, messages: [String]) throws {
        #expect(try Self.messages(query) == messages)
    }

    @Test(
        "A valid document has no errors",
        arguments: [
            "{ dog(name: \"a\") { age owner { name } } pet { name ... on Cat { name } } __typename }",
            "query($n: String!, $f: Filter) { dog(name: $n) { age } find(by: $f) __schema { types { name } } }",
        ])
    func accepts(query: String) throws {
        #expect(try Self.messages(query) == [])
    }

    @Test("Of several fragments of one name the last counts, as in graphql-js")
    func lastFragment() throws {
        let query = "query($n: String!) { ...F } fragment F on Query { dog(name: $n) { age } } fragment F on Query { color }"
        #expect(
            try Self.messages(query) == ["There can be only one fragment named \"F\".", "Variable \"$n\" is never used."])
    }

    @Test("A variable is placed at its name, whatever stands between it and the dollar sign")
    func duplicateVariable() throws {
        let source = Array("query($a: Color, $ a: Color) { color(is: $a) }".utf8)
        let schema = try SchemaBuilder.build([SchemaSource(name: "test", text: Array(Self.schema.utf8))])
        let errors = Validator(schema: schema, rules: ["UniqueVariableNames"]).validate(try Parser.parse(source), source: source)
        #expect(errors.map { $0.locations.map(\.column) } == [[8, 20]])
    }

    @Test("Which cycle is reported follows the order in which graphql-js looks")
    func cycleOrder() throws {
        let source = Array("fragment A on Dog { owner { ...B } owner { ...C } } fragment B on Dog { ...C } fragment C on Dog { ...B }".utf8)
        let schema = try SchemaBuilder.build([SchemaSource(name: "test", text: Array(Self.schema.utf8))])
        let errors = Validator(schema: schema, rules: ["NoFragmentCycles"]).validate(try Parser.parse(source), source: source)
        #expect(errors.map(\.message) == ["Cannot spread fragment \"C\" within itself via \"B\"."])
    }

    @Test(
        "A subscription's root has one field, and no condition",
        arguments: [
            ("subscription { a }", []),
            ("subscription S { a b }", ["Subscription \"S\" must select only one top level field."]),
            (
                "subscription { a @include(if: true) b }",
                ["Anonymous Subscription must not use `@skip` or `@include` directives in the top level selection."]
            ),
            (
                "subscription { ... @skip(if: false) { a } }",
                ["Anonymous Subscription must not use `@skip` or `@include` directives in the top level selection."]
            ),
            ("subscription { __typename }", ["Anonymous Subscription must not select an introspection top level field."]),
        ])
    func subscriptions(query: String, messages: [String]) throws {
        let text = "type Query { a: Int } type Subscription { a: Int b: Int }"
        #expect(try Self.messages(query, schema: text) == messages)
    }

    @Test("Types to use an inline fragment on come in the order of graphql-js")
    func suggestedTypes() throws {
        let text = """
            type Query { a: A }
            interface A { a: Int } interface Id { id: ID } interface Source { id: ID }
            type Contact implements A & Id { a: Int id: ID }
            type Organization implements A & Id { a: Int id: ID }
            type Social implements A & Id & Source { a: Int id: ID }
            """
        #expect(
            try Self.messages("{ a { id } }", schema: text) == [
                "Cannot query field \"id\" on type \"A\". Did you mean to use an inline fragment on \"Id\", \"Contact\", \"Organization\", \"Source\", or \"Social\"?"
            ])
    }

    @Test("Errors end at the limit")
    func limitsErrors() throws {
        let messages = try Self.messages("{" + String(repeating: " x", count: 500) + "}")
        #expect(messages.count == 101)
        #expect(messages.last == "Too many validation errors, error limit reached. Validation aborted.")
    }

    @Test(
        "A schema that breaks a rule is refused",
        arguments: [
            ("type A { a: Int }", "Query root type must be provided."),
            ("type Query { a: Itn }", "Unknown type \"Itn\". Did you mean \"Int\" or \"ID\"?"),
            ("type Query { a: Int a: Int }", "Field \"Query.a\" can only be defined once."),
            ("type Query { a: I } input I { a: Int }", "The type of Query.a must be Output Type but got: I."),
            ("type Query { a: Int } extend type B { a: Int }", "Cannot extend type \"B\" because it is not defined."),
            ("type Query implements I { b: Int } interface I { a: Int }", "Interface field I.a expected but Query does not provide it."),
            (
                "type Query implements I { a: Int @deprecated } interface I { a: Int }",
                "Interface field I.a is not deprecated, so implementation field Query.a must not be deprecated."
            ),
        ])
    func refusesSchema(text: String, message: String) {
        let errors = #expect(throws: SchemaErrors.self) { try SchemaBuilder.build([SchemaSource(name: "test", text: Array(text.utf8))]) }
        #expect(errors?.errors.map(\.message) == [message])
    }

    private static func messages(_ query: String, schema: String = schema) throws -> [String] {
        let schema = try SchemaBuilder.build([SchemaSource(name: "test", text: Array(schema.utf8))])
        let source = Array(query.utf8)
        return Validator(schema: schema).validate(try Parser.parse(source), source: source).map(\.message)
    }
}
