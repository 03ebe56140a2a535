internal import GraphQL
internal import Postgres
internal import Records

/// The statements that write tags. Names are unique, case-sensitively.
enum TagTable {
    /// `$2` id, `$3` name, `$4` colour, `$5` kind of records.
    private static let insert = StatementText(
        "tag.insert",
        """
        INSERT INTO tag (tenant_id, id, name, color_code, entity_type) VALUES ($1, $2::uuid, $3, coalesce($4, ''), \
        coalesce($5, 'ORGANIZATION')) ON CONFLICT (tenant_id, name) DO NOTHING RETURNING id
        """)

    // The lock keeps the tag from being deleted before it is linked.
    private static let findByName = StatementText(
        "tag.find_by_name", "SELECT id FROM tag WHERE tenant_id = $1 AND name = $2 FOR KEY SHARE")

    private static let findByID = StatementText(
        "tag.find_by_id", "SELECT id FROM tag WHERE tenant_id = $1 AND id = $2::uuid FOR KEY SHARE")

    /// `$3` name or null to keep it, `$4` colour or null to keep it. No row if there is no such tag.
    static let update = StatementText(
        "tag.update",
        """
        UPDATE tag SET name = coalesce($3, name), color_code = coalesce($4, color_code), updated_at = now() \
        WHERE tenant_id = $1 AND id = $2::uuid RETURNING id
        """)

    static let delete = StatementText("tag.delete", "DELETE FROM tag WHERE tenant_id = $1 AND id = $2::uuid")

    /// The id of the tag called `name`, created if missing.
    static func merge(
        _ name: String, color: String? = nil, entityType: String?, _ transaction: Transaction, _ context: RequestContext
    ) async throws -> String {
        try await EmailTable.findOrInsert(
            find: Query(findByName, [context.tenantParameter, .text(name)]),
            insert: Query(
                insert,
                [
                    context.tenantParameter, .text(Identifiers.uuid()), .text(name), Parameter(text: color), Parameter(text: entityType),
                ]), transaction, context)
    }

    /// The id of an input's tag: by id, or otherwise by name.
    static func find(_ tag: InputObject, _ transaction: Transaction, _ context: RequestContext) async throws -> String? {
        if let id = try await find(id: tag.text("id") ?? "", transaction, context) { return id }
        let name = Name.normal(tag.text("name") ?? "")
        guard !name.isEmpty else { return nil }
        return try await transaction.run(Query(findByName, [context.tenantParameter, .text(name)]), context).firstText
    }

    static func find(id: String, _ transaction: Transaction, _ context: RequestContext) async throws -> String? {
        guard UUIDKey.isValid(id) else { return nil }
        return try await transaction.run(Query(findByID, [context.tenantParameter, .text(id)]), context).firstText
    }
}
