import CLibPQ
@testable import Postgres

/// Results of statements without a database.
enum MadeResult {
    /// - Parameter rows: Each with as many cells as the first.
    static func rows(_ rows: [[String?]]) -> QueryResult {
        guard let result = PQmakeEmptyPGresult(nil, PGRES_TUPLES_OK) else { preconditionFailure("libpq makes no result") }
        var attributes = (rows.first ?? []).indices.map { _ in
            PGresAttDesc(
                name: UnsafeMutablePointer(mutating: name), tableid: 0, columnid: 0, format: 0, typid: 25, typlen: -1, atttypmod: -1)
        }
        PQsetResultAttrs(result, Int32(attributes.count), &attributes)
        for (row, cells) in rows.enumerated() {
            for (column, cell) in cells.enumerated() {
                var text = Array((cell ?? "").utf8CString)
                let length = cell == nil ? -1 : Int32(text.count - 1)
                PQsetvalue(result, Int32(row), Int32(column), &text, length)
            }
        }
        return QueryResult(result)
    }

    nonisolated(unsafe) private static let name: UnsafePointer<CChar> = {
        let name = UnsafeMutablePointer<CChar>.allocate(capacity: 2)
        name[0] = CChar(UInt8(ascii: "c"))
        name[1] = 0
        return UnsafePointer(name)
    }()
}
