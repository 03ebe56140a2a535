/// The rules on selections: fields, arguments, values, directives and fragments, in one walk over the document. Specification
/// sections 5.3 to 5.7.
struct SelectionRules {
    private let context: ValidationContext
    private var schema: Schema { context.schema }

    init(_ context: ValidationContext) { self.context = context }

    func check() {
        for (index, operation) in context.operations.enumerated() {
            let scope = ValidationContext.UsageScope.operation(index)
            check(operation.directives, operation.kind.rawValue.uppercased(), scope)
            for variable in operation.variables { check(variable, scope) }
            if let root = schema.rootType(for: operation.kind) { check(operation.selections, of: .object(root), scope) }
        }
        for fragment in context.fragmentList {
            let scope = ValidationContext.UsageScope.fragment(fragment.name.value)
            check(fragment.directives, "FRAGMENT_DEFINITION", scope)
            guard let type = conditionType(fragment.typeCondition, "Fragment \"\(fragment.name.value)\"") else { continue }
            check(fragment.selections, of: type, scope)
        }
        checkFragmentUse()
    }

    // MARK: Selections

    private func check(_ selections: [Selection], of type: NamedType, _ scope: ValidationContext.UsageScope) {
        for selection in selections {
            switch selection {
            case .field(let field): check(field, of: type, scope)
            case .inlineFragment(let fragment):
                check(fragment.directives, "INLINE_FRAGMENT", scope)
                guard let condition = fragment.typeCondition else {
                    check(fragment.selections, of: type, scope)
                    continue
                }
                guard let conditionType = conditionType(condition, "Fragment") else { continue }
                if !overlap(type, conditionType) {
                    context.report(
                        "Fragment cannot be spread here as objects of type \"\(type.name)\" can never be of type \"\(conditionType.name)\".",
                        at: fragment.position)
                }
                check(fragment.selections, of: conditionType, scope)
            case .fragmentSpread(let spread):
                check(spread.directives, "FRAGMENT_SPREAD", scope)
                context.spreads[scope, default: []].append(Name(spread.name.value, at: spread.position))
                guard let fragment = context.fragments[spread.name.value] else {
                    context.report("Unknown fragment \"\(spread.name.value)\".", at: spread.name.position)
                    continue
                }
                if let conditionType = schema.type(fragment.typeCondition.value), conditionType.isComposite, !overlap(type, conditionType) {
                    context.report(
                        "Fragment \"\(spread.name.value)\" cannot be spread here as objects of type \"\(type.name)\" can never be of type \"\(conditionType.name)\".",
                        at: spread.position)
                }
            }
        }
    }

    private func check(_ field: Field, of type: NamedType, _ scope: ValidationContext.UsageScope) {
        check(field.directives, "FIELD", scope)
        guard let definition = schema.fieldDefinition(field.name.value, of: type) else {
            let hint = Suggestion.text(for: field.name.value, among: schema.fieldNames(of: type))
            context.report("Cannot query field \"\(field.name.value)\" on type \"\(type.name)\".\(hint)", at: field.position)
            return
        }
        check(field.arguments, definition.arguments, "field \"\(type.name).\(field.name.value)\"", scope)
        for argument in definition.arguments
        where argument.isRequired && !field.arguments.contains(where: { $0.name.value == argument.name }) {
            context.report(
                "Field \"\(field.name.value)\" argument \"\(argument.name)\" of type \"\(argument.type)\" is required, but it was not provided.",
                at: field.position)
        }
        let inner = definition.type.namedType
        if inner.isLeaf {
            if !field.selections.isEmpty {
                context.report(
                    "Field \"\(field.name.value)\" must not have a selection since type \"\(definition.type)\" has no subfields.",
                    at: field.position)
            }
        } else if field.selections.isEmpty {
            context.report(
                "Field \"\(field.name.value)\" of type \"\(definition.type)\" must have a selection of subfields. Did you mean \"\(field.name.value) { ... }\"?",
                at: field.position)
        } else {
            check(field.selections, of: inner, scope)
        }
    }

    private func conditionType(_ name: Name, _ subject: String) -> NamedType? {
        guard let type = schema.type(name.value) else {
            context.report("Unknown type \"\(name.value)\".", at: name.position)
            return nil
        }
        guard type.isComposite else {
            context.report("\(subject) cannot condition on non composite type \"\(type.name)\".", at: name.position)
            return nil
        }
        return type
    }

    private func overlap(_ first: NamedType, _ second: NamedType) -> Bool {
        let names = Set(schema.possibleTypes(of: first).map(\.name))
        return schema.possibleTypes(of: second).contains { names.contains($0.name) }
    }

    // MARK: Arguments, directives and values

    private func check(
        _ arguments: [Argument], _ definitions: [InputValueDefinition], _ owner: String, _ scope: ValidationContext.UsageScope
    ) {
        var seen: [String: Name] = [:]
        for argument in arguments {
            if let first = seen[argument.name.value] {
                context.report(
                    "There can be only one argument named \"\(argument.name.value)\".", at: first.position, argument.name.position)
            }
            seen[argument.name.value] = seen[argument.name.value] ?? argument.name
            guard let definition = definitions.first(where: { $0.name == argument.name.value }) else {
                let hint = Suggestion.text(for: argument.name.value, among: definitions.map(\.name))
                context.report("Unknown argument \"\(argument.name.value)\" on \(owner).\(hint)", at: argument.position)
                record(argument.value, nil, hasDefault: false, scope)
                continue
            }
            check(argument.value, definition.type, hasDefault: definition.defaultLiteral != nil, scope)
        }
    }

    private func check(_ directives: [Directive], _ location: String, _ scope: ValidationContext.UsageScope) {
        var seen: [String: SourcePosition] = [:]
        for directive in directives {
            let name = directive.name.value
            guard let definition = schema.directive(name) else {
                context.report("Unknown directive \"@\(name)\".", at: directive.position)
                continue
            }
            if !definition.locations.contains(location) {
                context.report("Directive \"@\(name)\" may not be used on \(location).", at: directive.position)
            }
            if let first = seen[name], !definition.isRepeatable {
                context.report("The directive \"@\(name)\" can only be used once at this location.", at: first, directive.position)
            }
            seen[name] = seen[name] ?? directive.position
            check(directive.arguments, definition.arguments, "directive \"@\(name)\"", scope)
            for argument in definition.arguments
            where argument.isRequired && !directive.arguments.contains(where: { $0.name.value == argument.name }) {
                context.report(
                    "Directive \"@\(name)\" argument \"\(argument.name)\" of type \"\(argument.type)\" is required, but it was not provided.",
                    at: directive.position)
            }
        }
    }

    private func check(_ variable: VariableDefinition, _ scope: ValidationContext.UsageScope) {
        check(variable.directives, "VARIABLE_DEFINITION", scope)
        guard let type = schema.reference(variable.type) else {
            context.report("Unknown type \"\(variable.type.name)\".", at: variable.type.position)
            return
        }
        guard type.namedType.isInput else {
            context.report("Variable \"$\(variable.variable.value)\" cannot be non-input type \"\(type)\".", at: variable.type.position)
            return
        }
        if let literal = variable.defaultValue { check(literal, type, hasDefault: false, scope) }
    }

    /// A literal against the type of its place.
    private func check(_ value: Value, _ type: TypeReference, hasDefault: Bool, _ scope: ValidationContext.UsageScope) {
        switch (value, type) {
        case (.variable, _): record(value, type, hasDefault: hasDefault, scope)
        case (.null(let position), .nonNull):
            context.report("Expected value of type \"\(type)\", found null.", at: position)
        case (.null, _): break
        case (_, .nonNull(let inner)): check(value, inner, hasDefault: false, scope)
        case (.list(let values, _), .list(let element)): for value in values { check(value, element, hasDefault: false, scope) }
        case (_, .list(let element)): check(value, element, hasDefault: false, scope)
        case (.object(let fields, let position), .named(.inputObject(let input))): check(fields, position, input, scope)
        case (_, .named(let named)):
            record(value, nil, hasDefault: false, scope)
            checkLeaf(value, named)
        }
    }

    private func checkLeaf(_ value: Value, _ type: NamedType) {
        do {
            _ = try InputCoercion.coerce(literal: value, to: .named(type), variables: InputObject())
        } catch {
            context.report(error.message, at: value.position)
        }
    }

    private func check(_ fields: [ObjectField], _ position: SourcePosition, _ input: InputObjectType, _ scope: ValidationContext.UsageScope)
    {
        var seen: [String: Name] = [:]
        for field in fields {
            if let first = seen[field.name.value] {
                context.report("There can be only one input field named \"\(field.name.value)\".", at: first.position, field.name.position)
            }
            seen[field.name.value] = seen[field.name.value] ?? field.name
            guard let definition = input.field(field.name.value) else {
                let hint = Suggestion.text(for: field.name.value, among: input.fields.map(\.name))
                context.report("Field \"\(field.name.value)\" is not defined by type \"\(input.name)\".\(hint)", at: field.position)
                record(field.value, nil, hasDefault: false, scope)
                continue
            }
            check(field.value, definition.type, hasDefault: definition.defaultLiteral != nil, scope)
        }
        for definition in input.fields where definition.isRequired && seen[definition.name] == nil {
            context.report(
                "Field \"\(input.name).\(definition.name)\" of required type \"\(definition.type)\" was not provided.", at: position)
        }
        if input.isOneOf {
            if fields.count != 1 {
                context.report("OneOf Input Object \"\(input.name)\" must specify exactly one key.", at: position)
            } else if case .null = fields[0].value {
                context.report("Field \"\(input.name).\(fields[0].name.value)\" must be non-null.", at: position)
            }
        }
    }

    private func record(_ value: Value, _ type: TypeReference?, hasDefault: Bool, _ scope: ValidationContext.UsageScope) {
        switch value {
        case .variable(let name):
            context.usages[scope, default: []].append(ValidationContext.VariableUsage(name: name, type: type, hasDefault: hasDefault))
        case .list(let values, _): for value in values { record(value, nil, hasDefault: false, scope) }
        case .object(let fields, _): for field in fields { record(field.value, nil, hasDefault: false, scope) }
        default: break
        }
    }

    // MARK: Use of fragments

    private func checkFragmentUse() {
        var used: Set<String> = []
        for index in context.operations.indices { used.formUnion(context.reachedFragments(.operation(index))) }
        for fragment in context.fragmentList {
            let name = fragment.name.value
            if !used.contains(name) { context.report("Fragment \"\(name)\" is never used.", at: fragment.position) }
            if context.reachedFragments(.fragment(name)).contains(name) {
                context.report("Cannot spread fragment \"\(name)\" within itself.", at: fragment.position)
            }
        }
    }
}

extension Schema {
    /// The field of that name, the meta fields included.
    func fieldDefinition(_ name: String, of type: NamedType) -> FieldDefinition? {
        if name == "__typename" { return Planner.typeNameDefinition }
        switch type {
        case .object(let object):
            return object.field(name) ?? (object === queryType ? IntrospectionFields.definition(name, self) : nil)
        case .interface(let interface): return interface.field(name)
        default: return nil
        }
    }

    func fieldNames(of type: NamedType) -> [String] {
        switch type {
        case .object(let object): object.fields.map(\.name)
        case .interface(let interface): interface.fields.map(\.name)
        default: []
        }
    }
}

extension TypeNode {
    var name: String {
        switch self {
        case .named(let name): name.value
        case .list(let element, _): element.name
        case .nonNull(let type): type.name
        }
    }
}
