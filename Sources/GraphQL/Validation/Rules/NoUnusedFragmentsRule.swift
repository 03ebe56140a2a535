/// Specification section 5.5.1.4.
final class NoUnusedFragmentsRule: ValidationRule {
    override func leave(_ document: Document) {
        var used: Set<String> = []
        for use in context.uses where use.operation != nil {
            for reachable in context.reachableUses(of: use) {
                if let name = reachable.fragment { used.insert(name) }
            }
        }
        for case .fragment(let fragment) in document.definitions where !used.contains(fragment.name.value) {
            context.report("Fragment \"\(fragment.name.value)\" is never used.", fragment.position)
        }
    }
}
