internal import GraphQL
internal import Postgres
internal import Records

/// `billingProfile_Create`
struct CreateBillingProfile: Change {
    static let fields = ["billingProfile_Create"]

    struct Input: Decodable {
        let organizationId: ID<Organization>
        /// Now, unless given.
        let createdAt: Time?
        let values: Patch<BillingProfile>
    }

    private static let holdOrganization = Statement<ID<Organization>, ID<Organization>>("billing_profile.hold_organization") { id in
        """
        SELECT id FROM organization WHERE tenant_id = \(id.tenant) AND id = \(id.value) AND state IN ('LIVE', 'HIDDEN') FOR KEY SHARE
        """
    }

    private static let insert = Statement<
        (id: ID<BillingProfile>, organization: ID<Organization>, createdAt: Time?, values: Patch<BillingProfile>), Void
    >("billing_profile.insert") { p in
        let (id, organization, createdAt) = (p.id, p.organization, p.createdAt)
        return """
            INSERT INTO billing_profile (tenant_id, id, organization_id, created_at\(p.values.columns))
            VALUES (\(p.tenant), \(id), \(organization), coalesce(\(createdAt), (SELECT now()))\(p.values.values))
            """
    }

    func perform(_ input: Input, _ change: Changing) async throws -> ID<BillingProfile> {
        let organization = input.organizationId
        guard !organization.isNobody, try await !change.run(Self.holdOrganization, organization).isEmpty else {
            throw FieldError(
                "Failed to create billing profile", because: "Organization with id {\(organization)} not found", code: .notFound,
                field: "organizationId")
        }
        let id = ID<BillingProfile>.new()
        try await change.run(Self.insert, (id, organization, input.createdAt, input.values))
        return id
    }
}

/// `billingProfile_Update`: what is omitted is kept.
struct UpdateBillingProfile: Change {
    static let fields = ["billingProfile_Update"]
    static let ignored = ["updatedAt"]

    struct Input: Decodable {
        let organizationId: ID<Organization>
        let billingProfileId: ID<BillingProfile>
        let values: Patch<BillingProfile>
    }

    private static let update = Statement<(id: ID<BillingProfile>, values: Patch<BillingProfile>), Void>("billing_profile.update") { p in
        let id = p.id
        return """
            UPDATE billing_profile t SET updated_at = now()\(p.values.assignments(of: "t"))
            WHERE t.tenant_id = \(p.tenant) AND t.id = \(id)
            """
    }

    func perform(_ input: Input, _ change: Changing) async throws -> ID<BillingProfile> {
        let id = input.billingProfileId
        try await BillingProfileLinks(change, "Failed to update billing profile").lock(id, of: input.organizationId)
        if !input.values.isEmpty { try await change.run(Self.update, (id, input.values)) }
        return id
    }
}
