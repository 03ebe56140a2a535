internal import GraphQL
internal import Postgres
internal import Records

/// `tenant_UpdateSettings`: what is omitted is kept.
final class UpdateTenantSettings: ObjectMutation, @unchecked Sendable {
    private static let patch = ColumnPatch(columns: [
        ColumnPatch.Column("logoRepositoryFileId", "logo_repository_file_id"),
        ColumnPatch.Column("baseCurrency", "base_currency"),
        ColumnPatch.Column("billingEnabled", "invoicing_enabled", "boolean"),
        ColumnPatch.Column("workspaceLogo", "workspace_logo"),
        ColumnPatch.Column("workspaceName", "workspace_name"),
    ])

    /// Members with the same meaning; the newer one counts.
    private static let olderMembers = [("logoRepositoryFileId", "logoUrl"), ("workspaceLogo", "workspaceLogoUrl")]

    private static let update = StatementText(
        "tenant_setting.update",
        "UPDATE tenant_setting SET updated_at = now()\(patch.assignments(from: 2)) WHERE tenant_id = $1")

    private static let make = StatementText(
        "tenant_setting.make", "INSERT INTO tenant_setting (tenant_id) VALUES ($1::integer) ON CONFLICT DO NOTHING")

    private static let lock = StatementText(
        "tenant_setting.lock", "SELECT base_currency FROM tenant_setting WHERE tenant_id = $1 FOR NO KEY UPDATE")

    private static let currencyChanged = StatementText("tenant_setting.currency_changed", "CALL base_currency_changed($1::integer)")

    private static let key = "00000000-0000-0000-0000-000000000000"

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        var input = arguments.input
        for (member, older) in Self.olderMembers where input.text(member) == nil {
            if let value = input[older] { input.set(member, value) }
        }
        let parameters = Self.patch.parameters(input)
        guard parameters.contains(where: { $0 != .null }) else { return Self.key }
        let tenant = context.tenantParameter
        let stored = try await transaction.run(
            [Query(Self.make, [tenant]), Query(Self.lock, [tenant]), Query(Self.update, [tenant] + parameters)], context)[1]
        if let currency = input.text("baseCurrency"), currency != stored.text(0, 0) {
            try await transaction.run(Query(Self.currencyChanged, [tenant]), context)
        }
        return Self.key
    }
}

/// `tenant_UpdateSettingsOpportunityStage`: what is omitted is kept.
final class UpdateOpportunityStage: OutcomeMutation, @unchecked Sendable {
    private static let patch = ColumnPatch(columns: [
        ColumnPatch.Column("label", "label"),
        ColumnPatch.Column("visible", "visible", "boolean"),
        ColumnPatch.Column("likelihoodRate", "likelihood_rate", "bigint"),
    ])

    private static let update = StatementText(
        "opportunity_stage.update",
        """
        UPDATE opportunity_stage SET tenant_id = tenant_id\(patch.assignments(from: 3)) WHERE tenant_id = $1 AND id = $2::uuid RETURNING id
        """)

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        let input = arguments.input
        let id = input.text("id") ?? ""
        guard UUIDKey.isValid(id),
            try await transaction.run(
                Query(Self.update, [context.tenantParameter, .text(id)] + Self.patch.parameters(input)), context
            ).rowCount == 1
        else {
            return .action(
                false, remark: FieldError("Failed to update tenant settings opportunity stage", code: .notFound, field: "id"))
        }
        return .action(true)
    }
}
