/// The root fields of users, sessions and tenants.
extension RootFields {
    static let users = [
        "query { user_Current { name } }",
        "query { users_WithMailboxes { name } }",
        "query { global_Cache { isOwner } }",
        "query { version }",
        "query { tenant }",
        "mutation { user_Create(input: { firstName: \"Mine\", lastName: \"Own\", email: { email: \"mine@own.example\" } }) { name } }",
        "mutation { user_Update(input: { id: \"01900000-0002-7000-8000-000000000001\", name: \"mine\" }) { name } }",
        "mutation { user_AddRole(id: \"01900000-0002-7000-8000-000000000001\", role: OWNER) { name } }",
        "mutation { user_RemoveRole(id: \"01900000-0002-7000-8000-000000000001\", role: OWNER) { name } }",
        "mutation { user_AddRoleInTenant(id: \"01900000-0002-7000-8000-000000000001\", tenant: \"demo\", role: OWNER) { name } }",
        "mutation { user_RemoveRoleInTenant(id: \"01900000-0002-7000-8000-000000000001\", tenant: \"demo\", role: OWNER) { name } }",
        "mutation { user_Delete(id: \"01900000-0002-7000-8000-000000000001\") { result } }",
        "mutation { user_DeleteInTenant(id: \"01900000-0002-7000-8000-000000000001\", tenant: \"demo\") { result } }",
        "mutation { user_UpdateOnboardingDetails(input: { id: \"01900000-0002-7000-8000-000000000001\", showOnboardingPage: false }) { name } }",
        "mutation { customer_user_AddJobRole(id: \"01900000-0002-7000-8000-000000000001\", jobRoleInput: { jobTitle: \"mine\" }) { id } }",
        "mutation { tenant_hardDelete(tenant: \"demo\", confirmTenant: \"demo\") }",
        "mutation { admin_tenant_hardDelete(tenant: \"demo\", confirmTenant: \"demo\") }",
        "mutation { admin_addWorkspaceAccess(authenticatedUserEmail: \"mine@own.example\", tenant: \"demo\") }",
        "mutation { admin_removeWorkspaceAccess(authenticatedUserEmail: \"mine@own.example\", tenant: \"demo\") }",
        "mutation { admin_switchCurrentWorkspace(switchToTenant: \"demo\") }",
        "mutation { admin_tenant_AddDomainAsWorkspace(domain: \"mine.example\") }",
    ]

    /// Open to the role without rights elsewhere, and therefore not among those denied to it.
    static let impersonation = ["query { tenant_impersonateList { tenant } }"]
}
