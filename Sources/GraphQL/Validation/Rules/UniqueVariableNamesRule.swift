/// Specification section 5.8.1.
final class UniqueVariableNamesRule: ValidationRule {
    override func enter(_ operation: OperationDefinition) {
        DuplicateNames.report(operation.variables.map { Name($0.variable.value, at: $0.namePosition) }) { name, positions in
            context.report("There can be only one variable named \"$\(name)\".", at: positions)
        }
    }
}
