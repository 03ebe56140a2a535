/// A subscription has one root field. Specification section 5.2.3.1.
final class SingleFieldSubscriptionsRule: ValidationRule {
    override func enter(_ operation: OperationDefinition) {
        guard operation.kind == .subscription, context.schema.subscriptionType != nil else { return }
        var keys: [String] = []
        var groups: [String: [Field]] = [:]
        var visited: Set<String> = []
        func collect(_ selections: [Selection]) {
            for selection in selections {
                switch selection {
                case .field(let field):
                    if groups[field.responseKey] == nil { keys.append(field.responseKey) }
                    groups[field.responseKey, default: []].append(field)
                case .inlineFragment(let fragment):
                    if applies(fragment.typeCondition) { collect(fragment.selections) }
                case .fragmentSpread(let spread):
                    guard visited.insert(spread.name.value).inserted, let fragment = context.fragments[spread.name.value],
                        applies(fragment.typeCondition)
                    else { continue }
                    collect(fragment.selections)
                }
            }
        }
        collect(operation.selections)
        let subject = operation.name.map { "Subscription \"\($0.value)\"" } ?? "Anonymous Subscription"
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
