/// A subscription has one root field. Specification section 5.2.3.1.
final class SingleFieldSubscriptionsRule: ValidationRule {
    private var conditional: [(subject: String, positions: [SourcePosition])] = []

    /// New in the September 2025 edition. Most tools lack this part of the rule, so it reports only if nothing else is
    /// wrong.
    override func leave(_ document: Document) {
        guard context.errors.isEmpty else { return }
        for (subject, positions) in conditional {
            context.report(
                "\(subject) must not use `@skip` or `@include` directives in the top level selection.", at: positions)
        }
    }

    override func enter(_ operation: OperationDefinition) {
        guard operation.kind == .subscription, context.schema.subscriptionType != nil else { return }
        var keys: [String] = []
        var groups: [String: [Field]] = [:]
        var visited: Set<String> = []
        var conditions: [SourcePosition] = []
        // A chain of fragments may be as long as a document. Selections are in the order of their fields.
        var pending: [ArraySlice<Selection>] = [operation.selections[...]]
        while var selections = pending.popLast() {
            while let selection = selections.popFirst() {
                let directives = selection.directives
                if let condition = directives.first(where: { $0.name.value == "skip" })
                    ?? directives.first(where: { $0.name.value == "include" })
                {
                    conditions.append(condition.position)
                    continue
                }
                switch selection {
                case .field(let field):
                    if groups[field.responseKey] == nil { keys.append(field.responseKey) }
                    groups[field.responseKey, default: []].append(field)
                case .inlineFragment(let fragment):
                    guard applies(fragment.typeCondition) else { continue }
                    pending.append(selections)
                    selections = fragment.selections[...]
                case .fragmentSpread(let spread):
                    guard visited.insert(spread.name.value).inserted, let fragment = context.fragment(spread.name),
                        applies(fragment.typeCondition)
                    else { continue }
                    pending.append(selections)
                    selections = fragment.selections[...]
                }
            }
        }
        let subject = operation.name.map { "Subscription \"\($0.value)\"" } ?? "Anonymous Subscription"
        if !conditions.isEmpty { conditional.append((subject, conditions)) }
        if keys.count > 1 {
            let extra = keys.dropFirst().flatMap { groups[$0] ?? [] }.map(\.position)
            context.report("\(subject) must select only one top level field.", at: extra)
        }
        for key in keys {
            guard let fields = groups[key], fields.first?.name.value.hasPrefix("__") == true else { continue }
            context.report("\(subject) must not select an introspection top level field.", at: fields.map(\.position))
        }
    }

    private func applies(_ condition: Name?) -> Bool {
        guard let condition, let type = context.schema.type(condition.value), let root = context.schema.subscriptionType else {
            return condition == nil
        }
        return context.schema.possibleTypes(of: type).contains { $0 === root }
    }
}
