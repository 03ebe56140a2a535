import GraphQL

/// Schema texts: built alone, and on top of a schema with something of every kind, so that extensions find their types.
enum SchemaTarget: FuzzTarget {
    private static let base = SchemaSource(
        name: "base",
        text: Array(
            """
            directive @mark(text: String = "a", level: Level! = LOW) repeatable on OBJECT | FIELD_DEFINITION | ENUM | INPUT_OBJECT
            scalar Moment @specifiedBy(url: "https://example.com")
            enum Level { LOW HIGH @deprecated }
            interface Named { name: String }
            interface Labelled implements Named { name: String label(short: Boolean = false): String }
            type Query { thing(filter: Filter, at: Moment): Thing things: [Union!]! }
            type Mutation { change(input: Filter!): Thing }
            type Thing implements Labelled & Named @mark { name: String label(short: Boolean = false): String parent: Thing }
            type Other { level: Level! }
            union Union = Thing | Other
            input Filter { text: String = "x" level: Level = LOW and: [Filter!] size: Int! = 1 choice: Choice }
            input Choice @oneOf { first: ID second: Moment }
            """.utf8))

    static func run(_ input: [UInt8]) {
        let source = SchemaSource(name: "input", text: input)
        build([source], PlainLines(input))
        build([base, source], nil)
    }

    /// - Parameter lines: Of the only source; nil if locations may be in another one.
    private static func build(_ sources: [SchemaSource], _ lines: PlainLines?) {
        let schema: Schema
        do {
            schema = try SchemaBuilder.build(sources)
        } catch {
            expect(!error.errors.isEmpty, "a schema is refused without reason")
            for error in error.errors {
                expect(!error.message.isEmpty, "an error says nothing")
                guard let lines else { continue }
                for location in error.locations { expect(lines.contain(location), "an error is placed at \(location): \(error.message)") }
            }
            return
        }
        let text = SchemaPrinter.text(schema)
        do {
            let again = try SchemaBuilder.build([SchemaSource(name: "printed", text: Array(text.utf8))])
            expect(SchemaPrinter.text(again) == text, "a printed schema prints differently:\n\(text)\n---\n\(SchemaPrinter.text(again))")
        } catch {
            expect(false, "a printed schema does not build: \(error)\n\(text)")
        }
    }
}
