internal import GraphQL
internal import Records

/// Tenants, as their users and the platform operator see them.
enum Tenants {
    static let feature = Feature([
        .type(Tenant.self),
        .query("tenant", .resolvedLeaf(name, .text)),
        .query("tenant_impersonateList", .resolved(Tenant.accessible)),
        .change(DeleteTenant.self),
        .change(AddWorkspaceAccess.self), .change(RemoveWorkspaceAccess.self), .change(SwitchWorkspace.self),
        .change(AddWorkspaceDomain.self),
    ])

    /// The name of the key's tenant.
    private static let name = ReadField { _ in { call, wave in call.result = .leaf(wave.caller.tenantName) } }
}
