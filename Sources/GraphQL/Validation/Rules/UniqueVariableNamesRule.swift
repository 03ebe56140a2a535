/// Specification section 5.8.1.
final class UniqueVariableNamesRule: ValidationRule {
    override func enter(_ operation: OperationDefinition) {
        DuplicateNames.report(operation.variables.map(\.variable)) { name, positions in
            let names = positions.map { SourcePosition(offset: $0.offset + 1) }
            context.report("There can be only one variable named \"$\(name)\".", at: names)
        }
    }
}
