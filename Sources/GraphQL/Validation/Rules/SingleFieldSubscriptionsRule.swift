/// A subscription has one root field, on which no variable decides. Specification section 5.2.3.1.
final class SingleFieldSubscriptionsRule: ValidationRule {
    override func enter(_ operation: OperationDefinition) {
        guard operation.kind == .subscription, context.schema.subscriptionType != nil else { return }
        var keys: [String] = []
        var groups: [String: [Field]] = [:]
        var conditions: [SourcePosition] = []
        var visited: Set<String> = []
        func collect(_ selections: [Selection]) {
            for selection in selections {
                if let condition = selection.condition {
                    conditions.append(condition.position)
                    continue
                }
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
        if !conditions.isEmpty {
            context.report("\(subject) must not use `@skip` or `@include` directives in the top level selection.", at: conditions)
            return
        }
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

extension Selection {
    /// The directive that may leave the selection out.
    fileprivate var condition: Directive? {
        let directives =
            switch self {
            case .field(let field): field.directives
            case .inlineFragment(let fragment): fragment.directives
            case .fragmentSpread(let spread): spread.directives
            }
        return directives.first { $0.name.value == "skip" } ?? directives.first { $0.name.value == "include" }
    }
}
