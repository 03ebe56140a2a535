/// Specification section 5.5.1.4.
final class NoUnusedFragmentsRule: ValidationRule {
    override func leave(_ document: Document) {
        // All operations share the set: what one has reached, the others skip.
        var used: Set<String> = []
        var pending = context.uses.filter { $0.operation != nil }.flatMap(\.spreads)
        let spreads = Dictionary(
            context.uses.compactMap { use in use.fragment.map { ($0, use.spreads) } }, uniquingKeysWith: { first, _ in first })
        while let name = pending.popLast() {
            if used.insert(name).inserted { pending += spreads[name] ?? [] }
        }
        for case .fragment(let fragment) in document.definitions where !used.contains(fragment.name.value) {
            context.report("Fragment \"\(fragment.name.value)\" is never used.", fragment.position)
        }
    }
}
