/// Specification section 5.2.1.1.
final class UniqueOperationNamesRule: ValidationRule {
    private var known: [String: Name] = [:]

    override func enter(_ operation: OperationDefinition) {
        guard let name = operation.name else { return }
        if let first = known[name.value] {
            context.report("There can be only one operation named \"\(name.value)\".", first.position, name.position)
        } else {
            known[name.value] = name
        }
    }
}
