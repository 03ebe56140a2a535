/// Specification section 5.5.2.1.
final class KnownFragmentNamesRule: ValidationRule {
    override class var parts: Parts { .spread }

    override func enter(_ spread: FragmentSpread) {
        if context.fragment(spread.name) == nil {
            context.report("Unknown fragment \"\(spread.name.value)\".", spread.name.position)
        }
    }
}
