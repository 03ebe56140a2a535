extension DocumentPrinter {
    /// A document in canonical form: two spaces per level, one empty line between definitions. Parsing it gives the
    /// same tree, except for positions.
    public static func text(_ document: Document) -> String {
        var blocks: [String] = []
        var isAfterTypeSystem = false
        for definition in document.definitions {
            let block = text(definition)
            // The braces of a shorthand query would attach to a preceding definition without a body.
            blocks.append(isAfterTypeSystem && block.first == "{" ? "query " + block : block)
            if case .typeSystem = definition { isAfterTypeSystem = true } else { isAfterTypeSystem = false }
        }
        return blocks.joined(separator: "\n\n") + "\n"
    }

    public static func text(_ definition: Definition) -> String {
        switch definition {
        case .operation(let operation): text(operation)
        case .fragment(let fragment): text(fragment)
        case .typeSystem(let definition): text(definition)
        }
    }

    // MARK: Executable definitions

    private static func text(_ operation: OperationDefinition) -> String {
        let isShorthand =
            operation.kind == .query && operation.name == nil && operation.variables.isEmpty && operation.directives.isEmpty
            && operation.description == nil
        if isShorthand { return block(operation.selections, "") }
        var head = operation.kind.rawValue
        if let name = operation.name { head += " \(name.value)" }
        if !operation.variables.isEmpty {
            head += operation.name == nil ? " " : ""
            head += variables(operation.variables)
        }
        head += text(operation.directives)
        return description(operation.description, "") + head + " " + block(operation.selections, "")
    }

    private static func variables(_ definitions: [VariableDefinition]) -> String {
        if definitions.allSatisfy({ $0.description == nil }) {
            return "(" + definitions.map(text).joined(separator: ", ") + ")"
        }
        return "(\n" + definitions.map { description($0.description, "  ") + "  " + text($0) + "\n" }.joined() + ")"
    }

    private static func text(_ definition: VariableDefinition) -> String {
        "$\(definition.variable.value): \(text(definition.type))" + (definition.defaultValue.map { " = \(text($0))" } ?? "")
            + text(definition.directives)
    }

    private static func text(_ fragment: FragmentDefinition) -> String {
        description(fragment.description, "") + "fragment \(fragment.name.value) on \(fragment.typeCondition.value)"
            + text(fragment.directives) + " " + block(fragment.selections, "")
    }

    private static func block(_ selections: [Selection], _ indentation: String) -> String {
        let inner = indentation + "  "
        return "{\n" + selections.map { inner + text($0, inner) + "\n" }.joined() + indentation + "}"
    }

    private static func text(_ selection: Selection, _ indentation: String) -> String {
        switch selection {
        case .field(let field):
            return (field.alias.map { "\($0.value): " } ?? "") + field.name.value + text(field.arguments) + text(field.directives)
                + (field.selections.isEmpty ? "" : " " + block(field.selections, indentation))
        case .fragmentSpread(let spread): return "...\(spread.name.value)" + text(spread.directives)
        case .inlineFragment(let fragment):
            return "..." + (fragment.typeCondition.map { " on \($0.value)" } ?? "") + text(fragment.directives) + " "
                + block(fragment.selections, indentation)
        }
    }

    private static func text(_ arguments: [Argument]) -> String {
        arguments.isEmpty ? "" : "(" + arguments.map { "\($0.name.value): \(text($0.value))" }.joined(separator: ", ") + ")"
    }

    private static func text(_ directives: [Directive]) -> String {
        directives.map { " @\($0.name.value)" + text($0.arguments) }.joined()
    }

    // MARK: Type system definitions

    private static func text(_ definition: TypeSystemDefinition) -> String {
        switch definition {
        case .schema(let node): text(node)
        case .type(let node): text(node)
        case .directive(let node): text(node)
        }
    }

    private static func text(_ node: SchemaDefinitionNode) -> String {
        description(node.description, "") + (node.isExtension ? "extend " : "") + "schema" + text(node.directives)
            + members(node.operationTypes.map { "  \($0.kind.rawValue): \($0.type.value)" })
    }

    private static func text(_ node: TypeDefinitionNode) -> String {
        let head = description(node.description, "") + (node.isExtension ? "extend " : "")
        let name = node.name.value
        let directives = text(node.directives)
        switch node.kind {
        case .scalar: return head + "scalar \(name)" + directives
        case .object(let interfaces, let fields):
            return head + "type \(name)" + implements(interfaces) + directives + members(fields.map(text))
        case .interface(let interfaces, let fields):
            return head + "interface \(name)" + implements(interfaces) + directives + members(fields.map(text))
        case .union(let types):
            return head + "union \(name)" + directives + (types.isEmpty ? "" : " = " + types.map(\.value).joined(separator: " | "))
        case .enumeration(let values):
            return head + "enum \(name)" + directives
                + members(values.map { description($0.description, "  ") + "  \($0.name.value)" + text($0.directives) })
        case .inputObject(let fields):
            return head + "input \(name)" + directives + members(fields.map { description($0.description, "  ") + "  " + text($0) })
        }
    }

    private static func text(_ node: DirectiveDefinitionNode) -> String {
        description(node.description, "") + "directive @\(node.name.value)" + arguments(node.arguments, "")
            + (node.isRepeatable ? " repeatable" : "") + " on " + node.locations.map(\.value).joined(separator: " | ")
    }

    private static func text(_ node: FieldDefinitionNode) -> String {
        description(node.description, "  ") + "  \(node.name.value)" + arguments(node.arguments, "  ") + ": \(text(node.type))"
            + text(node.directives)
    }

    private static func text(_ node: InputValueDefinitionNode) -> String {
        "\(node.name.value): \(text(node.type))" + (node.defaultValue.map { " = \(text($0))" } ?? "") + text(node.directives)
    }

    private static func arguments(_ nodes: [InputValueDefinitionNode], _ indentation: String) -> String {
        if nodes.isEmpty { return "" }
        if nodes.allSatisfy({ $0.description == nil }) { return "(" + nodes.map(text).joined(separator: ", ") + ")" }
        let inner = indentation + "  "
        return "(\n" + nodes.map { description($0.description, inner) + inner + text($0) + "\n" }.joined() + indentation + ")"
    }

    private static func implements(_ interfaces: [Name]) -> String {
        interfaces.isEmpty ? "" : " implements " + interfaces.map(\.value).joined(separator: " & ")
    }

    private static func members(_ lines: [String]) -> String {
        lines.isEmpty ? "" : " {\n" + lines.joined(separator: "\n") + "\n}"
    }

    private static func description(_ literal: StringLiteral?, _ indentation: String) -> String {
        guard let literal else { return "" }
        guard literal.isBlock else { return indentation + quoted(literal.value) + "\n" }
        let lines = block(literal.value).split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { $0.isEmpty ? "" : indentation + $0 }.joined(separator: "\n") + "\n"
    }
}
