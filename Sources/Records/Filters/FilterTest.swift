internal import GraphQL

/// One comparison of a property.
struct FilterTest {
    /// What is compared, and how its texts are.
    struct Subject: Hashable {
        let property: String
        let ignoresCase: Bool
    }

    /// The identity of a test.
    struct Meaning: Hashable {
        let subject: Subject
        let comparison: Comparison
        let values: [ExactText]
        let isDenied: Bool
    }

    let property: FilterProperty
    var comparison: Comparison
    var ignoresCase = false
    /// As statement parameters: two for BETWEEN, none for the test of presence, none if no id is valid.
    var values: [String] = []
    /// Met by rows without a value that meets the comparison.
    var isDenied = false

    var subject: Subject { Subject(property: property.name, ignoresCase: ignoresCase) }
    var meaning: Meaning { Meaning(subject: subject, comparison: comparison, values: values.map(ExactText.init), isDenied: isDenied) }

    /// The same test of a text. An empty text is not a value: nothing equals it, and every value contains it and begins
    /// with it.
    var withoutEmptyTexts: FilterTest {
        var test = self
        switch comparison {
        case .equal, .among: test.values.removeAll(where: \.isEmpty)
        case .contains, .startsWith:
            guard values == [""] else { break }
            test.comparison = .present
            test.ignoresCase = false
            test.values = []
        case .less, .lessOrEqual, .greater, .greaterOrEqual, .between, .present: break
        }
        return test
    }

    /// Whether the value must be one of `values`.
    var isOfValues: Bool { comparison == .equal || comparison == .among }
}
