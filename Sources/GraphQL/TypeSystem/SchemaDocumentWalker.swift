/// Checks all rules of type system documents in one walk over a schema's documents. Specification section 3.
final class SchemaDocumentWalker {
    private let definitions: [Definition]
    private let map: SourceMap
    private(set) var errors: [GraphQLError] = []
    private var definedTypes: [String: TypeDefinitionNode] = [:]
    private var typeNames: [String] = []
    private var directives: [String: DirectiveDefinitionNode] = [:]
    private var directiveNames: [String: Name] = [:]
    /// The argument names of the directives met so far.
    private var argumentNames: [String: Set<String>] = [:]
    private var seenTypes: [String: Name] = [:]
    private var members: [String: [String: Name]] = [:]
    private var operationTypes: [OperationKind: OperationTypeNode] = [:]
    private var hasSchema = false
    private var schemaDirectives: [String: Directive] = [:]
    private var typeDirectives: [String: [String: Directive]] = [:]

    init(_ definitions: [Definition], map: SourceMap) {
        self.definitions = definitions
        self.map = map
        if let builtIn = try? Parser.parse(Array(BuiltInDefinitions.directives.utf8)) {
            for case .typeSystem(.directive(let node)) in builtIn.definitions { directives[node.name.value] = node }
        }
        for definition in definitions {
            switch definition {
            case .typeSystem(.directive(let node)): directives[node.name.value] = node
            case .typeSystem(.type(let node)) where !node.isExtension:
                if definedTypes[node.name.value] == nil { typeNames.append(node.name.value) }
                definedTypes[node.name.value] = node
            default: break
            }
        }
    }

    func walk() {
        for definition in definitions {
            switch definition {
            case .typeSystem(.schema(let node)): visit(node)
            case .typeSystem(.directive(let node)): visit(node)
            case .typeSystem(.type(let node)): visit(node)
            // Executable definitions are not part of a schema, but the types they name must exist.
            case .fragment(let node): check(.named(node.typeCondition))
            case .operation: break
            }
        }
    }

    /// "Did you mean", for the first errors only: it compares every name.
    private func suggestion(_ name: String, among options: @autoclosure () -> [String]) -> String {
        errors.count < 100 ? Suggestions.sentence(name, among: options()) : ""
    }

    private func report(_ message: String, _ positions: SourcePosition...) { errors.append(map.error(message, positions)) }

    private func visit(_ node: SchemaDefinitionNode) {
        if !node.isExtension {
            if hasSchema { report("Must provide only one schema definition.", node.position) }
            hasSchema = true
        }
        for type in node.operationTypes {
            if let known = operationTypes[type.kind] {
                report("There can be only one \(type.kind.rawValue) type in schema.", known.position, type.position)
            } else {
                operationTypes[type.kind] = type
            }
        }
        check(node.directives, at: .schema, seen: &schemaDirectives)
        for type in node.operationTypes { check(.named(type.type)) }
    }

    private func visit(_ node: DirectiveDefinitionNode) {
        if let known = directiveNames[node.name.value] {
            report("There can be only one directive named \"@\(node.name.value)\".", known.position, node.name.position)
        } else {
            directiveNames[node.name.value] = node.name
        }
        checkUniqueArguments(node.arguments, of: "@\(node.name.value)")
        for argument in node.arguments { visit(argument, at: .argumentDefinition) }
    }

    private func visit(_ node: TypeDefinitionNode) {
        let name = node.name.value
        if node.isExtension {
            checkExtension(node)
        } else if let known = seenTypes[name] {
            report("There can be only one type named \"\(name)\".", known.position, node.name.position)
        } else {
            seenTypes[name] = node.name
        }
        checkUniqueMembers(node)
        for case .object(_, let fields) in [node.kind] {
            fields.forEach { checkUniqueArguments($0.arguments, of: "\(name).\($0.name.value)") }
        }
        for case .interface(_, let fields) in [node.kind] {
            fields.forEach { checkUniqueArguments($0.arguments, of: "\(name).\($0.name.value)") }
        }
        check(node.directives, at: node.kind.directiveLocation, seen: &typeDirectives[name, default: [:]])
        switch node.kind {
        case .scalar: break
        case .object(let interfaces, let fields), .interface(let interfaces, let fields):
            interfaces.forEach { check(.named($0)) }
            for field in fields {
                for argument in field.arguments { visit(argument, at: .argumentDefinition) }
                check(field.type)
                var seen: [String: Directive] = [:]
                check(field.directives, at: .fieldDefinition, seen: &seen)
            }
        case .union(let members): members.forEach { check(.named($0)) }
        case .enumeration(let values):
            for value in values {
                var seen: [String: Directive] = [:]
                check(value.directives, at: .enumValue, seen: &seen)
            }
        case .inputObject(let fields): fields.forEach { visit($0, at: .inputFieldDefinition) }
        }
    }

    private func visit(_ node: InputValueDefinitionNode, at location: DirectiveLocation) {
        check(node.type)
        if let value = node.defaultValue { checkUniqueFields(value) }
        var seen: [String: Directive] = [:]
        check(node.directives, at: location, seen: &seen)
    }

    private func checkExtension(_ node: TypeDefinitionNode) {
        guard let defined = definedTypes[node.name.value] else {
            report(
                "Cannot extend type \"\(node.name.value)\" because it is not defined."
                    + suggestion(node.name.value, among: typeNames), node.name.position)
            return
        }
        if defined.kind.label != node.kind.label {
            report("Cannot extend non-\(node.kind.label) type \"\(node.name.value)\".", defined.position, node.position)
        }
        // Specification section 3.10.2: values valid for the type's definition must stay valid.
        for directive in node.directives where directive.name.value == "oneOf" && node.kind.directiveLocation == .inputObject {
            report("Directive \"@oneOf\" may not be used on an extension of \"\(node.name.value)\".", directive.position)
        }
    }

    private func checkUniqueMembers(_ node: TypeDefinitionNode) {
        let names: [Name]
        let kind: String
        switch node.kind {
        case .object(_, let fields), .interface(_, let fields): (names, kind) = (fields.map(\.name), "Field")
        case .inputObject(let fields): (names, kind) = (fields.map(\.name), "Field")
        case .enumeration(let values): (names, kind) = (values.map(\.name), "Enum value")
        case .scalar, .union: return
        }
        let type = node.name.value
        for name in names {
            if let known = members[type]?[name.value] {
                report("\(kind) \"\(type).\(name.value)\" can only be defined once.", known.position, name.position)
            } else {
                members[type, default: [:]][name.value] = name
            }
        }
    }

    private func checkUniqueArguments(_ arguments: [InputValueDefinitionNode], of owner: String) {
        forDuplicates(arguments.map(\.name)) { name, positions in
            errors.append(map.error("Argument \"\(owner)(\(name):)\" can only be defined once.", positions))
        }
    }

    private func forDuplicates(_ names: [Name], _ body: (String, [SourcePosition]) -> Void) {
        let groups = Dictionary(grouping: names, by: \.value)
        var reported: Set<String> = []
        for name in names where reported.insert(name.value).inserted {
            guard let group = groups[name.value], group.count > 1 else { continue }
            body(name.value, group.map(\.position))
        }
    }

    private func check(_ type: TypeNode) {
        switch type {
        case .list(let element, _): check(element)
        case .nonNull(let inner): check(inner)
        case .named(let name):
            guard definedTypes[name.value] == nil, !BuiltInDefinitions.isBuiltIn(type: name.value) else { return }
            let suggestion = suggestion(
                name.value, among: BuiltInDefinitions.scalarNames + BuiltInDefinitions.introspectionNames + typeNames)
            report("Unknown type \"\(name.value)\".\(suggestion)", name.position)
        }
    }

    private func argumentNames(of directive: DirectiveDefinitionNode) -> Set<String> {
        if let known = argumentNames[directive.name.value] { return known }
        let names = Set(directive.arguments.map(\.name.value))
        argumentNames[directive.name.value] = names
        return names
    }

    private func check(_ applied: [Directive], at location: DirectiveLocation, seen: inout [String: Directive]) {
        for directive in applied {
            let name = directive.name.value
            let definition = directives[name]
            if definition?.isRepeatable != true, definition != nil {
                if let known = seen[name] {
                    report("The directive \"@\(name)\" can only be used once at this location.", known.position, directive.position)
                } else {
                    seen[name] = directive
                }
            }
        }
        for directive in applied {
            let name = directive.name.value
            if let definition = directives[name] {
                if !definition.locations.contains(where: { $0.value == location.rawValue }) {
                    report("Directive \"@\(name)\" may not be used on \(location.rawValue).", directive.position)
                }
                let known = argumentNames(of: definition)
                for argument in directive.arguments where !known.contains(argument.name.value) {
                    let options = definition.arguments.map(\.name.value)
                    report(
                        "Unknown argument \"\(argument.name.value)\" on directive \"@\(name)\"."
                            + suggestion(argument.name.value, among: options), argument.position)
                }
            } else {
                report("Unknown directive \"@\(name)\".", directive.position)
            }
            forDuplicates(directive.arguments.map(\.name)) { name, positions in
                errors.append(map.error("There can be only one argument named \"\(name)\".", positions))
            }
            for argument in directive.arguments { checkUniqueFields(argument.value) }
            let given = Set(directive.arguments.map(\.name.value))
            for argument in directives[name]?.arguments ?? [] {
                guard case .nonNull = argument.type, argument.defaultValue == nil, !given.contains(argument.name.value) else { continue }
                report(
                    "Directive \"@\(name)\" argument \"\(argument.name.value)\" of type \"\(DocumentPrinter.text(argument.type))\" is required, but it was not provided.",
                    directive.position)
            }
        }
    }

    private func checkUniqueFields(_ value: Value) {
        switch value {
        case .list(let values, _): values.forEach(checkUniqueFields)
        case .object(let fields, _):
            var seen: [String: Name] = [:]
            for field in fields {
                if let known = seen[field.name.value] {
                    report("There can be only one input field named \"\(field.name.value)\".", known.position, field.name.position)
                } else {
                    seen[field.name.value] = field.name
                }
                checkUniqueFields(field.value)
            }
        default: break
        }
    }
}

extension TypeDefinitionNode.Kind {
    var directiveLocation: DirectiveLocation {
        switch self {
        case .scalar: .scalar
        case .object: .object
        case .interface: .interface
        case .union: .union
        case .enumeration: .enumeration
        case .inputObject: .inputObject
        }
    }

    /// As errors name it.
    fileprivate var label: String {
        switch self {
        case .scalar: "scalar"
        case .object: "object"
        case .interface: "interface"
        case .union: "union"
        case .enumeration: "enum"
        case .inputObject: "input object"
        }
    }
}
