/// The limits of lists.
package struct ListLimits: Sendable {
    /// The most rows of a page.
    package var page: Int
    /// The most sort keys of a page.
    package var sortKeys: Int
    /// The most events of a timeline.
    package var timeline: Int
    package var filter: FilterLimits

    package init(page: Int = 10_000, sortKeys: Int = 8, timeline: Int = 1_000, filter: FilterLimits = FilterLimits()) {
        self.page = page
        self.sortKeys = sortKeys
        self.timeline = timeline
        self.filter = filter
    }
}
