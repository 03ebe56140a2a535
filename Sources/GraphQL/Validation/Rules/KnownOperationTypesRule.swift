/// The schema must have a root type for the operation. Specification section 5.2.1.2.
final class KnownOperationTypesRule: ValidationRule {
    override func enter(_ operation: OperationDefinition) {
        if context.schema.rootType(for: operation.kind) == nil {
            context.report("The \(operation.kind.rawValue) operation is not supported by the schema.", operation.position)
        }
    }
}
