internal import GraphQL
internal import Postgres
internal import Records

/// A user, and a role to give or take: USER or OWNER. Administrators cannot be made here, and platform roles are given
/// on the command line.
struct UserRole: Decodable {
    let id: ID<User>
    let role: RoleWord
    let tenant: String?

    /// - Throws: `FieldError` if the caller may not change the role.
    fileprivate func check(_ caller: any Caller, _ verb: String) throws(FieldError) {
        try caller.checkTenant(tenant)
        guard [.user, .owner].contains(role.role), caller.administersUsers else {
            throw FieldError(
                "Failed to \(verb) role \(role.rawValue): logged-in user can not \(verb) role: \(role.rawValue)", code: .forbidden,
                field: "role")
        }
    }
}

/// `user_AddRole`, `user_AddRoleInTenant`. Roles are a set: an existing one is not added twice.
struct AddRole: Change {
    static let fields = ["user_AddRole", "user_AddRoleInTenant"]

    private static let add = Statement<UserRole, ID<User>>("app_user.add_role") { p in
        let (id, role) = (p.id, p.role)
        return """
            UPDATE app_user SET roles = CASE WHEN \(bare: role) = ANY (roles) THEN roles ELSE roles || \(bare: role) END,
            updated_at = CASE WHEN \(bare: role) = ANY (roles) THEN updated_at ELSE now() END \(User.only(id, p))
            """
    }

    func perform(_ input: UserRole, _ change: Changing) async throws -> Written<User> {
        try input.check(change.caller, "add")
        if !input.id.isNobody, try await !change.run(Self.add, input).isEmpty { return Written(input.id) }
        throw FieldError("Failed to add role \(input.role.rawValue) to user \(input.id)", code: .notFound, field: "id")
    }
}

/// `user_RemoveRole`, `user_RemoveRoleInTenant`.
struct RemoveRole: Change {
    static let fields = ["user_RemoveRole", "user_RemoveRoleInTenant"]

    private static let remove = Statement<UserRole, ID<User>>("app_user.remove_role") { p in
        let (id, role) = (p.id, p.role)
        return """
            UPDATE app_user SET roles = array_remove(roles, \(bare: role)),
            updated_at = CASE WHEN \(bare: role) = ANY (roles) THEN now() ELSE updated_at END \(User.only(id, p))
            """
    }

    func perform(_ input: UserRole, _ change: Changing) async throws -> Written<User> {
        try input.check(change.caller, "remove")
        if !input.id.isNobody, try await !change.run(Self.remove, input).isEmpty { return Written(input.id) }
        throw FieldError("Failed to remove role \(input.role.rawValue) from user \(input.id)", code: .notFound, field: "id")
    }
}
