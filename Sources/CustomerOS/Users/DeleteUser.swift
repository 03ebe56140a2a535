internal import GraphQL
internal import Postgres
internal import Records

/// `user_Delete`, `user_DeleteInTenant`: the user is archived, since what the user did refers to it.
struct DeleteUser: Change {
    static let fields = ["user_Delete", "user_DeleteInTenant"]

    struct Input: Decodable {
        let id: ID<User>
        let tenant: String?
    }

    private static let archive = Statement<ID<User>, ID<User>>("app_user.archive") { p in
        let id = p.value
        return "UPDATE app_user SET state = 'ARCHIVED', state_changed_at = now(), updated_at = now() \(User.only(id, p))"
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Outcome {
        try change.caller.checkTenant(input.tenant)
        if !input.id.isNobody, try await !change.run(Self.archive, input.id).isEmpty { return .done }
        throw FieldError("User with id \(input.id) not found", code: .notFound)
    }
}
