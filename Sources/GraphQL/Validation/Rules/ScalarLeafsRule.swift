/// Specification section 5.3.3.
final class ScalarLeafsRule: ValidationRule {
    override class var parts: Parts { .field }

    override func enter(_ field: Field) {
        guard let type = context.field?.type else { return }
        let name = field.name.value
        if type.namedType.isLeaf {
            guard let first = field.selections.first else { return }
            context.report(
                "Field \"\(name)\" must not have a selection since type \"\(type)\" has no subfields.",
                field.selectionSetPosition ?? first.position)
        } else if field.selections.isEmpty {
            context.report(
                "Field \"\(name)\" of type \"\(type)\" must have a selection of subfields. Did you mean \"\(name) { ... }\"?",
                field.position)
        }
    }
}
