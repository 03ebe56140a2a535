package import GraphQL
package import Postgres

extension RowBatch {
    /// The rows of a statement's result without its first columns. The bytes stay in libpq's memory.
    package convenience init(_ result: QueryResult, droppingColumns dropped: Int) {
        let columns = max(0, result.columnCount - dropped)
        self.init(rowCount: result.rowCount, columnCount: columns, owner: result)
        for row in 0..<result.rowCount {
            for column in 0..<columns {
                guard let bytes = result[row, column + dropped] else { continue }
                // libpq returns a pointer for empty values too, so only null is nil.
                cells[row * columns + column] = Cell(start: bytes.baseAddress, count: bytes.count)
            }
        }
    }
}
