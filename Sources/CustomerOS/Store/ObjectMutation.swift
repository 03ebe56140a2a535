internal import GraphQL
internal import Postgres
internal import Records

/// A mutation that returns one object: it is changed and read back, with the selected columns, in one transaction.
class ObjectMutation: MutationResolver, @unchecked Sendable {
    /// Makes the change and returns the id of the object to answer with.
    func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        throw FieldError("Internal server error!", code: .internal)
    }

    override func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)? {
        guard let selection = field.selections.first, let entity = Catalog.shared.entity(selection.type.name) else { return nil }
        let columns = entity.selectList(selection.columns)
        return StatementText(field.statementName, "SELECT NULL\(columns) FROM \(entity.table) t WHERE t.tenant_id = $1 AND t.id = $2::uuid")
    }

    override func run(_ call: FieldCall, _ context: RequestContext) async throws -> FieldResult {
        guard let statement = call.field.preparation as? StatementText, let selection = call.field.selections.first else {
            throw FieldError("Internal server error!", code: .internal)
        }
        let arguments = call.arguments
        return try await context.transaction { transaction in
            let id = try await self.change(arguments, transaction, context)
            let result = try await transaction.run(Query(statement, [context.tenantParameter, .text(id)]), context)
            return try call.field.answer(FieldResult(first: result, selection))
        }
    }
}

extension Transaction {
    /// Runs a statement and records it with the request.
    @discardableResult
    func run(_ query: Query, _ context: RequestContext) async throws(PostgresError) -> QueryResult {
        context.record([query])
        return try await run(query)
    }

    /// Runs several statements in one round trip. The first failure is thrown.
    @discardableResult
    func run(_ queries: [Query], _ context: RequestContext) async throws(PostgresError) -> [QueryResult] {
        context.record(queries)
        return try await run(queries)
    }
}

extension RequestContext {
    /// Runs a change in a transaction, and restarts it as `Changing.again` asks, so that it may call what has `Changing`.
    func transaction<Value>(_ body: (Transaction) async throws -> Value) async throws -> Value {
        try await Attempts.run { try await self.database.transaction(attempts: 1, body) }
    }
}
