internal import GraphQL
internal import Postgres

/// `tenant_hardDelete`, `admin_tenant_hardDelete`: permanently deletes a tenant with everything in it.
final class HardDeleteTenant: LeafMutation, @unchecked Sendable {
    private static let delete = StatementText("tenant.hard_delete", "SELECT tenant_hard_delete($1::integer)")

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> [String] {
        guard arguments.text("tenant") == arguments.text("confirmTenant") else {
            throw FieldError("Tenant name does not match the confirmation tenant name", code: .badUserInput, field: "confirmTenant")
        }
        // Concurrent deletions of the same tenant must not both hold it at the start.
        let tenant = try await WorkspaceStatements.tenant(
            arguments, "tenant", by: WorkspaceStatements.findToDelete, transaction, context)
        try await transaction.run(Query(Self.delete, [tenant]), context)
        return ["t"]
    }
}

/// `admin_addWorkspaceAccess`, `admin_removeWorkspaceAccess`: for a person of the request's tenant.
final class ChangeWorkspaceAccess: LeafMutation, @unchecked Sendable {
    enum Verb {
        case add, remove
    }

    private let verb: Verb

    init(_ verb: Verb) { self.verb = verb }

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> [String] {
        let given = arguments.text("authenticatedUserEmail") ?? ""
        guard !given.trimmingBlanks.isEmpty else {
            throw FieldError("An e-mail address is needed", code: .badUserInput, field: "authenticatedUserEmail")
        }
        let email: String
        do throws(ValueRefusal) {
            // Access granted before addresses were validated can still be revoked.
            email = verb == .add ? try EmailAddress(given).text : EmailAddress.comparable(given)
        } catch {
            throw FieldError(error, field: "authenticatedUserEmail")
        }
        let tenant = try await WorkspaceStatements.tenant(arguments, "tenant", transaction, context)
        let statement = verb == .add ? WorkspaceStatements.give : WorkspaceStatements.take
        let result = try await transaction.run(Query(statement, [context.tenantParameter, .text(email), tenant]), context)
        return [verb == .add || result.rowCount > 0 ? "t" : "f"]
    }
}

/// `admin_switchCurrentWorkspace`: makes one of the tenants granted to the acting user the current one.
final class SwitchWorkspace: LeafMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> [String] {
        guard let user = context.principal.userID else {
            throw FieldError("The request acts for no user. Name one by e-mail address in the header X-Openline-USERNAME.", code: .notFound)
        }
        let tenant = try await WorkspaceStatements.tenant(arguments, "switchToTenant", transaction, context)
        let access = try await transaction.run(
            Query(WorkspaceStatements.lock, [context.tenantParameter, .text(user), tenant]), context)
        guard let email = access.firstText else {
            throw FieldError(
                "The user was not given this tenant. Add it with admin_addWorkspaceAccess.", code: .notFound, field: "switchToTenant")
        }
        // Two statements: a single one could violate the unique index by reaching the new current one first.
        try await transaction.run(
            [
                Query(WorkspaceStatements.leave, [context.tenantParameter, .text(email), tenant]),
                Query(WorkspaceStatements.enter, [context.tenantParameter, .text(email), tenant]),
            ], context)
        return ["t"]
    }
}

/// `admin_tenant_AddDomainAsWorkspace`: for each sign-in service.
final class AddWorkspaceDomain: LeafMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> [String] {
        let given = (arguments.text("domain") ?? "").trimmingBlanks
        guard let host = HostName(given), host.labels.count >= 2, !host.ascii.contains("_") else {
            throw FieldError("\(given) is not a domain such as example.com", code: .badUserInput, field: "domain")
        }
        let domain = host.ascii
        try await transaction.run(Query(WorkspaceStatements.addDomain, [context.tenantParameter, .text(domain)]), context)
        let taken = try await transaction.run(Query(WorkspaceStatements.others, [context.tenantParameter, .text(domain)]), context)
        guard taken.rowCount == 0 else {
            throw FieldError("The domain \(domain) leads to another tenant", code: .conflict, field: "domain")
        }
        return ["t"]
    }
}

/// The statements about who may work in which tenant.
private enum WorkspaceStatements {
    static let find = StatementText("tenant.find", "SELECT id FROM tenant WHERE name = $1 FOR SHARE")
    static let findToDelete = StatementText("tenant.find_to_delete", "SELECT id FROM tenant WHERE name = $1 FOR UPDATE")

    /// The id of the tenant that an argument names.
    static func tenant(
        _ arguments: Arguments, _ argument: String, by statement: StatementText = find, _ transaction: Transaction,
        _ context: RequestContext
    ) async throws -> Parameter {
        let name = arguments.text(argument) ?? ""
        guard let id = try await transaction.run(Query(statement, [.text(name)]), context).firstText else {
            throw FieldError("There is no tenant called \(name)", code: .notFound, field: argument)
        }
        return .text(id)
    }

    /// `$1` the tenant of the person, `$2` the person's e-mail, `$3` the tenant to work in.
    static let give = StatementText(
        "workspace_access.give",
        """
        INSERT INTO workspace_access (user_tenant_id, user_email, tenant_id) VALUES ($1::integer, fold($2), $3::integer) \
        ON CONFLICT DO NOTHING
        """)

    private static let grant: SQL = "user_tenant_id = $1::integer AND user_email = fold($2) AND tenant_id = $3::integer"

    static let take = StatementText("workspace_access.take", "DELETE FROM workspace_access WHERE \(grant) RETURNING user_email")

    /// `$1` the tenant of the user, `$2` the user, `$3` the tenant to work in.
    static let lock = StatementText(
        "workspace_access.lock",
        """
        SELECT w.user_email FROM workspace_access w WHERE w.user_tenant_id = $1::integer AND w.tenant_id = $3::integer AND EXISTS (\
        SELECT FROM user_email l JOIN email e ON e.tenant_id = l.tenant_id AND e.id = l.email_id \
        WHERE l.tenant_id = $1::integer AND l.user_id = $2::uuid AND w.user_email IN (fold(e.raw_email), fold(e.email))) \
        ORDER BY w.user_email LIMIT 1 FOR UPDATE
        """)

    static let leave = StatementText(
        "workspace_access.leave",
        """
        UPDATE workspace_access SET is_current = false \
        WHERE user_tenant_id = $1::integer AND user_email = fold($2) AND is_current AND tenant_id <> $3::integer
        """)

    static let enter = StatementText("workspace_access.enter", "UPDATE workspace_access SET is_current = true WHERE \(grant)")

    /// `$1` tenant, `$2` domain.
    static let addDomain = StatementText(
        "workspace.add_domain",
        """
        INSERT INTO workspace (provider, domain, tenant_id) SELECT p, $2, $1::integer FROM unnest(ARRAY['google', 'azure-ad']) p \
        ON CONFLICT DO NOTHING
        """)

    static let others = StatementText(
        "workspace.others", "SELECT provider FROM workspace WHERE domain = $2 AND tenant_id <> $1::integer")
}
