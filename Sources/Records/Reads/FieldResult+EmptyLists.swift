package import GraphQL

extension FieldResult {
    /// Makes empty lists null.
    package func nullEmptyLists() {
        for level in lists.indices {
            let offsets = lists[level].offsets
            lists[level].states = (0..<max(0, offsets.count - 1)).map { offsets[$0] == offsets[$0 + 1] ? -1 : 0 }
        }
    }
}
