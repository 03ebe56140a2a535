internal import GraphQL
internal import Postgres
internal import Records

/// A person of the request's tenant, and another tenant in which the person may work.
struct WorkspaceGrant: Decodable {
    let authenticatedUserEmail: String
    let tenant: String

    /// An address in its stored form, and the number of a tenant.
    typealias Stored = (email: String, workspace: Int64)

    /// - Parameter rule: Returns the stored form of the address.
    /// - Throws: `FieldError` without an address or such a tenant.
    fileprivate func stored(_ change: Changing, _ rule: (String) throws(ValueRefusal) -> String) async throws -> Stored {
        guard !authenticatedUserEmail.trimmingBlanks.isEmpty else {
            throw FieldError("An e-mail address is needed", code: .badUserInput, field: "authenticatedUserEmail")
        }
        let email: String
        do throws(ValueRefusal) { email = try rule(authenticatedUserEmail) } catch {
            throw FieldError(error, field: "authenticatedUserEmail")
        }
        return (email, try await Tenant.number(of: tenant, "tenant", change))
    }

    /// Selects the grant in the table.
    static func condition(_ p: Parameters<Stored>) -> SQL {
        "user_tenant_id = \(p.tenant)::integer AND user_email = fold(\(bare: p.email)) AND tenant_id = \(bare: p.workspace)::integer"
    }
}

/// `admin_addWorkspaceAccess`: for a person of the request's tenant.
struct AddWorkspaceAccess: Change {
    static let fields = ["admin_addWorkspaceAccess"]

    private static let give = Statement<WorkspaceGrant.Stored, Void>("workspace_access.give") { p in
        """
        INSERT INTO workspace_access (user_tenant_id, user_email, tenant_id)
        VALUES (\(p.tenant)::integer, fold(\(bare: p.email)), \(bare: p.workspace)::integer) ON CONFLICT DO NOTHING
        """
    }

    func perform(_ input: WorkspaceGrant, _ change: Changing) async throws -> Bool {
        let grant = try await input.stored(change) { (text) throws(ValueRefusal) in try EmailAddress(text).text }
        try await change.run(Self.give, grant)
        return true
    }
}

/// `admin_removeWorkspaceAccess`: for a person of the request's tenant.
struct RemoveWorkspaceAccess: Change {
    static let fields = ["admin_removeWorkspaceAccess"]

    private static let take = Statement<WorkspaceGrant.Stored, String>("workspace_access.take") { p in
        "DELETE FROM workspace_access WHERE \(WorkspaceGrant.condition(p)) RETURNING user_email"
    }

    func perform(_ input: WorkspaceGrant, _ change: Changing) async throws -> Bool {
        // Access granted before addresses were validated can still be revoked.
        let grant = try await input.stored(change) { (text) throws(ValueRefusal) in EmailAddress.comparable(text) }
        return try await !change.run(Self.take, grant).isEmpty
    }
}
