/// What lists of one type's objects can be sorted and filtered by.
package struct ListKeys: Sendable {
    package let sorted: [SortKey]
    package let filtered: [FilterProperty]

    package init(sorted: [SortKey], filtered: [FilterProperty]) {
        self.sorted = sorted
        self.filtered = filtered
    }
}
