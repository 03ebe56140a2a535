internal import GraphQL
internal import Postgres
internal import Records

/// The statements that say which organization owns which.
enum OrganizationHierarchy {
    /// Serializes changes of a tenant's hierarchy: otherwise two links, each harmless, could close a cycle.
    static let lock = StatementText(
        "organization_subsidiary.lock", "SELECT pg_advisory_xact_lock(hashtextextended('organization_subsidiary', $1::integer))")

    /// Whether `$3` stands above `$2`.
    fileprivate static let isAbove = StatementText(
        "organization_subsidiary.is_above",
        """
        WITH RECURSIVE above (id) AS (SELECT parent_id FROM organization_subsidiary WHERE tenant_id = $1 AND subsidiary_id = $2::uuid \
        UNION SELECT s.parent_id FROM above JOIN organization_subsidiary s ON s.tenant_id = $1 AND s.subsidiary_id = above.id) \
        SELECT EXISTS (SELECT FROM above WHERE id = $3::uuid)
        """)

    fileprivate static let removeOthers = StatementText(
        "organization_subsidiary.remove_others",
        """
        DELETE FROM organization_subsidiary s USING organization o WHERE s.tenant_id = $1 AND s.parent_id = $2::uuid \
        AND s.subsidiary_id <> $3::uuid AND o.tenant_id = s.tenant_id AND o.id = s.subsidiary_id AND o.state = 'LIVE'
        """)

    fileprivate static let add = StatementText(
        "organization_subsidiary.upsert",
        """
        INSERT INTO organization_subsidiary (tenant_id, parent_id, subsidiary_id, type) VALUES ($1, $2::uuid, $3::uuid, $4) \
        ON CONFLICT (tenant_id, parent_id, subsidiary_id) DO UPDATE SET type = excluded.type
        """)

    fileprivate static let remove = StatementText(
        "organization_subsidiary.remove",
        "DELETE FROM organization_subsidiary WHERE tenant_id = $1 AND parent_id = $2::uuid AND subsidiary_id = $3::uuid")
}

/// `organization_AddSubsidiary`: links two organizations, or changes the kind of link. Returns the parent.
final class AddSubsidiary: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let input = arguments.input
        let parent = input.text("organizationId") ?? ""
        let subsidiary = input.text("subsidiaryId") ?? ""
        let tenant = context.tenantParameter
        let failure = { (code: ErrorCode) in
            FieldError("failed to add subsidiary \(subsidiary) to organization \(parent)", code: code)
        }
        guard UUIDKey.isValid(parent), UUIDKey.isValid(subsidiary) else { throw failure(.notFound) }
        guard parent.lowercased() != subsidiary.lowercased() else { throw failure(.badUserInput) }
        let pair: [Parameter] = [tenant, .text(parent), .text(subsidiary)]
        let results = try await transaction.run(
            [
                Query(OrganizationHierarchy.lock, [tenant]),
                Query(OrganizationTable.lockAll, [tenant, .text(arrayText([parent, subsidiary]))]),
                Query(OrganizationHierarchy.isAbove, pair),
            ], context)
        guard results[1].rowCount == 2 else { throw failure(.notFound) }
        // No organization owns its owner.
        guard results[2].text(0, 0) == "f" else { throw failure(.badUserInput) }
        var queries = [Query(OrganizationHierarchy.add, pair + [.text(input.text("type") ?? "")])]
        if input.flag("removeExisting") == true { queries.insert(Query(OrganizationHierarchy.removeOthers, pair), at: 0) }
        try await transaction.run(queries, context)
        return parent
    }
}

/// `organization_RemoveSubsidiary`: unlinks the two. Returns the parent.
final class RemoveSubsidiary: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let parent = arguments.text("organizationId") ?? ""
        let subsidiary = arguments.text("subsidiaryId") ?? ""
        let tenant = context.tenantParameter
        let failure = FieldError("Failed to remove subsidiary \(subsidiary) from organization \(parent)", code: .notFound)
        guard UUIDKey.isValid(parent), UUIDKey.isValid(subsidiary) else { throw failure }
        let results = try await transaction.run(
            [
                Query(OrganizationHierarchy.lock, [tenant]),
                Query(OrganizationTable.lockAll, [tenant, .text(arrayText([parent, subsidiary]))]),
            ], context)
        guard results[1].rowCount == (parent.lowercased() == subsidiary.lowercased() ? 1 : 2) else { throw failure }
        try await transaction.run(Query(OrganizationHierarchy.remove, [tenant, .text(parent), .text(subsidiary)]), context)
        return parent
    }
}
