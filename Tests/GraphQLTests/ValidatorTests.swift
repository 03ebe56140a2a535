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
        ])
    func refusesSchema(text: String, message: String) {
        let errors = #expect(throws: SchemaErrors.self) { try SchemaBuilder.build([SchemaSource(name: "test", text: Array(text.utf8))]) }
        #expect(errors?.errors.map(\.message) == [message])
    }

    private static func messages(_ query: String) throws -> [String] {
        let schema = try SchemaBuilder.build([SchemaSource(name: "test", text: Array(schema.utf8))])
        let source = Array(query.utf8)
        return Validator(schema: schema).validate(try Parser.parse(source), source: source).map(\.message)
    }
}
