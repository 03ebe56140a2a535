/// Specification section 5.5.1.1.
final class UniqueFragmentNamesRule: ValidationRule {
    private var known: [String: Name] = [:]

    override func enter(_ fragment: FragmentDefinition) {
        let name = fragment.name
        if let first = known[name.value] {
            context.report("There can be only one fragment named \"\(name.value)\".", first.position, name.position)
        } else {
            known[name.value] = name
        }
    }
}
