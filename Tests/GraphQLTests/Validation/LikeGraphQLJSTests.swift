import GraphQL
import Testing

/// Where the specification leaves a choice, we make graphql-js's.
@Suite("Like graphql-js, the validator")
struct LikeGraphQLJSTests {
    private static let schema = """
        type Query { dog(name: String!): Dog color(is: Color): Int }
        type Dog { name: String age: Int owner: Dog }
        enum Color { RED GREEN }
        """

    private static func messages(_ query: String, schema: String = schema) throws -> [String] {
        let schema = try SchemaBuilder.build([SchemaSource(name: "test", text: Array(schema.utf8))])
        let source = Array(query.utf8)
        return Validator(schema: schema).validate(try Parser.parse(source), source: source).map(\.message)
    }

    @Test("takes the last of several fragments with the same name")
    func lastFragment() throws {
        let query = "query($n: String!) { ...F } fragment F on Query { dog(name: $n) { age } } fragment F on Query { color }"
        #expect(try Self.messages(query) == ["There can be only one fragment named \"F\".", "Variable \"$n\" is never used."])
    }

    @Test("locates a variable at its name, whatever stands between it and the dollar sign")
    func duplicateVariable() throws {
        let messages = try RuleCheck.messages("query($a: Color, $ a: Color) { dog { age } }", rule: "UniqueVariableNames")
        #expect(messages == ["There can be only one variable named \"$a\". (1:8) (1:20)"])
    }

    @Test("visits nested selections last when it reports which fragments form a cycle")
    func cycleOrder() throws {
        let messages = try RuleCheck.messages(
            "fragment A on Human { friends { ...B } friends { ...C } } fragment B on Human { ...C } fragment C on Human { ...B }",
            rule: "NoFragmentCycles")
        #expect(messages.map { $0.prefix(while: { $0 != "(" }) } == ["Cannot spread fragment \"C\" within itself via \"B\". "])
    }

    @Test("orders the types for an inline fragment by their uses")
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

    @Test("reports no error for the default of a variable without an input type")
    func outputVariable() throws {
        #expect(
            try Self.messages("query($d: Dog = {}) { color }") == [
                "Variable \"$d\" cannot be non-input type \"Dog\".", "Variable \"$d\" is never used.",
            ])
    }
}
