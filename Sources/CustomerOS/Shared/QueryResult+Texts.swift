internal import Postgres

extension QueryResult {
    /// The first column.
    var texts: [String] { (0..<rowCount).compactMap { text($0, 0) } }
}
