internal import GraphQL
internal import Postgres
internal import Records

/// `tenant_hardDelete`, `admin_tenant_hardDelete`: permanently deletes a tenant with everything in it.
struct DeleteTenant: Change {
    static let fields = ["tenant_hardDelete", "admin_tenant_hardDelete"]

    struct Input: Decodable {
        let tenant: String
        let confirmTenant: String
    }

    /// Concurrent deletions of the same tenant must not both hold it at the start.
    private static let find = Statement<String, Int64>("tenant.find_to_delete", isShared: true) { p in
        "SELECT id FROM tenant WHERE name = \(bare: p.value) FOR UPDATE"
    }

    private static let delete = Statement<Int64, Void>("tenant.hard_delete", isShared: true) { p in
        "SELECT tenant_hard_delete(\(bare: p.value)::integer)"
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Bool {
        guard input.tenant == input.confirmTenant else {
            throw FieldError("Tenant name does not match the confirmation tenant name", code: .badUserInput, field: "confirmTenant")
        }
        let tenant = try await Tenant.number(of: input.tenant, "tenant", by: Self.find, change)
        try await change.run(Self.delete, tenant)
        return true
    }
}
