/// Names that may have been meant.
enum Suggestion {
    /// ` Did you mean "a" or "b"?`, or nothing.
    static func text(for name: String, among candidates: [String]) -> String {
        // Longer names than any of ours are no misspellings.
        guard name.utf8.count <= 64 else { return "" }
        let threshold = max(1, name.utf8.count * 2 / 5)
        let near = candidates.map { (name: $0, distance: distance(name, $0, threshold)) }.filter { $0.distance <= threshold }
            .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(5).map { "\"\($0.name)\"" }
        guard let last = near.last else { return "" }
        if near.count == 1 { return " Did you mean \(last)?" }
        if near.count == 2 { return " Did you mean \(near[0]) or \(last)?" }
        return " Did you mean \(near.dropLast().joined(separator: ", ")), or \(last)?"
    }

    /// How many characters must be added, dropped, changed or swapped, without regard to case.
    private static func distance(_ first: String, _ second: String, _ threshold: Int) -> Int {
        let a = Array(first.lowercased().utf8)
        let b = Array(second.lowercased().utf8)
        if first == second { return 0 }
        if a == b { return 1 }
        guard abs(a.count - b.count) <= threshold else { return threshold + 1 }
        var before: [Int] = []
        var previous = Array(0...b.count)
        for i in 0..<a.count {
            var row = [i + 1]
            for j in 0..<b.count {
                var cost = min(previous[j + 1] + 1, row[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
                row.append(cost)
            }
            before = previous
            previous = row
        }
        return previous[b.count]
    }
}
