internal import GraphQL
internal import Postgres
internal import Records

/// `customer_user_AddJobRole`. It answers with the role, whose row leads to the user.
struct AddUserJobRole: Change {
    static let fields = ["customer_user_AddJobRole"]

    struct Input: Decodable {
        let id: ID<User>
        let jobRoleInput: UserJobRole
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<CustomerUser> {
        let id = input.id
        guard try await User.lockLinks(of: id, change) else {
            throw FieldError("User with id \(id) not found", code: .notFound, field: "id")
        }
        guard let role = try await input.jobRoleInput.insert(for: id, change) else {
            throw FieldError(
                "Organization with id \(input.jobRoleInput.organizationId?.text ?? "") not found", code: .notFound,
                field: "jobRoleInput.organizationId")
        }
        return Written(role)
    }
}

/// A new job role of a user.
struct UserJobRole: Decodable {
    /// An empty text means none.
    let organizationId: ID<Organization>?
    let appSource: String?
    let values: Patch<JobRole>

    private struct Insert {
        let id: ID<CustomerUser>
        let user: ID<User>
        let organization: ID<Organization>?
        let values: Patch<JobRole>
        let application: String?
    }

    /// Nothing is inserted if the organization is not a visible one.
    private static let insert = Statement<Insert, ID<CustomerUser>>("job_role.insert_of_user") { p in
        let (id, user, organization, values) = (p.id, p.user, p.organization, p.values)
        return """
            INSERT INTO job_role (tenant_id, id, user_id, organization_id\(values.columns), app_source)
            SELECT \(p.tenant), \(id), \(user), \(organization), coalesce(\(values.given(\.jobTitle)), ''),
            \(values.given(\.description)), \(values.given(\.company)), coalesce(\(values.given(\.primary)), false),
            \(values.given(\.startedAt)), \(values.given(\.endedAt)),
            coalesce(nullif(\(bare: p.application), ''), 'customer-os-api') WHERE \(organization) IS NULL OR EXISTS (\
            SELECT FROM organization WHERE tenant_id = \(p.tenant) AND id = \(organization) AND state IN ('LIVE', 'HIDDEN'))
            RETURNING id
            """
    }

    /// Adds the role to a user that the change has created or locked.
    /// - Returns: Its id, or nil if there is no such organization.
    func insert(for user: ID<User>, _ change: Changing) async throws -> ID<CustomerUser>? {
        let organization = organizationId?.unlessEmpty
        if let organization, organization.isNobody { return nil }
        let insertion = Insert(id: .new(), user: user, organization: organization, values: values, application: appSource)
        return try await change.run(Self.insert, insertion).first
    }
}
