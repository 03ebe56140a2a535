/// A filter: tests joined by AND and OR.
///
/// There is no NOT: by De Morgan, a negated group is the other group of its negated members, so that negation remains
/// only on single tests. Then a test that an index can serve is found anywhere in the filter.
indirect enum FilterExpression {
    case test(FilterTest)
    case all([FilterExpression])
    case any([FilterExpression])

    /// The members joined by AND. Negated value lists of one property become one list, compared once per row.
    static func conjunction(_ members: [FilterExpression]) -> FilterExpression {
        let flat = members.flatMap { member in
            if case .all(let inner) = member { inner } else { [member] }
        }
        let merged = merged(flat, areDenied: true)
        return merged.count == 1 ? merged[0] : .all(merged)
    }

    /// The members joined by OR, value lists of one property merged into one.
    static func disjunction(_ members: [FilterExpression]) -> FilterExpression {
        let flat = members.flatMap { member in
            if case .any(let inner) = member { inner } else { [member] }
        }
        let merged = merged(flat, areDenied: false)
        return merged.count == 1 ? merged[0] : .any(merged)
    }

    /// Each test once, with mergeable value lists merged.
    private static func merged(_ members: [FilterExpression], areDenied: Bool) -> [FilterExpression] {
        var merged: [FilterExpression] = []
        var places: [FilterTest.Subject: Int] = [:]
        var seen: Set<FilterTest.Meaning> = []
        for member in members {
            guard case .test(let test) = member else {
                merged.append(member)
                continue
            }
            guard seen.insert(test.meaning).inserted else { continue }
            guard test.isOfValues, test.isDenied == areDenied else {
                merged.append(member)
                continue
            }
            if let place = places[test.subject], case .test(var first) = merged[place] {
                first.values += test.values
                merged[place] = .test(first)
            } else {
                places[test.subject] = merged.count
                merged.append(member)
            }
        }
        return merged
    }

    /// Whether rows of another table decide.
    var isRelated: Bool {
        switch self {
        case .test(let test): test.property.related != nil
        case .all(let members), .any(let members): members.contains(where: \.isRelated)
        }
    }

    /// The negated test, if it is one.
    var denied: FilterTest? {
        guard case .test(var test) = self, test.isDenied else { return nil }
        test.isDenied = false
        return test
    }

    /// Whether an index finds the few rows that meet it.
    var isSought: Bool {
        switch self {
        case .test(let test): test.isOfValues && !test.isDenied
        case .all(let members): members.contains(where: \.isSought)
        case .any(let members): members.allSatisfy(\.isSought)
        }
    }
}
