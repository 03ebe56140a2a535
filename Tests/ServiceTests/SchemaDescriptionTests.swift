import CustomerOS
import GraphQL
import Testing

@Suite("The descriptions of the schema")
struct SchemaDescriptionTests {
    @Test("exist for every element, the schema itself included")
    func everyElement() throws {
        let schema = try API.executableSchema().schema
        let missing = Self.texts(of: schema).filter { ($0.description ?? "").isEmpty && !$0.coordinate.hasPrefix("__") }
        #expect(missing.map(\.coordinate) == [])
    }

    // Markdown treats a single line break as a space, but many tools that show descriptions do not.
    @Test("have one line per paragraph, and an empty line between two")
    func paragraphs() throws {
        let texts = Self.texts(of: try API.executableSchema().schema)
        let broken = texts.filter { Self.hasSoftBreak($0.description ?? "") || Self.hasSoftBreak($0.deprecationReason ?? "") }
        #expect(broken.map(\.coordinate) == [])
    }

    @Test(
        "break softly only between two lines of text",
        arguments: [
            ("one line", false), ("one\ntwo", true), ("one\n\ntwo", false), ("one\n\ntwo\nthree", true), ("one:\n\n- two\n- three", false),
            ("- one\n  goes on", true), ("", false),
        ])
    func softBreak(text: String, isBroken: Bool) {
        #expect(Self.hasSoftBreak(text) == isBroken)
    }

    private struct Text {
        let coordinate: String
        let description: String?
        var deprecationReason: String?
    }

    private static func hasSoftBreak(_ text: String) -> Bool {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return zip(lines, lines.dropFirst()).contains { !$0.isEmpty && !$1.isEmpty && !$1.hasPrefix("- ") }
    }

    private static func texts(of schema: Schema) -> [Text] {
        var texts = [Text(coordinate: "schema", description: schema.description)]
        func add(_ coordinate: SchemaCoordinate, _ description: String?, _ reason: String? = nil) {
            texts.append(Text(coordinate: "\(coordinate)", description: description, deprecationReason: reason))
        }
        func add(_ fields: [FieldDefinition], of type: NamedType) {
            for field in fields {
                add(.member(type: type.name, name: field.name), field.description, field.deprecationReason)
                for argument in field.arguments {
                    add(
                        .argument(type: type.name, field: field.name, name: argument.name), argument.description,
                        argument.deprecationReason)
                }
            }
        }
        for type in schema.types {
            add(.type(type.name), type.description)
            switch type {
            case .object(let object): add(object.fields, of: type)
            case .interface(let interface): add(interface.fields, of: type)
            case .inputObject(let object):
                for field in object.fields { add(.member(type: type.name, name: field.name), field.description, field.deprecationReason) }
            case .enumeration(let enumeration):
                for value in enumeration.values {
                    add(.member(type: type.name, name: value.name), value.description, value.deprecationReason)
                }
            case .scalar, .union: break
            }
        }
        for directive in schema.directives {
            add(.directive(directive.name), directive.description)
            for argument in directive.arguments {
                add(.directiveArgument(directive: directive.name, name: argument.name), argument.description, argument.deprecationReason)
            }
        }
        return texts
    }
}
