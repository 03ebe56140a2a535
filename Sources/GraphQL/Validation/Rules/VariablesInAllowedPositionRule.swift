/// Specification section 5.8.5.
final class VariablesInAllowedPositionRule: ValidationRule {
    override func leave(_ document: Document) {
        for (place, use) in context.uses.enumerated() where !context.isAborted {
            guard let operation = use.operation, !operation.variables.isEmpty else { continue }
            var definitions: [String: (node: VariableDefinition, type: TypeReference)] = [:]
            for variable in operation.variables {
                definitions[variable.variable.value] = context.schema.reference(variable.type).map { (variable, $0) }
            }
            func problems(_ variable: DefinitionUses.Variable) -> [String] {
                definitions[variable.name.value].map { self.problems(variable, $0.node, $0.type) } ?? []
            }
            if context.reachable.distinctVariables(from: place).allSatisfy({ problems($0).isEmpty }) { continue }
            for variable in context.reachable.variables(from: place) {
                guard let definition = definitions[variable.name.value] else { continue }
                for problem in problems(variable) {
                    context.report(problem, definition.node.position, variable.name.position)
                }
            }
        }
    }

    /// What is wrong with the use of a variable.
    private func problems(_ variable: DefinitionUses.Variable, _ definition: VariableDefinition, _ type: TypeReference) -> [String] {
        guard let expected = variable.type else { return [] }
        let name = variable.name.value
        var problems: [String] = []
        if let oneOf = variable.oneOf, !type.isNonNull {
            problems.append(
                "Variable \"$\(name)\" is of type \"\(type)\" but must be non-nullable to be used for OneOf Input Object \"\(oneOf)\".")
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
            problems.append("Variable \"$\(name)\" of type \"\(type)\" used in position expecting type \"\(expected)\".")
        }
        return problems
    }
}
