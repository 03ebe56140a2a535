package import GraphQL

/// An object type of the schema whose objects are reports.
package final class ReportType<R: Report>: Sendable {
    package let name: String
    package let bindings: [String: FieldBinding]
    let fields: [ReportField<R>]
    private let byName: [String: ReportField<R>]

    package init(_ name: String, _ fields: [ReportField<R>]) {
        self.name = name
        self.fields = fields
        byName = Dictionary(fields.map { ($0.name, $0) }) { first, _ in first }
        bindings = byName.mapValues(\.binding)
    }

    /// The value of a field without a list: one object for each parent, or null.
    func one(_ values: [R?], _ field: PlannedField) -> FieldResult {
        var row = -1
        let items = values.map { value in
            guard value != nil else { return FieldResult.Item.null }
            row += 1
            return FieldResult.Item(row: row)
        }
        return FieldResult(parts: parts(values.compactMap { $0 }, field), items: items)
    }

    /// The value of a list field: the objects of each parent.
    func many(_ lists: [[R]], _ field: PlannedField) -> FieldResult {
        var offsets: [Int32] = [0]
        var end = 0
        for list in lists {
            end += list.count
            offsets.append(Int32(end))
        }
        return FieldResult(
            parts: parts(lists.flatMap { $0 }, field), items: (0..<end).map { FieldResult.Item(row: $0) },
            lists: [FieldResult.ListLevel(offsets: offsets)])
    }

    /// The rows of these objects, with what is selected of them.
    private func parts(_ values: [R], _ field: PlannedField) -> [FieldResult.Part] {
        guard let selection = field.selections.first(where: { $0.type.name == name }) else { return [] }
        let cells = selection.columns.map { byName[$0]?.cell }
        let rows = RowBatch(texts: values.map { value in cells.map { $0?(value) } })
        var nested: [Int: FieldResult] = [:]
        for field in selection.fields { nested[field.index] = byName[field.definition.name]?.objects?(values, field) }
        return [FieldResult.Part(type: selection.type, rows: rows, nested: nested)]
    }
}
