import GraphQL
import Testing

@Suite("A schema change")
struct SchemaComparisonTests {
    /// A schema, a later one, and the changes as `KIND element`.
    struct Case: Sendable, CustomTestStringConvertible {
        let old: String
        let new: String
        let expected: [String]

        init(_ old: String, _ new: String, _ expected: String...) {
            self.old = old
            self.new = new
            self.expected = expected
        }

        var testDescription: String { "\(old) → \(new)" }
    }

    static let breaking: [Case] = [
        Case("type Old { a: ID } schema { query: Query mutation: Old }", "type Old { a: ID }", "ROOT_TYPE_CHANGED schema"),
        Case(
            "type One { a: ID } type Two { a: ID } schema { query: Query mutation: One }",
            "type One { a: ID } type Two { a: ID } schema { query: Query mutation: Two }", "ROOT_TYPE_CHANGED schema"),
        Case("type Cat { a: ID }", "", "TYPE_REMOVED Cat"),
        Case("scalar Cat", "enum Cat { A }", "TYPE_CHANGED_KIND Cat"),
        Case("type Cat { a: ID }", "input Cat { a: ID }", "TYPE_CHANGED_KIND Cat"),
        Case(
            "type A { a: ID } type B { a: ID } union U = A | B", "type A { a: ID } type B { a: ID } union U = A",
            "TYPE_REMOVED_FROM_UNION U"),
        Case(
            "interface I { a: ID } type A implements I { a: ID }", "interface I { a: ID } type A { a: ID }",
            "IMPLEMENTED_INTERFACE_REMOVED A"),
        Case("enum E { A B }", "enum E { A }", "VALUE_REMOVED_FROM_ENUM E.B"),
        Case("type A { a: ID b: ID }", "type A { a: ID }", "FIELD_REMOVED A.b"),
        Case("interface A { a: ID b: ID }", "interface A { a: ID }", "FIELD_REMOVED A.b"),
        Case("input A { a: ID b: ID }", "input A { a: ID }", "FIELD_REMOVED A.b"),
        Case("type A { a: ID }", "type A { a: Int }", "FIELD_CHANGED_KIND A.a"),
        Case("type A { a: ID! }", "type A { a: ID }", "FIELD_CHANGED_KIND A.a"),
        Case("type A { a: [ID!]! }", "type A { a: [ID]! }", "FIELD_CHANGED_KIND A.a"),
        Case("type A { a: [ID] }", "type A { a: ID }", "FIELD_CHANGED_KIND A.a"),
        Case("type A { a: ID }", "type A { a: [ID] }", "FIELD_CHANGED_KIND A.a"),
        Case("input A { a: ID }", "input A { a: ID! }", "FIELD_CHANGED_KIND A.a"),
        Case("input A { a: ID }", "input A { a: [ID] }", "FIELD_CHANGED_KIND A.a"),
        Case("input A { a: [ID] }", "input A { a: [ID!] }", "FIELD_CHANGED_KIND A.a"),
        Case("input A { a: ID }", "input A { a: ID b: ID! }", "REQUIRED_INPUT_FIELD_ADDED A.b"),
        Case("input A { a: ID! = 1 }", "input A { a: ID! }", "INPUT_FIELD_BECAME_REQUIRED A.a"),
        Case("input A { a: ID b: ID }", "input A @oneOf { a: ID b: ID }", "ONE_OF_ADDED A"),
        Case("type A { a: ID }", "type A { a(x: ID!): ID }", "REQUIRED_ARG_ADDED A.a(x:)"),
        Case("type A { a(x: ID): ID }", "type A { a: ID }", "ARG_REMOVED A.a(x:)"),
        Case("type A { a(x: ID): ID }", "type A { a(x: Int): ID }", "ARG_CHANGED_KIND A.a(x:)"),
        Case("type A { a(x: ID): ID }", "type A { a(x: ID!): ID }", "ARG_CHANGED_KIND A.a(x:)"),
        Case("type A { a(x: ID! = 1): ID }", "type A { a(x: ID!): ID }", "ARG_BECAME_REQUIRED A.a(x:)"),
        Case("directive @d on FIELD", "", "DIRECTIVE_REMOVED @d"),
        Case("directive @d(x: ID) on FIELD", "directive @d on FIELD", "DIRECTIVE_ARG_REMOVED @d(x:)"),
        Case("directive @d on FIELD", "directive @d(x: ID!) on FIELD", "REQUIRED_DIRECTIVE_ARG_ADDED @d(x:)"),
        Case("directive @d(x: ID) on FIELD", "directive @d(x: Int) on FIELD", "ARG_CHANGED_KIND @d(x:)"),
        Case("directive @d repeatable on FIELD", "directive @d on FIELD", "DIRECTIVE_REPEATABLE_REMOVED @d"),
        Case("directive @d on FIELD | QUERY", "directive @d on FIELD", "DIRECTIVE_LOCATION_REMOVED @d"),
    ]

    static let dangerous: [Case] = [
        Case(
            "type A { a: ID } type B { a: ID } union U = A", "type A { a: ID } type B { a: ID } union U = A | B", "TYPE_ADDED_TO_UNION U"),
        Case(
            "interface I { a: ID } type A { a: ID }", "interface I { a: ID } type A implements I { a: ID }",
            "IMPLEMENTED_INTERFACE_ADDED A"),
        Case("enum E { A }", "enum E { A B }", "VALUE_ADDED_TO_ENUM E.B"),
        Case("input A { a: ID }", "input A { a: ID b: ID }", "OPTIONAL_INPUT_FIELD_ADDED A.b"),
        Case("input A { a: ID }", "input A { a: ID b: ID! = 1 }", "OPTIONAL_INPUT_FIELD_ADDED A.b"),
        Case("input A { a: ID = 1 }", "input A { a: ID = 2 }", "INPUT_FIELD_DEFAULT_VALUE_CHANGE A.a"),
        Case("input A { a: ID = 1 }", "input A { a: ID }", "INPUT_FIELD_DEFAULT_VALUE_CHANGE A.a"),
        Case("type A { a: ID }", "type A { a(x: ID): ID }", "OPTIONAL_ARG_ADDED A.a(x:)"),
        Case("type A { a: ID }", "type A { a(x: ID! = 1): ID }", "OPTIONAL_ARG_ADDED A.a(x:)"),
        Case("type A { a(x: ID = 1): ID }", "type A { a(x: ID = 2): ID }", "ARG_DEFAULT_VALUE_CHANGE A.a(x:)"),
        Case("type A { a(x: ID = 1): ID }", "type A { a(x: ID): ID }", "ARG_DEFAULT_VALUE_CHANGE A.a(x:)"),
        Case("type A { a: ID }", "type A { a: ID @role(of: A) }", "APPLIED_DIRECTIVES_CHANGED A.a"),
        Case("type A { a: ID @role(of: A) }", "type A { a: ID @role(of: B) }", "APPLIED_DIRECTIVES_CHANGED A.a"),
        Case("type A { a: ID @role(of: A) }", "type A { a: ID }", "APPLIED_DIRECTIVES_CHANGED A.a"),
        Case(#"scalar A @specifiedBy(url: "https://a.example")"#, "scalar A", "APPLIED_DIRECTIVES_CHANGED A"),
    ]

    static let safe: [Case] = [
        Case("type Old { a: ID }", "type Old { a: ID } schema { query: Query mutation: Old }", "ROOT_TYPE_ADDED schema"),
        Case("", "type Cat { a: ID }", "TYPE_ADDED Cat"),
        Case("type A { a: ID }", "type A { a: ID b: ID! }", "FIELD_ADDED A.b"),
        Case("type A { a: [ID] }", "type A { a: [ID!]! }", "FIELD_CHANGED_KIND_SAFE A.a"),
        Case("input A { a: [ID!]! }", "input A { a: [ID] }", "FIELD_CHANGED_KIND_SAFE A.a"),
        Case("input A @oneOf { a: ID b: ID }", "input A { a: ID b: ID }", "ONE_OF_REMOVED A"),
        Case("type A { a(x: [ID!]!): ID }", "type A { a(x: [ID]): ID }", "ARG_CHANGED_KIND_SAFE A.a(x:)"),
        Case("type A { a(x: ID): ID }", "type A { a(x: ID = 1): ID }", "ARG_DEFAULT_VALUE_ADDED A.a(x:)"),
        Case("type A { a(x: ID!): ID }", "type A { a(x: ID! = 1): ID }", "ARG_DEFAULT_VALUE_ADDED A.a(x:)"),
        Case("input A { a: ID }", "input A { a: ID = 1 }", "INPUT_FIELD_DEFAULT_VALUE_ADDED A.a"),
        Case("", "directive @d on FIELD", "DIRECTIVE_ADDED @d"),
        Case("directive @d on FIELD", "directive @d(x: ID) on FIELD", "OPTIONAL_DIRECTIVE_ARG_ADDED @d(x:)"),
        Case("directive @d on FIELD", "directive @d repeatable on FIELD", "DIRECTIVE_REPEATABLE_ADDED @d"),
        Case("directive @d on FIELD", "directive @d on FIELD | QUERY", "DIRECTIVE_LOCATION_ADDED @d"),
        Case("type A { a: ID }", #"type A { a: ID @deprecated(reason: "use b") }"#, "DEPRECATION_CHANGED A.a"),
        Case("enum E { A B @deprecated }", "enum E { A B }", "DEPRECATION_CHANGED E.B"),
        Case("type A { a(x: ID): ID }", "type A { a(x: ID @deprecated): ID }", "DEPRECATION_CHANGED A.a(x:)"),
        Case("type A { a: ID }", #""New." type A { a: ID }"#, "DESCRIPTION_CHANGED A"),
        Case("type A { a: ID }", #"type A { "New." a: ID }"#, "DESCRIPTION_CHANGED A.a"),
        Case("enum E { A }", #"enum E { "New." A }"#, "DESCRIPTION_CHANGED E.A"),
    ]

    @Test("breaks documents, variables or readers of answers", arguments: breaking)
    func breaks(given: Case) throws { try check(given, .breaking) }

    @Test("may surprise", arguments: dangerous)
    func surprises(given: Case) throws { try check(given, .dangerous) }

    @Test("goes unnoticed", arguments: safe)
    func passes(given: Case) throws { try check(given, .safe) }

    @Test("is tested for every kind")
    func everyKind() {
        let tried = Set((Self.breaking + Self.dangerous + Self.safe).flatMap(\.expected).map { $0.prefix { $0 != " " } })
        #expect(SchemaChange.Kind.allCases.map(\.rawValue).filter { !tried.contains($0[...]) } == [])
    }

    @Test(
        "is none if only order or formatting differs",
        arguments: [
            ("type A { a: ID b: ID }", "type A { b: ID a: ID }"), ("enum E { A B }", "enum E { B A }"),
            (
                "input I { a: ID b: ID } type A { a(x: I = { a: 1, b: 2 }): ID }",
                "input I { b: ID a: ID } type A { a(x: I = { b: 2 a: 1 }): ID }"
            ),
            ("type A { a: ID @role(of: A, to: B) }", "type A { a: ID @role(to: B, of: A) }"),
            ("type A { a: ID }", "type A extend type A { a: ID }"),
        ])
    func sameMeaning(old: String, new: String) throws {
        #expect(try changes(old, old) == [])
        #expect(try changes(old, new) == [])
    }

    @Test("and its reverse concern the same elements", arguments: breaking + dangerous + safe)
    func back(given: Case) throws {
        let (forth, back) = (try changes(given.old, given.new), try changes(given.new, given.old))
        #expect(forth.map(\.element) == back.map(\.element))
    }

    private func check(_ given: Case, _ impact: SchemaChange.Impact) throws {
        let found = try changes(given.old, given.new)
        #expect(found.map { "\($0.kind.rawValue) \($0.element)" } == given.expected)
        #expect(found.allSatisfy { $0.impact == impact && !$0.event.isEmpty })
    }

    private func changes(_ old: String, _ new: String) throws -> [SchemaChange] {
        SchemaComparison.changes(from: try schema(old), to: try schema(new))
    }

    private func schema(_ text: String) throws -> Schema {
        let common = """
            type Query { a: ID } enum Role { A B }
            directive @role(of: Role, to: Role) on FIELD_DEFINITION

            """
        return try SchemaBuilder.build([SchemaSource(name: "test", text: Array((common + text).utf8))])
    }
}
