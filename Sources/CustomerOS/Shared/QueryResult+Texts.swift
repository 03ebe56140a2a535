internal import Postgres

extension QueryResult {
    /// The first value of the first row, or nil if there is none.
    var firstText: String? { rowCount > 0 ? text(0, 0) : nil }

    /// The first column.
    var texts: [String] { (0..<rowCount).compactMap { text($0, 0) } }
}
