// What every kind of selection has.
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
