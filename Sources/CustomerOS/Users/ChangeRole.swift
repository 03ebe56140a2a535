internal import GraphQL
internal import Postgres
internal import Records

/// `user_AddRole`, `user_RemoveRole` and the same `…InTenant`.
///
/// Only USER and OWNER: administrators cannot be made here, and platform roles are given on the command line.
final class ChangeRole: ObjectMutation, @unchecked Sendable {
    enum Verb: String {
        case add, remove
    }

    private let verb: Verb

    init(_ verb: Verb) { self.verb = verb }

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let id = arguments.text("id") ?? ""
        let role = arguments.text("role") ?? ""
        try context.checkTenant(arguments)
        guard [Role.user.rawValue, Role.owner.rawValue].contains(role), context.principal.administersUsers else {
            throw FieldError(
                "Failed to \(verb) role \(role): logged-in user can not \(verb) role: \(role)", code: .forbidden, field: "role")
        }
        let statement = verb == .add ? UserTable.addRole : UserTable.removeRole
        guard UUIDKey.isValid(id),
            try await transaction.run(Query(statement, [context.tenantParameter, .text(id), .text(role)]), context).rowCount == 1
        else {
            let preposition = verb == .add ? "to" : "from"
            throw FieldError("Failed to \(verb) role \(role) \(preposition) user \(id)", code: .notFound, field: "id")
        }
        return id
    }
}
