import GraphQL
import Testing

@Suite struct SchemaPrinterTests {
    @Test("A canonical text prints unchanged")
    func roundTrip() throws {
        let text = #"""
            directive @hasRole(roles: [String!] = ["USER"]) repeatable on FIELD_DEFINITION | OBJECT

            """The root"""
            type Query implements Node & Named {
              id: ID!
              """A name"""
              name(
                """How long"""
                length: Int = 3
                all: Boolean
              ): String @hasRole(roles: ["A"])
              pet(by: Filter, color: Color = RED): Pet @deprecated(reason: "Old")
            }

            interface Node {
              id: ID!
            }

            interface Named implements Node {
              id: ID!
            }

            union Pet = Query

            enum Color {
              """Warm"""
              RED
              BLUE @deprecated
            }

            input Filter @oneOf {
              a: [Int!]
              b: Color
            }

            scalar Time @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc3339")

            """#
        let schema = try SchemaBuilder.build([SchemaSource(name: "test", text: Array(text.utf8))])
        #expect(SchemaPrinter.text(schema) == text)
    }
}
