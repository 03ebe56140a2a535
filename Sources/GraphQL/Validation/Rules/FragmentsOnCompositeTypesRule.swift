/// Specification section 5.5.1.3.
final class FragmentsOnCompositeTypesRule: ValidationRule {
    override class var parts: Parts { .inlineFragment }

    override func enter(_ fragment: InlineFragment) {
        guard let condition = fragment.typeCondition, let type = context.schema.type(condition.value), !type.isComposite else { return }
        context.report("Fragment cannot condition on non composite type \"\(condition.value)\".", condition.position)
    }

    override func enter(_ fragment: FragmentDefinition) {
        let condition = fragment.typeCondition
        guard let type = context.schema.type(condition.value), !type.isComposite else { return }
        context.report(
            "Fragment \"\(fragment.name.value)\" cannot condition on non composite type \"\(condition.value)\".", condition.position)
    }
}
