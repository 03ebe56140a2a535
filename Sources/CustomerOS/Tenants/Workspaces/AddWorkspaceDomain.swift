internal import GraphQL
internal import Postgres
internal import Records

/// `admin_tenant_AddDomainAsWorkspace`: for each sign-in service.
struct AddWorkspaceDomain: Change {
    static let fields = ["admin_tenant_AddDomainAsWorkspace"]

    struct Input: Decodable { let domain: String }

    private static let add = Statement<String, Void>("workspace.add_domain") { p in
        """
        INSERT INTO workspace (provider, domain, tenant_id)
        SELECT p, \(bare: p.value), \(p.tenant)::integer FROM unnest(ARRAY['google', 'azure-ad']) p ON CONFLICT DO NOTHING
        """
    }

    /// The sign-in services for which the domain leads to another tenant.
    private static let others = Statement<String, String>("workspace.others") { p in
        "SELECT provider FROM workspace WHERE domain = \(bare: p.value) AND tenant_id <> \(p.tenant)::integer"
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Bool {
        let given = input.domain.trimmingBlanks
        guard let host = HostName(given), host.labels.count >= 2, !host.ascii.contains("_") else {
            throw FieldError("\(given) is not a domain such as example.com", code: .badUserInput, field: "domain")
        }
        try await change.run(Self.add, host.ascii)
        guard try await change.run(Self.others, host.ascii).isEmpty else {
            throw FieldError("The domain \(host.ascii) leads to another tenant", code: .conflict, field: "domain")
        }
        return true
    }
}
