/// Specification section 5.5.1.2.
final class KnownTypeNamesRule: ValidationRule {
    override class var parts: Parts { .typeName }

    override func enter(typeName: Name) {
        guard context.schema.type(typeName.value) == nil else { return }
        let suggestion = context.suggestion(typeName.value, among: context.schema.types.map(\.name))
        context.report("Unknown type \"\(typeName.value)\".\(suggestion)", typeName.position)
    }
}
