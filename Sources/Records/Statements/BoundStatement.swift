internal import Postgres

/// A statement with its input.
package struct BoundStatement<Row> {
    /// Nil if it is not sent.
    let query: ((Issuer) -> Query)?
    let rows: (QueryResult) throws(UnreadableCell) -> [Row]
}
