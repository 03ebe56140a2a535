/// The rules on variables: defined, used, and used where their type fits. Specification section 5.8.
struct VariableRules {
    private let context: ValidationContext

    init(_ context: ValidationContext) { self.context = context }

    func check() {
        for (index, operation) in context.operations.enumerated() {
            let scopes =
                [ValidationContext.UsageScope.operation(index)]
                + context.reachedFragments(.operation(index)).map { ValidationContext.UsageScope.fragment($0) }
            check(operation, scopes.flatMap { context.usages[$0] ?? [] })
        }
    }

    private func check(_ operation: OperationDefinition, _ usages: [ValidationContext.VariableUsage]) {
        let suffix = operation.name.map { " by operation \"\($0.value)\"" } ?? ""
        let ending = operation.name.map { " in operation \"\($0.value)\"" } ?? ""
        var definitions: [String: VariableDefinition] = [:]
        for definition in operation.variables {
            let name = definition.variable
            if let first = definitions[name.value] {
                context.report(
                    "There can be only one variable named \"$\(name.value)\".", at: first.variable.position, name.position)
            } else {
                definitions[name.value] = definition
            }
        }
        for usage in usages {
            guard let definition = definitions[usage.name.value] else {
                context.report("Variable \"$\(usage.name.value)\" is not defined\(suffix).", at: usage.name.position, operation.position)
                continue
            }
            guard let place = usage.type, let type = context.schema.reference(definition.type) else { continue }
            if !isAllowed(type, hasDefault: definition.hasNonNullDefault, at: place, placeHasDefault: usage.hasDefault) {
                context.report(
                    "Variable \"$\(usage.name.value)\" of type \"\(type)\" used in position expecting type \"\(place)\".",
                    at: definition.position, usage.name.position)
            }
        }
        let used = Set(usages.map(\.name.value))
        for definition in operation.variables where !used.contains(definition.variable.value) {
            context.report("Variable \"$\(definition.variable.value)\" is never used\(ending).", at: definition.position)
        }
    }

    /// "IsVariableUsageAllowed".
    private func isAllowed(_ type: TypeReference, hasDefault: Bool, at place: TypeReference, placeHasDefault: Bool) -> Bool {
        if place.isNonNull, !type.isNonNull {
            return (hasDefault || placeHasDefault) && isSubtype(type, of: place.nullable)
        }
        return isSubtype(type, of: place)
    }

    private func isSubtype(_ type: TypeReference, of place: TypeReference) -> Bool {
        switch (type, place) {
        case (.nonNull(let inner), .nonNull(let outer)): isSubtype(inner, of: outer)
        case (.nonNull(let inner), _): isSubtype(inner, of: place)
        case (_, .nonNull): false
        case (.list(let inner), .list(let outer)): isSubtype(inner, of: outer)
        case (.named(let inner), .named(let outer)): inner.name == outer.name
        default: false
        }
    }
}

extension VariableDefinition {
    fileprivate var hasNonNullDefault: Bool {
        guard let defaultValue else { return false }
        if case .null = defaultValue { return false }
        return true
    }
}
