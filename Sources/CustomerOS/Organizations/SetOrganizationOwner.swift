internal import GraphQL
internal import Postgres
internal import Records

/// `organization_SetOwner`: makes the user the owner.
struct SetOrganizationOwner: Change {
    static let fields = ["organization_SetOwner"]

    struct Input: Decodable {
        let organizationId: ID<Organization>
        let userId: ID<User>
    }

    private static let set = Statement<(id: ID<Organization>, owner: ID<User>), ID<Organization>>(
        "organization.set_owner"
    ) { p in
        let (id, owner) = (p.id, p.owner)
        return """
            UPDATE organization SET owner_id = \(owner), updated_at = now()
            WHERE tenant_id = \(p.tenant) AND id = \(id) AND state IN ('LIVE', 'HIDDEN') RETURNING id
            """
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Organization> {
        let (id, owner) = (input.organizationId, input.userId)
        guard !id.isNobody, !owner.isNobody, try await !change.run(User.lockOwner, owner).isEmpty,
            try await !change.run(Self.set, (id, owner)).isEmpty
        else { throw FieldError("Failed to set owner \(owner) for organization \(id)", code: .notFound) }
        return Written(id)
    }
}

/// `organization_UnsetOwner`: removes the owner.
struct UnsetOrganizationOwner: Change {
    static let fields = ["organization_UnsetOwner"]

    struct Input: Decodable { let organizationId: ID<Organization> }

    private static let unset = Statement<ID<Organization>, ID<Organization>>("organization.unset_owner") { id in
        """
        UPDATE organization SET owner_id = NULL, updated_at = CASE WHEN owner_id IS NULL THEN updated_at ELSE now() END
        WHERE tenant_id = \(id.tenant) AND id = \(id.value) AND state IN ('LIVE', 'HIDDEN') RETURNING id
        """
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Organization> {
        let id = input.organizationId
        guard !id.isNobody, try await !change.run(Self.unset, id).isEmpty else {
            throw FieldError("Failed to remove owner for organization \(id)", code: .notFound)
        }
        return Written(id)
    }
}
