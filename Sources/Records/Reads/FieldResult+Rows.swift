package import GraphQL
package import Postgres

extension FieldResult {
    /// Null, for a root field's only parent.
    package static var null: FieldResult { FieldResult(parts: [], items: [.null]) }

    /// One leaf value, for a root field's only parent.
    package static func leaf(_ text: String) -> FieldResult {
        FieldResult(parts: [Part(type: nil, rows: RowBatch(texts: [[text]]))], items: [Item(row: 0)])
    }

    /// The only value of a result, for a root field's only parent.
    static func leaf(of result: QueryResult) -> FieldResult {
        FieldResult(parts: [Part(type: nil, rows: RowBatch(result, droppingColumns: 0))], items: [Item(row: 0)])
    }

    /// The object of a result's first row, after a placeholder column; null without a row.
    package convenience init(first result: QueryResult, _ selection: PlannedObject) {
        let rows = RowBatch(result, droppingColumns: 1)
        self.init(parts: [Part(type: selection.type, rows: rows)], items: [rows.rowCount == 0 ? .null : Item(row: 0)])
    }

    /// All rows as one list, for a root field's only parent.
    package static func list(_ rows: RowBatch, of type: ObjectType?) -> FieldResult {
        FieldResult(
            parts: [Part(type: type, rows: rows)], items: (0..<rows.rowCount).map { Item(row: $0) },
            lists: [ListLevel(offsets: [0, Int32(rows.rowCount)])])
    }
}
