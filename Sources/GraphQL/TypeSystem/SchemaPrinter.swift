/// Prints schemas in the canonical form: types in their order, descriptions as block strings, two blanks of indentation.
public enum SchemaPrinter {
    /// Without the introspection types and what every schema has.
    public static func print(_ schema: Schema) -> String {
        var blocks: [String] = []
        for directive in schema.directives where !IntrospectionSchema.builtInDirectives.contains(directive.name) {
            blocks.append(text(directive))
        }
        for type in schema.types where !type.name.hasPrefix("__") && !IntrospectionSchema.builtInScalars.contains(type.name) {
            blocks.append(text(type))
        }
        return blocks.joined(separator: "\n\n") + "\n"
    }

    private static func text(_ directive: DirectiveDefinition) -> String {
        description(directive.description, "") + "directive @\(directive.name)" + arguments(directive.arguments, "")
            + (directive.isRepeatable ? " repeatable" : "") + " on " + directive.locations.joined(separator: " | ")
    }

    private static func text(_ type: NamedType) -> String {
        let head = description(type.description, "")
        switch type {
        case .scalar(let scalar): return head + "scalar \(scalar.name)" + applied(scalar.appliedDirectives)
        case .object(let object):
            return head + "type \(object.name)" + implements(object.interfaces) + applied(object.appliedDirectives) + fields(object.fields)
        case .interface(let interface):
            return head + "interface \(interface.name)" + implements(interface.interfaces) + applied(interface.appliedDirectives)
                + fields(interface.fields)
        case .union(let union):
            return head + "union \(union.name)" + applied(union.appliedDirectives) + " = "
                + union.members.map(\.name).joined(separator: " | ")
        case .enumeration(let enumeration):
            let values = enumeration.values.map { description($0.description, "  ") + "  \($0.name)" + applied($0.appliedDirectives) }
            return head + "enum \(enumeration.name)" + applied(enumeration.appliedDirectives) + block(values)
        case .inputObject(let input):
            let fields = input.fields.map { description($0.description, "  ") + "  " + inputValue($0) }
            return head + "input \(input.name)" + applied(input.appliedDirectives) + block(fields)
        }
    }

    private static func implements(_ interfaces: [InterfaceType]) -> String {
        interfaces.isEmpty ? "" : " implements " + interfaces.map(\.name).joined(separator: " & ")
    }

    private static func fields(_ fields: [FieldDefinition]) -> String {
        block(
            fields.map {
                description($0.description, "  ") + "  \($0.name)" + arguments($0.arguments, "  ") + ": \($0.type)"
                    + applied($0.appliedDirectives)
            })
    }

    private static func block(_ lines: [String]) -> String {
        lines.isEmpty ? "" : " {\n" + lines.joined(separator: "\n") + "\n}"
    }

    private static func arguments(_ arguments: [InputValueDefinition], _ indentation: String) -> String {
        if arguments.isEmpty { return "" }
        if arguments.allSatisfy({ $0.description == nil }) { return "(" + arguments.map(inputValue).joined(separator: ", ") + ")" }
        let lines = arguments.map { description($0.description, indentation + "  ") + indentation + "  " + inputValue($0) }
        return "(\n" + lines.joined(separator: "\n") + "\n\(indentation))"
    }

    private static func inputValue(_ value: InputValueDefinition) -> String {
        "\(value.name): \(value.type)" + (value.defaultLiteral.map { " = " + ValueText.of($0) } ?? "") + applied(value.appliedDirectives)
    }

    private static func applied(_ directives: [Directive]) -> String {
        directives.map { directive in
            let arguments = directive.arguments.map { "\($0.name.value): \(ValueText.of($0.value))" }
            return " @\(directive.name.value)" + (arguments.isEmpty ? "" : "(" + arguments.joined(separator: ", ") + ")")
        }.joined()
    }

    private static func description(_ text: String?, _ indentation: String) -> String {
        guard let text, !text.isEmpty else { return "" }
        let escaped = text.split(separator: "\"\"\"", omittingEmptySubsequences: false).joined(separator: "\\\"\"\"")
        let isShort = !escaped.contains("\n") && escaped.utf8.count < 70 && escaped.last != "\"" && escaped.last != "\\"
        if isShort { return "\(indentation)\"\"\"\(escaped)\"\"\"\n" }
        let lines = escaped.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : indentation + $0 }
        return "\(indentation)\"\"\"\n" + lines.joined(separator: "\n") + "\n\(indentation)\"\"\"\n"
    }
}
