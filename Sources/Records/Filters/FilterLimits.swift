/// The limits of a filter.
public struct FilterLimits: Sendable {
    /// How deep filters may nest.
    public var depth: Int
    public var comparisons: Int
    /// The values of one list.
    public var values: Int

    public init(depth: Int = 10, comparisons: Int = 100, values: Int = 1_000) {
        self.depth = depth
        self.comparisons = comparisons
        self.values = values
    }
}
