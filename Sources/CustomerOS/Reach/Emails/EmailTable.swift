internal import GraphQL
internal import Postgres

/// E-mail addresses: one row per address and tenant, shared by its owners. Case is preserved but does not matter.
enum EmailTable {
    private static let find = StatementText(
        "email.find",
        """
        SELECT id FROM email WHERE tenant_id = $1 AND (fold(raw_email) = fold($2) OR (email <> '' AND fold(email) = fold($2))) \
        ORDER BY created_at, id LIMIT 1
        """)

    private static let insert = StatementText(
        "email.insert",
        """
        INSERT INTO email (tenant_id, id, raw_email, email) VALUES ($1, $2::uuid, $3, fold($3)) \
        ON CONFLICT (tenant_id, fold(raw_email)) DO NOTHING RETURNING id
        """)

    /// The id of the row for `address`, created if missing.
    static func merge(_ address: String, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        try await findOrInsert(
            find: Query(find, [context.tenantParameter, .text(address)]),
            insert: Query(insert, [context.tenantParameter, .text(Identifiers.uuid()), .text(address)]), transaction, context)
    }

    /// Finds or inserts; the loser of a race to insert finds the winner's row.
    static func findOrInsert(
        find: Query, insert: Query, _ transaction: Transaction, _ context: RequestContext
    ) async throws -> String {
        for query in [find, insert, find] {
            if let id = try await transaction.run(query, context).firstText { return id }
        }
        throw FieldError("The change conflicts with another one. Try again.", code: .conflict)
    }
}

extension QueryResult {
    /// The first value of the first row, or nil if there is none.
    var firstText: String? { rowCount > 0 ? text(0, 0) : nil }
}
