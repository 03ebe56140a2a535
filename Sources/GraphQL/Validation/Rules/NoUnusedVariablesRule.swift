/// Specification section 5.8.4.
final class NoUnusedVariablesRule: ValidationRule {
    override func leave(_ document: Document) {
        for (place, use) in context.uses.enumerated() {
            guard let operation = use.operation, !operation.variables.isEmpty else { continue }
            let used = Set(context.reachable.distinctVariables(from: place).map(\.name.value))
            for variable in operation.variables where !used.contains(variable.variable.value) {
                let name = operation.name.map { " in operation \"\($0.value)\"" } ?? ""
                context.report("Variable \"$\(variable.variable.value)\" is never used\(name).", variable.position)
            }
        }
    }
}
