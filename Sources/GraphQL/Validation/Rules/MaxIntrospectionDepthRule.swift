/// Introspection must not nest its lists so deep that the answer explodes.
final class MaxIntrospectionDepthRule: ValidationRule {
    override class var parts: Parts { .field }

    private static let depthLimit = 3
    private static let lists: Set<String> = ["fields", "interfaces", "possibleTypes", "inputFields"]

    private struct Visit: Hashable {
        let fragment: String
        let depth: Int
    }

    /// Fragments found harmless, or being checked, at a depth.
    private var visited: Set<Visit> = []

    override func enter(_ field: Field) {
        guard field.name.value == "__schema" || field.name.value == "__type" else { return }
        guard isTooDeep(field.selections) else { return }
        context.report("Maximum introspection depth exceeded", field.position)
        // The search stopped within fragments, so they are not harmless.
        visited.removeAll()
    }

    private func isTooDeep(_ selections: [Selection]) -> Bool {
        // A chain of fragments may be as long as a document.
        var pending = [(selections: selections, depth: 0)]
        while let (selections, depth) = pending.popLast() {
            for selection in selections {
                switch selection {
                case .inlineFragment(let fragment): pending.append((fragment.selections, depth))
                case .fragmentSpread(let spread):
                    guard visited.insert(Visit(fragment: spread.name.value, depth: depth)).inserted,
                        let fragment = context.fragment(spread.name)
                    else { continue }
                    pending.append((fragment.selections, depth))
                case .field(let field):
                    let isList = Self.lists.contains(field.name.value)
                    if isList, depth + 1 >= Self.depthLimit { return true }
                    pending.append((field.selections, isList ? depth + 1 : depth))
                }
            }
        }
        return false
    }
}
