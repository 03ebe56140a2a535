internal import Postgres
internal import Records

/// `tenant_UpdateSettings`: what is absent or null is kept.
struct UpdateTenantSettings: Change {
    static let fields = ["tenant_UpdateSettings"]
    static let ignored = ["patch"]

    struct Input: Decodable {
        /// The older name of `logoRepositoryFileId`, which takes precedence.
        let logoUrl: String?
        /// The older name of `workspaceLogo`, which takes precedence.
        let workspaceLogoUrl: String?
        let values: Patch<TenantSettings>
    }

    private static let make = Statement<Void, Void>("tenant_setting.make") { p in
        "INSERT INTO tenant_setting (tenant_id) VALUES (\(p.tenant)::integer) ON CONFLICT DO NOTHING"
    }

    private static let lock = Statement<Void, String>("tenant_setting.lock") { p in
        "SELECT base_currency FROM tenant_setting WHERE tenant_id = \(p.tenant) FOR NO KEY UPDATE"
    }

    private static let update = Statement<Patch<TenantSettings>, Void>("tenant_setting.update") { p in
        "UPDATE tenant_setting SET updated_at = now()\(p.patch().assignments) WHERE tenant_id = \(p.tenant)"
    }

    private static let currencyChanged = Statement<Void, Void>("tenant_setting.currency_changed") { p in
        "CALL base_currency_changed(\(p.tenant)::integer)"
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<TenantSettings> {
        var values = input.values
        values[\.logoFile] = values[\.logoFile] ?? input.logoUrl
        values[\.workspaceLogo] = values[\.workspaceLogo] ?? input.workspaceLogoUrl
        guard !values.isEmpty else { return Written(.nobody) }
        let (_, stored, _) = try await change.run(Self.make.with(()), Self.lock.with(()), Self.update.with(values))
        if let currency = values[\.baseCurrency], currency != stored.first { try await change.run(Self.currencyChanged, ()) }
        return Written(.nobody)
    }
}
