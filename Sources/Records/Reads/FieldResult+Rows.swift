package import GraphQL
package import Postgres

extension FieldResult {
    /// Null for the one parent that a root field has.
    package static var null: FieldResult { FieldResult(parts: [], items: [.null]) }

    /// One leaf value for the one parent that a root field has.
    package static func leaf(_ text: String) -> FieldResult {
        FieldResult(parts: [Part(type: nil, rows: RowBatch(texts: [[text]]))], items: [Item(row: 0)])
    }

    /// The object of a result's first row, behind a column that the statement needs to have one; null without a row.
    package convenience init(first result: QueryResult, _ selection: PlannedObject) {
        let rows = RowBatch(result, droppingColumns: 1)
        self.init(parts: [Part(type: selection.type, rows: rows)], items: [rows.rowCount == 0 ? .null : Item(row: 0)])
    }

    /// All rows as the one list of the one parent that a root field has.
    package static func list(_ rows: RowBatch, of type: ObjectType?) -> FieldResult {
        FieldResult(
            parts: [Part(type: type, rows: rows)], items: (0..<rows.rowCount).map { Item(row: $0) },
            lists: [ListLevel(offsets: [0, Int32(rows.rowCount)])])
    }
}
