/// Introspection may not nest its lists so deep that the answer explodes.
final class MaxIntrospectionDepthRule: ValidationRule {
    override class var parts: Parts { .field }

    private static let depthLimit = 3

    private struct Visit: Hashable {
        let fragment: String
        let depth: Int
    }

    /// Fragments that were found harmless, or are being looked at, at a depth.
    private var visited: Set<Visit> = []

    override func enter(_ field: Field) {
        guard field.name.value == "__schema" || field.name.value == "__type" else { return }
        guard isTooDeep(field.selections, 0) else { return }
        context.report("Maximum introspection depth exceeded", field.position)
        // The search has stopped within fragments, so they are not harmless.
        visited.removeAll()
    }

    private func isTooDeep(_ selections: [Selection], _ depth: Int) -> Bool {
        selections.contains { selection in
            switch selection {
            case .inlineFragment(let fragment): return isTooDeep(fragment.selections, depth)
            case .fragmentSpread(let spread):
                guard visited.insert(Visit(fragment: spread.name.value, depth: depth)).inserted,
                    let fragment = context.fragment(spread.name)
                else { return false }
                return isTooDeep(fragment.selections, depth)
            case .field(let field):
                switch field.name.value {
                case "fields", "interfaces", "possibleTypes", "inputFields":
                    return depth + 1 >= Self.depthLimit || isTooDeep(field.selections, depth + 1)
                default: return isTooDeep(field.selections, depth)
                }
            }
        }
    }
}
