internal import GraphQL
internal import Postgres
internal import Records

/// `organization_SetOwner`: makes the user the owner.
final class SetOrganizationOwner: ObjectMutation, @unchecked Sendable {
    private static let set = StatementText(
        "organization.set_owner",
        """
        UPDATE organization SET owner_id = $3::uuid, updated_at = now() \
        WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN') RETURNING id
        """)

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let organization = arguments.text("organizationId") ?? ""
        let user = arguments.text("userId") ?? ""
        let tenant = context.tenantParameter
        guard UUIDKey.isValid(organization), UUIDKey.isValid(user),
            try await transaction.run(Query(User.lockOwner.text, [tenant, .text(user)]), context).rowCount == 1,
            try await transaction.run(Query(Self.set, [tenant, .text(organization), .text(user)]), context).rowCount == 1
        else { throw FieldError("Failed to set owner \(user) for organization \(organization)", code: .notFound) }
        return organization
    }
}

/// `organization_UnsetOwner`: removes the owner.
final class UnsetOrganizationOwner: ObjectMutation, @unchecked Sendable {
    private static let unset = StatementText(
        "organization.unset_owner",
        """
        UPDATE organization SET owner_id = NULL, updated_at = CASE WHEN owner_id IS NULL THEN updated_at ELSE now() END \
        WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN') RETURNING id
        """)

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let organization = arguments.text("organizationId") ?? ""
        guard UUIDKey.isValid(organization),
            try await transaction.run(Query(Self.unset, [context.tenantParameter, .text(organization)]), context).rowCount == 1
        else { throw FieldError("Failed to remove owner for organization \(organization)", code: .notFound) }
        return organization
    }
}
