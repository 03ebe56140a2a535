/// The rows of one planned object, and the results of its fields.
final class ResultNode {
    let object: PlannedObject
    let rows: RowBatch
    /// By field: the result of a resolved or nested one.
    @exclusivity(unchecked) var results: [FieldResult?]
    /// By field: the nodes of its parts; for an embedded field the one node with the same rows.
    @exclusivity(unchecked) var children: [[ResultNode?]]
    /// By field: why the caller may not access it.
    @exclusivity(unchecked) var refusals: [Int: FieldError] = [:]
    /// Results of fields that came with the rows.
    let nested: [Int: FieldResult]

    init(_ object: PlannedObject, _ rows: RowBatch, nested: [Int: FieldResult] = [:]) {
        self.object = object
        self.rows = rows
        self.nested = nested
        results = Array(repeating: nil, count: object.fields.count)
        children = Array(repeating: [], count: object.fields.count)
    }
}

extension FieldResult {
    /// What makes a result unusable, or nil: a host's mistake must not crash the process.
    func problem(parents: Int, listDepth: Int) -> String? {
        guard lists.count == listDepth else { return "has \(lists.count) list levels instead of \(listDepth)" }
        var expected = parents
        for level in lists {
            guard level.offsets.count == expected + 1, level.offsets.first == 0 else { return "has a list level of the wrong length" }
            guard level.states.isEmpty || level.states.count == expected else { return "has list states of the wrong length" }
            for index in 0..<expected where level.offsets[index] > level.offsets[index + 1] { return "has list offsets that go back" }
            for state in level.states where state > 0 || (state < -1 && Int(-2 - state) >= failures.count) {
                return "has a list state out of range"
            }
            expected = Int(level.offsets[expected])
        }
        guard items.count == expected else { return "has \(items.count) items instead of \(expected)" }
        for item in items {
            if item.row >= 0 {
                guard item.part >= 0, item.part < parts.count, item.row < parts[Int(item.part)].rows.rowCount else {
                    return "has an item out of range"
                }
            } else if item.row < -1, Int(-2 - item.row) >= failures.count {
                return "has a failure out of range"
            }
        }
        return nil
    }
}
