/// Specification section 5.8.3.
final class NoUndefinedVariablesRule: ValidationRule {
    override func leave(_ document: Document) {
        for (place, use) in context.uses.enumerated() where !context.isAborted {
            guard let operation = use.operation else { continue }
            let defined = Set(operation.variables.map(\.variable.value))
            func isDefined(_ variable: DefinitionUses.Variable) -> Bool { defined.contains(variable.name.value) }
            if context.reachable.distinctVariables(from: place).allSatisfy(isDefined) { continue }
            for variable in context.reachable.variables(from: place) where !isDefined(variable) {
                let name = operation.name.map { " by operation \"\($0.value)\"" } ?? ""
                context.report("Variable \"$\(variable.name.value)\" is not defined\(name).", variable.name.position, operation.position)
            }
        }
    }
}
