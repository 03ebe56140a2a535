/// Specification section 5.5.2.2.
final class NoFragmentCyclesRule: ValidationRule {
    /// How many spreads the cycles of a document may have together before no further one is shown: each is named and placed.
    private static let workLimit = 5000

    private var work = 0
    private var finished: Set<String> = []
    private var path: [FragmentSpread] = []
    private var places: [String: Int] = [:]

    override func leave(_ document: Document) {
        for case .fragment(let fragment) in document.definitions where !finished.contains(fragment.name.value) { visit(fragment) }
    }

    /// Depth first with its own stack: a chain of fragments may be long.
    private func visit(_ root: FragmentDefinition) {
        var stack: [(name: String, spreads: [FragmentSpread], next: Int)] = []
        func push(_ fragment: FragmentDefinition) {
            finished.insert(fragment.name.value)
            places[fragment.name.value] = path.count
            stack.append((fragment.name.value, fragment.selections.allSpreads, 0))
        }
        push(root)
        while let frame = stack.last, work <= Self.workLimit {
            if frame.next >= frame.spreads.count {
                places[frame.name] = nil
                stack.removeLast()
                if !stack.isEmpty { path.removeLast() }
                continue
            }
            stack[stack.count - 1].next += 1
            let spread = frame.spreads[frame.next]
            let name = spread.name.value
            if let start = places[name] {
                let cycle = path[start...] + [spread]
                work += cycle.count
                let via = cycle.dropLast().map { "\"\($0.name.value)\"" }.joined(separator: ", ")
                context.report(
                    "Cannot spread fragment \"\(name)\" within itself\(via.isEmpty ? "" : " via \(via)").", at: cycle.map(\.position))
            } else if let fragment = context.fragment(spread.name), !finished.contains(name) {
                path.append(spread)
                push(fragment)
            }
        }
    }
}
