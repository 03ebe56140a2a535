/// Specification section 5.8.5.
final class VariablesInAllowedPositionRule: ValidationRule {
    override func leave(_ document: Document) {
        for (place, use) in context.uses.enumerated() {
            guard let operation = use.operation, !operation.variables.isEmpty else { continue }
            let definitions = Dictionary(operation.variables.map { ($0.variable.value, $0) }, uniquingKeysWith: { _, last in last })
            for variable in context.reachableVariables(from: place) {
                guard let definition = definitions[variable.name.value], let expected = variable.type,
                    let type = context.schema.reference(definition.type)
                else { continue }
                check(variable, definition, type, expected)
            }
        }
    }

    private func check(
        _ variable: DefinitionUses.Variable, _ definition: VariableDefinition, _ type: TypeReference, _ expected: TypeReference
    ) {
        let name = variable.name.value
        if let oneOf = variable.oneOf, !type.isNonNull {
            context.report(
                "Variable \"$\(name)\" is of type \"\(type)\" but must be non-nullable to be used for OneOf Input Object \"\(oneOf)\".",
                definition.position, variable.name.position)
        }
        var isAllowed = context.schema.isSubtype(type, of: expected)
        if expected.isNonNull, !type.isNonNull {
            var hasValue = variable.hasDefault
            if let value = definition.defaultValue {
                if case .null = value {} else { hasValue = true }
            }
            isAllowed = hasValue && context.schema.isSubtype(type, of: expected.nullable)
        }
        if !isAllowed {
            context.report(
                "Variable \"$\(name)\" of type \"\(type)\" used in position expecting type \"\(expected)\".", definition.position,
                variable.name.position)
        }
    }
}
