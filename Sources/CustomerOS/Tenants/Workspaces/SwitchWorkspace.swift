internal import GraphQL
internal import Postgres
internal import Records

/// `admin_switchCurrentWorkspace`: makes one of the tenants granted to the acting user the current one.
struct SwitchWorkspace: Change {
    static let fields = ["admin_switchCurrentWorkspace"]

    struct Input: Decodable { let switchToTenant: String }

    /// The address to which the tenant was granted.
    private static let lock = Statement<Int64, String>("workspace_access.lock") { p in
        let (actor, workspace) = (p.actor, p.value)
        return """
            SELECT w.user_email FROM workspace_access w
            WHERE w.user_tenant_id = \(p.tenant)::integer AND w.tenant_id = \(bare: workspace)::integer AND EXISTS (\
            SELECT FROM user_email l JOIN email e ON e.tenant_id = l.tenant_id AND e.id = l.email_id
            WHERE l.tenant_id = \(p.tenant)::integer AND l.user_id = \(actor) AND w.user_email IN (fold(e.raw_email), fold(e.email)))
            ORDER BY w.user_email LIMIT 1 FOR UPDATE
            """
    }

    private static let leave = Statement<WorkspaceGrant.Stored, Void>("workspace_access.leave") { p in
        """
        UPDATE workspace_access SET is_current = false WHERE user_tenant_id = \(p.tenant)::integer
        AND user_email = fold(\(bare: p.email)) AND is_current AND tenant_id <> \(bare: p.workspace)::integer
        """
    }

    private static let enter = Statement<WorkspaceGrant.Stored, Void>("workspace_access.enter") { p in
        "UPDATE workspace_access SET is_current = true WHERE \(WorkspaceGrant.condition(p))"
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Bool {
        guard change.issuer.hasActor else { throw FieldError.noActor }
        let workspace = try await Tenant.number(of: input.switchToTenant, "switchToTenant", change)
        guard let email = try await change.run(Self.lock, workspace).first else {
            throw FieldError(
                "The user was not given this tenant. Add it with admin_addWorkspaceAccess.", code: .notFound, field: "switchToTenant")
        }
        // Two statements: a single one could violate the unique index by reaching the new current one first.
        try await change.run(Self.leave.with((email, workspace)), Self.enter.with((email, workspace)))
        return true
    }
}
