package import Postgres

/// A key that clients may sort by.
package struct SortKey: Sendable {
    package let name: String
    let expression: SQL
    /// Whether case is ignored by default.
    let ignoresCase: Bool
    /// Whether an index provides the order, so that a page is a short read.
    let isIndexed: Bool
    /// Whether rows without a value come last in both directions. Otherwise they come after the greatest.
    let hasNullsLast: Bool

    package init(
        _ name: String, _ expression: SQL, ignoresCase: Bool = false, isIndexed: Bool = false, hasNullsLast: Bool = false
    ) {
        self.name = name
        self.expression = expression
        self.ignoresCase = ignoresCase
        self.isIndexed = isIndexed
        self.hasNullsLast = hasNullsLast
    }
}
