internal import GraphQL
internal import Postgres
internal import Records

/// The settings of a tenant, with the stages of its sales board.
enum SettingsDomain: Domain {
    /// Every tenant has one row of settings, which has no id of its own.
    static let key: SQL = "'00000000-0000-0000-0000-000000000000'::uuid"

    /// A tenant without stored settings has the table's defaults.
    private static let table: SQL = """
        (SELECT n.id AS tenant_id, \(key) AS id, coalesce(s.base_currency, 'USD') AS base_currency, \
        coalesce(s.invoicing_enabled, false) AS invoicing_enabled, coalesce(s.logo_repository_file_id, '') AS logo_repository_file_id, \
        coalesce(s.workspace_logo, '') AS workspace_logo, coalesce(s.workspace_name, '') AS workspace_name \
        FROM tenant n LEFT JOIN tenant_setting s ON s.tenant_id = n.id)
        """

    private static let settings = Entity(
        "TenantSettings", table: table, columns: ["id": "t.id"],
        fields: [
            .column("logoRepositoryFileId", "nullif(t.logo_repository_file_id, '')", .text),
            .column("logoUrl", "t.logo_repository_file_id", .text),
            .column("baseCurrency", "t.base_currency", .enumeration),
            .column("billingEnabled", "t.invoicing_enabled", .boolean),
            .column("workspaceLogo", "nullif(t.workspace_logo, '')", .text),
            .alias("workspaceLogoUrl", of: "workspaceLogo", .text),
            .column("workspaceName", "nullif(t.workspace_name, '')", .text),
            .relation(
                "opportunityStages",
                Relation(
                    parentColumn: "id", from: "opportunity_stage t", key: key, tenant: "t.tenant_id", condition: nil, order: "t.position",
                    cardinality: .many, overrides: [:])),
        ])

    private static let stage = Entity(
        "TenantSettingsOpportunityStageConfiguration", table: "opportunity_stage", columns: ["id": "t.id"],
        fields: [
            .alias("id", of: "id", .identifier),
            .column("value", "t.value", .text),
            .column("order", "t.position", .int),
            .column("label", "t.label", .text),
            .column("visible", "t.visible", .boolean),
            .column("likelihoodRate", "t.likelihood_rate", .int64),
        ])

    static let entities = [settings, stage]

    static let queries: [String: FieldBinding] = ["tenantSettings": .resolved(TenantRowResolver())]

    static let mutations: [String: FieldBinding] = [
        "tenant_UpdateSettings": .resolved(UpdateTenantSettings()),
        "tenant_UpdateSettingsOpportunityStage": .resolved(UpdateOpportunityStage()),
    ]
}
