/// Specification section 5.8.3.
final class NoUndefinedVariablesRule: ValidationRule {
    override func leave(_ document: Document) {
        for (place, use) in context.uses.enumerated() {
            guard let operation = use.operation else { continue }
            let defined = Set(operation.variables.map(\.variable.value))
            for variable in context.reachableVariables(from: place) where !defined.contains(variable.name.value) {
                let place = operation.name.map { " by operation \"\($0.value)\"" } ?? ""
                context.report(
                    "Variable \"$\(variable.name.value)\" is not defined\(place).", variable.name.position, operation.position)
            }
        }
    }
}
