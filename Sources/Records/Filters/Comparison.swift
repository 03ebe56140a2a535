/// How a property is compared. Each value of the schema's `ComparisonOperator` is one of these or its opposite; some
/// are synonyms.
package enum Comparison: Sendable, CaseIterable {
    case equal, contains, startsWith, less, lessOrEqual, greater, greaterOrEqual, between, among, present

    /// The comparison that an operator stands for, and whether it is negated.
    static func named(_ word: String) -> (comparison: Comparison, isOpposite: Bool)? {
        for comparison in allCases {
            if comparison.words.contains(word) { return (comparison, false) }
            if comparison.oppositeWords.contains(word) { return (comparison, true) }
        }
        return nil
    }

    var words: [String] {
        switch self {
        case .equal: ["EQ", "EQUALS"]
        case .contains: ["CONTAINS"]
        case .startsWith: ["STARTS_WITH"]
        case .less: ["LT"]
        case .lessOrEqual: ["LTE"]
        case .greater: ["GT"]
        case .greaterOrEqual: ["GTE"]
        case .between: ["BETWEEN"]
        case .among: ["IN"]
        case .present: ["IS_NOT_NULL", "IS_NOT_EMPTY"]
        }
    }

    var oppositeWords: [String] {
        switch self {
        case .equal: ["NOT_EQUAL", "NOT_EQUALS"]
        case .contains: ["NOT_CONTAINS"]
        case .among: ["NOT_IN", "IS_NONE_OF"]
        case .present: ["IS_NULL", "IS_EMPTY"]
        case .startsWith, .less, .lessOrEqual, .greater, .greaterOrEqual, .between: []
        }
    }
}
