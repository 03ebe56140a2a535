internal import Postgres

/// Checks that a table's columns are declared without contradiction.
enum TableCheck {
    /// - Parameter isDense: Whether the structure of the columns contains nothing else.
    static func problems(_ table: SQL, _ columns: [Column], _ listKeys: ListKeys, isDense: Bool) -> [String] {
        var problems: [String] = []
        if !isDense { problems.append("The columns of \(table.text) are declared in a structure that holds something else.") }
        let facets: [(what: String, words: [String])] = [
            ("column", columns.map(\.name.text)),
            ("field", columns.compactMap(\.field?.name)),
            ("member written from", columns.compactMap(\.writing?.member)),
            ("word for sorting", listKeys.sorted.map(\.name)),
            ("word for filtering", listKeys.filtered.map(\.name)),
            ("member imported from", columns.compactMap(\.transfer?.member.text)),
        ]
        for facet in facets {
            var seen: Set<String> = []
            for word in facet.words where !seen.insert(word).inserted {
                problems.append("The table \(table.text) has the \(facet.what) \(word) twice.")
            }
        }
        for column in columns {
            guard case .with(let leader)? = column.merging else { continue }
            let isFilled = columns.contains { if $0.name == leader, case .firstFilled? = $0.merging { true } else { false } }
            guard !isFilled else { continue }
            problems.append("The column \(table.text).\(column.name.text) is merged with \(leader.text), which is not merged if filled.")
        }
        guard columns.contains(where: { $0.transfer != nil }) else { return problems }
        for column in columns where column.writing != nil && column.transfer == nil && column.reasonNotImported == nil {
            problems.append(
                "The column \(column.name.text) of \(table.text) is written, but not imported, and does not say why.")
        }
        return problems
    }
}
