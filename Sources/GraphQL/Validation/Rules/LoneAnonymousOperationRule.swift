/// Specification section 5.2.2.1.
final class LoneAnonymousOperationRule: ValidationRule {
    private var count = 0

    override func enter(_ document: Document) {
        for case .operation in document.definitions { count += 1 }
    }

    override func enter(_ operation: OperationDefinition) {
        if operation.name == nil, count > 1 {
            context.report("This anonymous operation must be the only defined operation.", operation.position)
        }
    }
}
