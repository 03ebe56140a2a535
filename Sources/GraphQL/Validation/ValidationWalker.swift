/// Walks a document once, keeps the context up to date and calls the rules.
struct ValidationWalker {
    private let context: ValidationContext
    private let rules: [ValidationRule]
    // The rules that are called for each of the frequent parts.
    private let fieldRules: [ValidationRule]
    private let fieldEndRules: [ValidationRule]
    private let spreadRules: [ValidationRule]
    private let inlineFragmentRules: [ValidationRule]
    private let directiveRules: [ValidationRule]
    private let argumentRules: [ValidationRule]
    private let valueRules: [ValidationRule]
    private let typeNameRules: [ValidationRule]

    init(context: ValidationContext, rules: [ValidationRule]) {
        self.context = context
        self.rules = rules
        func concerned(by part: ValidationRule.Parts) -> [ValidationRule] { rules.filter { type(of: $0).parts.contains(part) } }
        fieldRules = concerned(by: .field)
        fieldEndRules = concerned(by: .fieldEnd)
        spreadRules = concerned(by: .spread)
        inlineFragmentRules = concerned(by: .inlineFragment)
        directiveRules = concerned(by: .directive)
        argumentRules = concerned(by: .argument)
        valueRules = concerned(by: .value)
        typeNameRules = concerned(by: .typeName)
    }

    func walk() {
        let document = context.document
        rules.forEach { $0.enter(document) }
        for definition in document.definitions {
            if context.isAborted { return }
            switch definition {
            case .operation(let operation): walk(operation)
            case .fragment(let fragment): walk(fragment)
            case .typeSystem(.schema(let node)): walk(node.directives, at: .schema)
            case .typeSystem(.type(let node)): walk(node.directives, at: node.kind.directiveLocation)
            case .typeSystem(.directive): break
            }
        }
        for rule in rules where !context.isAborted { rule.leave(document) }
    }

    private func walk(_ operation: OperationDefinition) {
        context.uses.append(DefinitionUses(operation: operation))
        rules.forEach { $0.enter(operation) }
        for variable in operation.variables {
            if context.isAborted { return }
            rules.forEach { $0.enter(variable) }
            walk(variable.type)
            if let value = variable.defaultValue {
                // An output type is an error of its own; no default can match it.
                let type = context.schema.reference(variable.type).flatMap { $0.namedType.isInput ? $0 : nil }
                walk(value, for: type, hasDefault: false)
            }
            walk(variable.directives, at: .variableDefinition)
        }
        let location: DirectiveLocation =
            switch operation.kind {
            case .query: .query
            case .mutation: .mutation
            case .subscription: .subscription
            }
        walk(operation.directives, at: location)
        walk(operation.selections, of: context.schema.rootType(for: operation.kind).map { .object($0) })
        rules.forEach { $0.leave(operation) }
    }

    private func walk(_ fragment: FragmentDefinition) {
        context.uses.append(DefinitionUses(fragment: fragment.name.value))
        rules.forEach { $0.enter(fragment) }
        for rule in typeNameRules { rule.enter(typeName: fragment.typeCondition) }
        walk(fragment.directives, at: .fragmentDefinition)
        walk(fragment.selections, of: context.compositeType(fragment.typeCondition))
    }

    private func walk(_ selections: [Selection], of type: NamedType?) {
        let outer = context.parentType
        context.parentType = type
        defer { context.parentType = outer }
        for selection in selections {
            if context.isAborted { return }
            switch selection {
            case .field(let field): walk(field)
            case .fragmentSpread(let spread):
                context.uses[context.uses.count - 1].spreads.append(spread.name.value)
                for rule in spreadRules { rule.enter(spread) }
                walk(spread.directives, at: .fragmentSpread)
            case .inlineFragment(let fragment):
                for rule in inlineFragmentRules { rule.enter(fragment) }
                if let condition = fragment.typeCondition { for rule in typeNameRules { rule.enter(typeName: condition) } }
                walk(fragment.directives, at: .inlineFragment)
                walk(fragment.selections, of: fragment.typeCondition.map { context.compositeType($0) } ?? type)
            }
        }
    }

    private func walk(_ field: Field) {
        let outer = context.field
        let definition = context.layout.definition(of: field)
        context.field = definition
        for rule in fieldRules { rule.enter(field) }
        walk(field.arguments, of: definition?.arguments)
        walk(field.directives, at: .field)
        let type = definition?.type.namedType
        if !field.selections.isEmpty { walk(field.selections, of: type?.isComposite == true ? type : nil) }
        context.field = definition
        for rule in fieldEndRules { rule.leave(field) }
        context.field = outer
    }

    private func walk(_ directives: [Directive], at location: DirectiveLocation) {
        guard !directives.isEmpty else { return }
        for rule in directiveRules { rule.enter(directives, at: location) }
        for directive in directives {
            if context.isAborted { break }
            let definition = context.schema.directive(directive.name)
            context.directive = definition
            context.isInDirective = true
            for rule in directiveRules { rule.enter(directive, at: location) }
            walk(directive.arguments, of: definition?.arguments)
        }
        context.directive = nil
        context.isInDirective = false
    }

    private func walk(_ arguments: [Argument], of definitions: [InputValueDefinition]?) {
        guard !arguments.isEmpty else { return }
        for rule in argumentRules { rule.enter(arguments) }
        for argument in arguments {
            if context.isAborted { return }
            for rule in argumentRules { rule.enter(argument) }
            let definition = definitions?.first { $0.name == argument.name.value }
            walk(argument.value, for: definition?.type, hasDefault: definition?.defaultLiteral != nil)
        }
    }

    private func walk(_ value: Value, for type: TypeReference?, hasDefault: Bool) {
        collect(value, type, hasDefault, nil)
        for rule in valueRules { rule.enter(value, for: type) }
    }

    private func collect(_ value: Value, _ type: TypeReference?, _ hasDefault: Bool, _ oneOf: String?) {
        switch value {
        case .variable(let name):
            context.uses[context.uses.count - 1].variables.append(
                DefinitionUses.Variable(name: name, type: type, hasDefault: hasDefault, oneOf: oneOf))
        case .list(let values, _):
            var element: TypeReference?
            if case .list(let inner)? = type?.nullable { element = inner }
            values.forEach { collect($0, element, false, nil) }
        case .object(let fields, _):
            var object: InputObjectType?
            if case .inputObject(let type)? = type?.namedType { object = type }
            for field in fields {
                let definition = object?.field(field.name.value)
                collect(field.value, definition?.type, definition?.defaultLiteral != nil, object?.isOneOf == true ? object?.name : nil)
            }
        default: break
        }
    }

    private func walk(_ type: TypeNode) {
        switch type {
        case .named(let name): for rule in typeNameRules { rule.enter(typeName: name) }
        case .list(let type, _), .nonNull(let type): walk(type)
        }
    }
}
