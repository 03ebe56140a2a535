internal import GraphQL
internal import Postgres
internal import Records

/// `sku_Save`: creates or overwrites a product.
final class SaveSku: ObjectMutation, @unchecked Sendable {
    private static let insert = StatementText(
        "sku.insert", "INSERT INTO sku (tenant_id, id, name, price, type) VALUES ($1, $2::uuid, $3, $4::numeric, $5)")

    private static let update = StatementText(
        "sku.update",
        """
        UPDATE sku SET name = $3, price = $4::numeric, type = $5, updated_at = now() WHERE tenant_id = $1 AND id = $2::uuid RETURNING id
        """)

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let input = arguments.input
        let given = input.text("id") ?? ""
        if case .float(let price)? = input["price"], price < 0, input.text("type") != "ONE_TIME" {
            throw FieldError(
                "Failed to save sku", because: "price must not be negative, unless paid one time", .outOfRange, code: .badUserInput,
                field: "price")
        }
        let id = given.isEmpty ? Identifiers.uuid() : given
        let parameters: [Parameter] = [
            context.tenantParameter, .text(id), Parameter(input["name"]), Parameter(input["price"]), Parameter(input["type"]),
        ]
        if given.isEmpty {
            try await transaction.run(Query(Self.insert, parameters), context)
            return id
        }
        guard UUIDKey.isValid(id), try await transaction.run(Query(Self.update, parameters), context).rowCount == 1 else {
            throw FieldError("Failed to save sku", because: "sku with id \(id) not found", code: .notFound, field: "id")
        }
        return id
    }
}

/// `sku_Archive`: withdraws the product. Repeating it changes nothing.
final class ArchiveSku: OutcomeMutation, @unchecked Sendable {
    private static let archive = StatementText(
        "sku.archive",
        """
        UPDATE sku SET state = 'ARCHIVED', state_changed_at = CASE state WHEN 'LIVE' THEN now() ELSE state_changed_at END, \
        updated_at = CASE state WHEN 'LIVE' THEN now() ELSE updated_at END WHERE tenant_id = $1 AND id = $2::uuid RETURNING id
        """)

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        let id = arguments.text("id") ?? ""
        guard UUIDKey.isValid(id),
            try await transaction.run(Query(Self.archive, [context.tenantParameter, .text(id)]), context).rowCount == 1
        else {
            return .result(
                false, remark: FieldError("Failed to delete sku", because: "sku with id \(id) not found", code: .notFound, field: "id"))
        }
        return .result(true)
    }
}
