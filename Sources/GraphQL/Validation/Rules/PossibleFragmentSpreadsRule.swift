/// A fragment spread must be possible. Specification section 5.5.2.3.
final class PossibleFragmentSpreadsRule: ValidationRule {
    override class var parts: Parts { [.spread, .inlineFragment] }

    override func enter(_ fragment: InlineFragment) {
        guard let condition = fragment.typeCondition, let type = context.compositeType(condition),
            let parent = context.parentType, !overlap(type, parent)
        else { return }
        context.report(
            "Fragment cannot be spread here as objects of type \"\(parent.name)\" can never be of type \"\(type.name)\".",
            fragment.position)
    }

    override func enter(_ spread: FragmentSpread) {
        let name = spread.name.value
        guard let fragment = context.fragment(spread.name), let type = context.compositeType(fragment.typeCondition),
            let parent = context.parentType, !overlap(type, parent)
        else { return }
        context.report(
            "Fragment \"\(name)\" cannot be spread here as objects of type \"\(parent.name)\" can never be of type \"\(type.name)\".",
            spread.position)
    }

    private func overlap(_ left: NamedType, _ right: NamedType) -> Bool {
        if case .object(let left) = left, case .object(let right) = right { return left === right }
        if left.name == right.name { return true }
        let possible = Set(context.schema.possibleTypes(of: left).map { ObjectIdentifier($0) })
        return context.schema.possibleTypes(of: right).contains { possible.contains(ObjectIdentifier($0)) }
    }
}
