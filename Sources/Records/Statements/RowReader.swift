internal import Postgres

/// Reads the cells of one row from left to right.
package struct RowReader {
    private let result: QueryResult
    private let row: Int
    private let statement: String
    private var column = 0

    init(_ result: QueryResult, row: Int, of statement: String) {
        self.result = result
        self.row = row
        self.statement = statement
    }

    /// - Throws: If the row ends, or the cell is not such a value.
    mutating func next<Value: CellValue>(_: Value.Type) throws(UnreadableCell) -> Value {
        guard column < result.columnCount, let value = Value.read(result[row, column]) else {
            throw UnreadableCell(statement: statement, column: column, type: "\(Value.self)")
        }
        column += 1
        return value
    }
}
