package import Postgres

extension Issuer {
    /// The server itself, for statements that concern no tenant.
    package static let platform = Issuer(tenant: .null, actor: .null)
}

extension Transaction {
    /// Runs a statement that belongs to no request.
    /// - Returns: Its rows.
    /// - Throws: `PostgresError` if it fails, `UnreadableCell` if a row is not of its type.
    @discardableResult
    package func run<Input, Row>(
        _ statement: Statement<Input, Row>, _ input: Input, for issuer: Issuer
    ) async throws -> [Row] {
        try statement.rows(try await run(statement.query(input, for: issuer)))
    }
}

extension BlockingConnection {
    /// Runs a statement.
    /// - Returns: Its rows.
    /// - Throws: `Failure` if it fails, `UnreadableCell` if a row is not of its type.
    @discardableResult
    package func run<Input, Row>(_ statement: Statement<Input, Row>, _ input: Input, for issuer: Issuer) throws -> [Row] {
        let query = statement.query(input, for: issuer)
        return try statement.rows(try run(query.statement.sql, query.parameters))
    }
}
