/// Only operations and fragments may be executed. Specification section 5.1.1.
final class ExecutableDefinitionsRule: ValidationRule {
    override func enter(_ document: Document) {
        for case .typeSystem(let definition) in document.definitions {
            switch definition {
            case .schema(let node): context.report("The schema definition is not executable.", node.position)
            case .directive(let node): context.report("The \"\(node.name.value)\" definition is not executable.", node.position)
            case .type(let node): context.report("The \"\(node.name.value)\" definition is not executable.", node.position)
            }
        }
    }
}
