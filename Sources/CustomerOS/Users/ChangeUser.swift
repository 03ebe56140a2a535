internal import GraphQL
internal import Postgres
internal import Records

/// `user_Create`: always a new user, who has no role yet.
final class CreateUser: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        var input = arguments.input
        input.normalizeNames("firstName", "lastName", "name")
        try input.normalize("timezone", as: "input.timezone", failure: "Failed to create user", by: TimeZoneName.normal)
        let email = try EmailInput(from: InputDecoder(input.object("email") ?? InputObject()))
        guard !email.text.isEmpty else {
            throw FieldError("Failed to create user: an e-mail address is needed", code: .badUserInput, field: "input.email")
        }
        let id = Identifiers.uuid()
        let values: [Parameter] = [context.tenantParameter, .text(id), Parameter(input["appSource"])]
        try await transaction.run(Query(UserTable.insert, values + UserTable.patch.parameters(input)), context)
        let change = Changing(transaction, context)
        let address = try await email.merge(at: "input.email", change)
        try await User.emailLinks.put(
            address, on: ID(id), primary: email.primary ?? true, label: email.label?.rawValue, change)
        if case .list(let roles)? = input["jobRoles"] {
            for case .object(let role) in roles where try await UserTable.addJobRole(role, to: id, transaction, context) == nil {
                throw FieldError(
                    "Failed to create user: organization \(role.text("organizationId") ?? "") not found", code: .notFound,
                    field: "input.jobRoles")
            }
        }
        return id
    }
}

/// `user_Update`: what is absent or null is kept, an empty text clears.
final class UpdateUser: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        guard var input = arguments.values.object("input"), let id = input.text("id") else {
            throw FieldError("Failed to update user: input must name the user and what changes", code: .badUserInput, field: "input")
        }
        try context.mayChangeUsers("Failed to update user \(id)")
        input.normalizeNames("firstName", "lastName", "name")
        try input.normalize("timezone", as: "input.timezone", failure: "Failed to update user \(id)", by: TimeZoneName.normal)
        guard UUIDKey.isValid(id),
            try await transaction.run(
                Query(UserTable.update, [context.tenantParameter, .text(id)] + UserTable.patch.parameters(input)), context
            ).rowCount == 1
        else { throw FieldError("Failed to update user \(id)", code: .notFound) }
        return id
    }
}

/// `user_UpdateOnboardingDetails`: what is absent or null is kept.
final class UpdateOnboardingDetails: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let input = arguments.input
        let id = input.text("id") ?? ""
        guard UUIDKey.isValid(id),
            try await transaction.run(
                Query(UserTable.updateOnboarding, [context.tenantParameter, .text(id)] + UserTable.onboarding.parameters(input)), context
            ).rowCount == 1
        else { throw FieldError("Failed to update onboarding details of user \(id)", code: .notFound) }
        return id
    }
}

/// `user_Delete`, `user_DeleteInTenant`: the user is archived, since what the user did refers to it.
final class DeleteUser: OutcomeMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        let id = arguments.text("id") ?? ""
        try context.checkTenant(arguments)
        guard UUIDKey.isValid(id),
            try await transaction.run(Query(UserTable.archive, [context.tenantParameter, .text(id)]), context).rowCount == 1
        else { throw FieldError("User with id \(id) not found", code: .notFound) }
        return .done
    }
}

/// `customer_user_AddJobRole`. Returns the role's id, whose row leads to the user.
final class AddUserJobRole: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let id = arguments.text("id") ?? ""
        let input = arguments.values.object("jobRoleInput") ?? InputObject()
        guard try await User.lockLinks(of: ID(id), Changing(transaction, context)) else {
            throw FieldError("User with id \(id) not found", code: .notFound, field: "id")
        }
        guard let role = try await UserTable.addJobRole(input, to: id, transaction, context) else {
            throw FieldError(
                "Organization with id \(input.text("organizationId") ?? "") not found", code: .notFound,
                field: "jobRoleInput.organizationId")
        }
        return role
    }
}

extension Principal {
    var administersUsers: Bool { !roles.isDisjoint(with: [.admin, .owner, .platformOwner]) }
}

extension Changing {
    /// Only keys of administrators change what belongs to users, as `RequestContext.mayChangeUsers`.
    /// - Throws: A `FieldError` that begins with `failure` for other keys.
    func mayChangeUsers(_ failure: String) throws(FieldError) {
        guard !isAdministrator else { return }
        throw FieldError("\(failure): what belongs to users takes a key with the role ADMIN or OWNER", code: .forbidden)
    }
}

extension RequestContext {
    /// Only keys of administrators change what belongs to users. The user a request acts for gives it no rights: any
    /// key of the tenant may name any user.
    /// - Throws: A `FieldError` that begins with `failure` for other keys.
    func mayChangeUsers(_ failure: String) throws(FieldError) {
        guard !principal.administersUsers else { return }
        throw FieldError("\(failure): what belongs to users takes a key with the role ADMIN or OWNER", code: .forbidden)
    }

    /// An operation that names a tenant works in the request's: its answer is read there.
    func checkTenant(_ arguments: Arguments) throws {
        guard let tenant = arguments.text("tenant"), tenant != principal.tenant.name else { return }
        throw FieldError(
            "The request is made in another tenant than the argument names. Choose the tenant with the header X-Openline-TENANT.",
            code: .badUserInput, field: "tenant")
    }
}
