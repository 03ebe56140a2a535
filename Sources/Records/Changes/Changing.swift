internal import GraphQL
package import Postgres

/// A change in progress: its transaction, its caller, and the record of its statements. Requests write in no other way.
package struct Changing {
    private let transaction: Transaction
    private let request: any RequestHost

    package init(_ transaction: Transaction, _ request: any RequestHost) {
        self.transaction = transaction
        self.request = request
    }

    package var issuer: Issuer { request.issuer }
    package var caller: any Caller { request.caller }

    /// The most records that one change may create.
    package var bulkLimit: Int { request.bulkLimit }

    /// Runs a statement.
    /// - Returns: Its rows.
    /// - Throws: `PostgresError` if it fails, `UnreadableCell` if a row is not of its type.
    @discardableResult
    package func run<Input, Row>(_ statement: Statement<Input, Row>, _ input: Input) async throws -> [Row] {
        try statement.rows(try await run(statement.query(input, for: request.issuer)))
    }

    /// Runs statements in one round trip. The first failure is thrown.
    @discardableResult
    package func run<each Row>(_ statements: repeat BoundStatement<each Row>) async throws -> (repeat [each Row]) {
        var queries: [Query] = []
        for statement in repeat each statements {
            if let query = statement.query { queries.append(query(request.issuer)) }
        }
        var results = try await send(queries)[...]
        return (repeat try (each statements).rows(of: &results))
    }

    /// Runs statements whose rows are ignored, however many, in one round trip. The first failure is thrown.
    package func run(_ statements: [BoundStatement<Void>]) async throws {
        _ = try await send(statements.compactMap { $0.query?(request.issuer) })
    }

    private func send(_ queries: [Query]) async throws -> [QueryResult] {
        guard !queries.isEmpty else { return [] }
        request.record(queries)
        return try await transaction.run(queries)
    }

    /// Locks a record until the change is done.
    /// - Parameters:
    ///   - field: The argument that names it, for the error.
    ///   - message: The error message if there is none.
    /// - Throws: `NOT_FOUND` if there is none.
    package func hold<R: Record>(_: R.Type, _ id: ID<R>, _ field: String, _ message: String) async throws {
        if !id.isNobody, try await !run(R.table.hold, id).isEmpty { return }
        throw FieldError(message, code: .notFound, details: [GraphQLError.Detail(name: "field", value: .string(field))])
    }

    /// Restarts the change after a concurrent one interfered. After some attempts the client gets a conflict.
    package func again() throws -> Never { throw BeginAgain() }

    /// Reads the answer.
    /// - Parameter parameters: Those after the tenant.
    package func read(_ text: StatementText, _ parameters: Parameter...) async throws -> QueryResult {
        try await run(Query(text, [request.issuer.tenant] + parameters))
    }

    private func run(_ query: Query) async throws -> QueryResult {
        request.record([query])
        return try await transaction.run(query)
    }
}

extension BoundStatement {
    /// Its rows, if it was sent: `results` begins with its result.
    func rows(of results: inout ArraySlice<QueryResult>) throws(UnreadableCell) -> [Row] {
        query == nil ? [] : try rows(results.removeFirst())
    }
}
