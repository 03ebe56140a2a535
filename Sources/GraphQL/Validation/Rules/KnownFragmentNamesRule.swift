/// Specification section 5.5.2.1.
final class KnownFragmentNamesRule: ValidationRule {
    override func enter(_ spread: FragmentSpread) {
        if context.fragments[spread.name.value] == nil {
            context.report("Unknown fragment \"\(spread.name.value)\".", spread.name.position)
        }
    }
}
