/// Finds names that occur more than once.
enum DuplicateNames {
    /// Calls `body` with each such name and all its positions, ordered by the first.
    static func report(_ names: [Name], _ body: (String, [SourcePosition]) -> Void) {
        guard names.count > 1 else { return }
        let groups = Dictionary(grouping: names, by: \.value)
        guard groups.count < names.count else { return }
        var reported: Set<String> = []
        for name in names where reported.insert(name.value).inserted {
            if let group = groups[name.value], group.count > 1 { body(name.value, group.map(\.position)) }
        }
    }
}
