internal import GraphQL
internal import Postgres
internal import Records

/// `tenant_AddBillingProfile`
struct AddTenantBillingProfile: Change {
    static let fields = ["tenant_AddBillingProfile"]

    struct Input: Decodable { let values: Patch<TenantBillingProfile> }

    private static let insert = Statement<(id: ID<TenantBillingProfile>, values: Patch<TenantBillingProfile>), Void>(
        "tenant_billing_profile.insert"
    ) { p in
        """
        INSERT INTO tenant_billing_profile (tenant_id, id\(p.values.columns)) VALUES (\(p.tenant), \(p.id)\(p.values.values))
        """
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<TenantBillingProfile> {
        let id = ID<TenantBillingProfile>.new()
        try await change.run(Self.insert, (id, input.values.withNormalCountry))
        return Written(id)
    }
}

/// `tenant_UpdateBillingProfile`: a patch keeps what is omitted; otherwise the whole profile is replaced.
struct UpdateTenantBillingProfile: Change {
    static let fields = ["tenant_UpdateBillingProfile"]

    struct Input: Decodable {
        let id: ID<TenantBillingProfile>
        let patch: Bool?
        let values: Patch<TenantBillingProfile>
    }

    private struct Update {
        let id: ID<TenantBillingProfile>
        let values: Patch<TenantBillingProfile>
    }

    private static let update = Statement<Update, ID<TenantBillingProfile>>("tenant_billing_profile.update") { p in
        let id = p.id
        return """
            UPDATE tenant_billing_profile t SET updated_at = now()\(p.values.assignments(of: "t"))
            WHERE t.tenant_id = \(p.tenant) AND t.id = \(id) RETURNING t.id
            """
    }

    private static let replace = Statement<Update, ID<TenantBillingProfile>>("tenant_billing_profile.replace") { p in
        let id = p.id
        return """
            UPDATE tenant_billing_profile SET updated_at = now()\(p.values.replacements)
            WHERE tenant_id = \(p.tenant) AND id = \(id) RETURNING id
            """
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<TenantBillingProfile> {
        let id = input.id
        guard !id.text.isEmpty else { throw FieldError("Missing tenant billing profile id", code: .badUserInput, field: "id") }
        let update = Update(id: id, values: input.values.withNormalCountry)
        guard !id.isNobody, try await !change.run(input.patch == true ? Self.update : Self.replace, update).isEmpty else {
            throw FieldError(
                "Failed to update billing profile", because: "tenant billing profile with id {\(id)} not found", code: .notFound,
                field: "id")
        }
        return Written(id)
    }
}

extension Patch<TenantBillingProfile> {
    /// A country that is known is stored by its code, as contracts do; others stay as they are.
    fileprivate var withNormalCountry: Patch {
        var patch = self
        if let given = patch[\.country], let country = try? Country(given) { patch[\.country] = country.code }
        return patch
    }
}
