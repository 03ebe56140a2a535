internal import Postgres

/// A statement with its input.
package struct BoundStatement<Row> {
    let query: (Issuer) -> Query
    let rows: (QueryResult) throws(UnreadableCell) -> [Row]
}
