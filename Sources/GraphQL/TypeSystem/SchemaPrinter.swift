/// Prints a schema as canonical definitions with descriptions, without introspection types and built-ins.
public struct SchemaPrinter {
    private var blocks: [String] = []

    /// The text of `schema`, its types in the schema's order.
    public static func text(_ schema: Schema) -> String {
        var printer = SchemaPrinter()
        printer.printSchema(schema)
        for directive in schema.directives where !BuiltInDefinitions.directiveNames.contains(directive.name) {
            printer.printDirective(directive)
        }
        for type in schema.types where !BuiltInDefinitions.isBuiltIn(type: type.name) { printer.printType(type) }
        return printer.blocks.joined(separator: "\n\n") + "\n"
    }

    private init() {}

    private mutating func printSchema(_ schema: Schema) {
        let roots = [("query", schema.queryType), ("mutation", schema.mutationType), ("subscription", schema.subscriptionType)]
        let isConventional = roots.allSatisfy { $0.1 == nil || $0.1?.name == $0.0.prefix(1).uppercased() + $0.0.dropFirst() }
        if schema.description == nil, isConventional { return }
        let lines = roots.compactMap { kind, type in type.map { "  \(kind): \($0.name)" } }
        blocks.append(description(schema.description) + "schema {\n" + lines.joined(separator: "\n") + "\n}")
    }

    private mutating func printDirective(_ directive: DirectiveDefinition) {
        blocks.append(
            description(directive.description) + "directive @\(directive.name)" + arguments(directive.arguments, indent: "")
                + (directive.isRepeatable ? " repeatable" : "") + " on " + directive.locations.joined(separator: " | "))
    }

    private mutating func printType(_ type: NamedType) {
        let text =
            switch type {
            case .scalar(let type): "scalar \(type.name)" + directives(type.appliedDirectives)
            case .object(let type):
                "type \(type.name)" + implements(type.interfaces) + directives(type.appliedDirectives) + fields(type.fields)
            case .interface(let type):
                "interface \(type.name)" + implements(type.interfaces) + directives(type.appliedDirectives) + fields(type.fields)
            case .union(let type):
                "union \(type.name)" + directives(type.appliedDirectives) + " = " + type.members.map(\.name).joined(separator: " | ")
            case .enumeration(let type):
                "enum \(type.name)" + directives(type.appliedDirectives)
                    + body(
                        type.values.map { description($0.description, indent: "  ") + "  " + $0.name + directives($0.appliedDirectives) })
            case .inputObject(let type):
                "input \(type.name)" + directives(type.appliedDirectives)
                    + body(type.fields.map { description($0.description, indent: "  ") + "  " + inputValue($0) })
            }
        blocks.append(description(type.description) + text)
    }

    private func implements(_ interfaces: [InterfaceType]) -> String {
        interfaces.isEmpty ? "" : " implements " + interfaces.map(\.name).joined(separator: " & ")
    }

    private func fields(_ fields: [FieldDefinition]) -> String {
        body(
            fields.map { field in
                description(field.description, indent: "  ") + "  \(field.name)" + arguments(field.arguments, indent: "  ")
                    + ": \(field.type)" + directives(field.appliedDirectives)
            })
    }

    private func body(_ lines: [String]) -> String { " {\n" + lines.joined(separator: "\n") + "\n}" }

    private func arguments(_ arguments: [InputValueDefinition], indent: String) -> String {
        if arguments.isEmpty { return "" }
        if arguments.allSatisfy({ $0.description == nil }) { return "(" + arguments.map(inputValue).joined(separator: ", ") + ")" }
        let inner = indent + "  "
        let lines = arguments.map { description($0.description, indent: inner) + inner + inputValue($0) }
        return "(\n" + lines.joined(separator: "\n") + "\n\(indent))"
    }

    private func inputValue(_ value: InputValueDefinition) -> String {
        let literal = value.defaultLiteral.map { " = " + DocumentPrinter.text($0) } ?? ""
        return "\(value.name): \(value.type)\(literal)" + directives(value.appliedDirectives)
    }

    private func directives(_ directives: [Directive]) -> String {
        directives.map { directive in
            let arguments = directive.arguments.map { "\($0.name.value): \(DocumentPrinter.text($0.value))" }
            return " @\(directive.name.value)" + (arguments.isEmpty ? "" : "(" + arguments.joined(separator: ", ") + ")")
        }.joined()
    }

    private func description(_ text: String?, indent: String = "") -> String {
        guard let text else { return "" }
        return DocumentPrinter.block(text).split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? "" : indent + $0 }.joined(separator: "\n") + "\n"
    }
}
