// What all kinds of selection have.
extension Selection {
    var directives: [Directive] {
        switch self {
        case .field(let field): field.directives
        case .fragmentSpread(let spread): spread.directives
        case .inlineFragment(let fragment): fragment.directives
        }
    }

    var position: SourcePosition {
        switch self {
        case .field(let field): field.position
        case .fragmentSpread(let spread): spread.position
        case .inlineFragment(let fragment): fragment.position
        }
    }
}

extension [Selection] {
    /// All spreads, those in nested selections included, in graphql-js's order: the last nested selection set first.
    /// Which of several cycles is reported depends on it.
    var allSpreads: [FragmentSpread] {
        var spreads: [FragmentSpread] = []
        var pending = [self]
        while let selections = pending.popLast() {
            for selection in selections {
                switch selection {
                case .field(let field): if !field.selections.isEmpty { pending.append(field.selections) }
                case .inlineFragment(let fragment): pending.append(fragment.selections)
                case .fragmentSpread(let spread): spreads.append(spread)
                }
            }
        }
        return spreads
    }
}
