/// Walks a document once, keeps the context up to date and calls the rules.
struct ValidationWalker {
    let context: ValidationContext
    let rules: [ValidationRule]

    func walk() {
        let document = context.document
        rules.forEach { $0.enter(document) }
        for definition in document.definitions {
            if context.isAborted { return }
            switch definition {
            case .operation(let operation): walk(operation)
            case .fragment(let fragment): walk(fragment)
            case .typeSystem: break
            }
        }
        rules.forEach { $0.leave(document) }
    }

    private func walk(_ operation: OperationDefinition) {
        context.uses.append(DefinitionUses(operation: operation))
        rules.forEach { $0.enter(operation) }
        for variable in operation.variables {
            rules.forEach { $0.enter(variable) }
            walk(variable.type)
            if let value = variable.defaultValue {
                // An output type is an error of its own; there is nothing that its default could be.
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
        rules.forEach { $0.enter(typeName: fragment.typeCondition) }
        walk(fragment.directives, at: .fragmentDefinition)
        walk(fragment.selections, of: context.compositeType(fragment.typeCondition.value))
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
                rules.forEach { $0.enter(spread) }
                walk(spread.directives, at: .fragmentSpread)
            case .inlineFragment(let fragment):
                rules.forEach { $0.enter(fragment) }
                if let condition = fragment.typeCondition { rules.forEach { $0.enter(typeName: condition) } }
                walk(fragment.directives, at: .inlineFragment)
                walk(fragment.selections, of: fragment.typeCondition.map { context.compositeType($0.value) } ?? type)
            }
        }
    }

    private func walk(_ field: Field) {
        let outer = context.field
        let definition = context.parentType.flatMap { context.fieldDefinition(field.name.value, of: $0) }
        context.field = definition
        rules.forEach { $0.enter(field) }
        walk(field.arguments, of: definition?.arguments)
        walk(field.directives, at: .field)
        let type = definition?.type.namedType
        if !field.selections.isEmpty { walk(field.selections, of: type?.isComposite == true ? type : nil) }
        context.field = definition
        rules.forEach { $0.leave(field) }
        context.field = outer
    }

    private func walk(_ directives: [Directive], at location: DirectiveLocation) {
        guard !directives.isEmpty else { return }
        rules.forEach { $0.enter(directives, at: location) }
        for directive in directives {
            if context.isAborted { break }
            let definition = context.schema.directive(directive.name.value)
            context.directive = definition
            context.isInDirective = true
            rules.forEach { $0.enter(directive, at: location) }
            walk(directive.arguments, of: definition?.arguments)
        }
        context.directive = nil
        context.isInDirective = false
    }

    private func walk(_ arguments: [Argument], of definitions: [InputValueDefinition]?) {
        guard !arguments.isEmpty else { return }
        rules.forEach { $0.enter(arguments) }
        for argument in arguments {
            if context.isAborted { return }
            rules.forEach { $0.enter(argument) }
            let definition = definitions?.first { $0.name == argument.name.value }
            walk(argument.value, for: definition?.type, hasDefault: definition?.defaultLiteral != nil)
        }
    }

    private func walk(_ value: Value, for type: TypeReference?, hasDefault: Bool) {
        collect(value, type, hasDefault, nil)
        rules.forEach { $0.enter(value, for: type) }
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
        case .named(let name): rules.forEach { $0.enter(typeName: name) }
        case .list(let type, _), .nonNull(let type): walk(type)
        }
    }
}
