/// A filter: tests joined by AND and OR.
///
/// There is no NOT: logic has two values here, so that a denied group is the other group of its denied members, and what is
/// left of NOT stands at single tests. A test that an index can serve is then found wherever it stands in the filter.
indirect enum FilterExpression {
    case test(FilterTest)
    case all([FilterExpression])
    case any([FilterExpression])

    /// The members joined by AND. Denied lists of values of one property become one list, which is compared once a row.
    static func conjunction(_ members: [FilterExpression]) -> FilterExpression { .all(merged(members, areDenied: true)) }

    /// The members joined by OR, asserted lists of one property as one list.
    static func disjunction(_ members: [FilterExpression]) -> FilterExpression {
        let flat = members.flatMap { member in
            if case .any(let inner) = member { inner } else { [member] }
        }
        let merged = merged(flat, areDenied: false)
        return merged.count == 1 ? merged[0] : .any(merged)
    }

    private static func merged(_ members: [FilterExpression], areDenied: Bool) -> [FilterExpression] {
        var merged: [FilterExpression] = []
        var places: [FilterTest.Subject: Int] = [:]
        for member in members {
            guard case .test(let test) = member, test.isOfValues, test.isDenied == areDenied else {
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
}

/// One comparison of a property.
struct FilterTest {
    /// What is compared, and how its texts are.
    struct Subject: Hashable {
        let property: String
        let ignoresCase: Bool
    }

    let property: FilterProperty
    let comparison: Comparison
    var ignoresCase = false
    /// As the statement's parameters take them: two for BETWEEN, none for the test of presence, none where ids are none.
    var values: [String] = []
    /// Met by the rows that have no value which meets the comparison.
    var isDenied = false

    var subject: Subject { Subject(property: property.name, ignoresCase: ignoresCase) }

    /// Whether the value must be one of `values`.
    var isOfValues: Bool { comparison == .equal || comparison == .among }
}
