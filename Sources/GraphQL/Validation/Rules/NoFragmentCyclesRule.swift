/// Specification section 5.5.2.2.
final class NoFragmentCyclesRule: ValidationRule {
    /// A fragment, identified by name.
    private struct Node: Hashable {
        let fragment: FragmentDefinition

        static func == (left: Node, right: Node) -> Bool { left.fragment.name.value == right.fragment.name.value }

        func hash(into hasher: inout Hasher) { hasher.combine(fragment.name.value) }
    }

    override func leave(_ document: Document) {
        var search = CircularReferences<Node, FragmentSpread> { [context] node in
            node.fragment.selections.allSpreads.compactMap { spread in
                context.fragment(spread.name).map { (reference: spread, target: Node(fragment: $0)) }
            }
        }
        for case .fragment(let fragment) in document.definitions {
            for cycle in search.cycles(from: Node(fragment: fragment)) {
                let via = cycle.references.dropLast().map { "\"\($0.name.value)\"" }.joined(separator: ", ")
                context.report(
                    "Cannot spread fragment \"\(cycle.node.fragment.name.value)\" within itself\(via.isEmpty ? "" : " via \(via)").",
                    at: cycle.references.map(\.position))
            }
        }
    }
}
