internal import GraphQL
internal import Postgres
internal import Records

/// `user_Create`: always a new user, who has no role yet.
struct CreateUser: Change {
    static let fields = ["user_Create"]
    static let ignored = ["email.appSource"]

    struct Input: Decodable {
        let email: EmailInput
        let appSource: String?
        let jobRoles: [UserJobRole]?
        var values: Patch<User>
    }

    private static let insert = Statement<(id: ID<User>, application: String?, values: Patch<User>), Void>("app_user.insert") { p in
        let (id, application) = (p.id, p.application)
        return """
            INSERT INTO app_user (tenant_id, id, app_source\(p.values.columns))
            VALUES (\(p.tenant), \(id), coalesce(nullif(\(bare: application), ''), 'customer-os-api')\(p.values.values))
            """
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<User> {
        var values = input.values
        try values.normalizeUser("Failed to create user")
        guard !input.email.text.isEmpty else {
            throw FieldError("Failed to create user: an e-mail address is needed", code: .badUserInput, field: "input.email")
        }
        let id = ID<User>.new()
        try await change.run(Self.insert, (id, input.appSource, values))
        let address = try await input.email.merge(at: "input.email", change)
        try await User.emailLinks.put(
            address, on: id, primary: input.email.primary ?? true, label: input.email.label?.rawValue, change)
        for role in input.jobRoles ?? [] where try await role.insert(for: id, change) == nil {
            throw FieldError(
                "Failed to create user: organization \(role.organizationId?.text ?? "") not found", code: .notFound,
                field: "input.jobRoles")
        }
        return Written(id)
    }
}
