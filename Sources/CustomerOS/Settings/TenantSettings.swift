internal import GraphQL
internal import Postgres
internal import Records

/// The settings of a tenant, who has one row of them.
enum TenantSettings: Record {
    struct Columns {
        let id = Column("id", .id)
        let logoFile = Column("logo_repository_file_id", .text, read: "nullif(t.logo_repository_file_id, '')")
            .field("logoRepositoryFileId").written()
        let baseCurrency = Column("base_currency", .word).field("baseCurrency").written()
        let billingEnabled = Column("invoicing_enabled", .flag).field("billingEnabled").written()
        let workspaceLogo = Column("workspace_logo", .text, read: "nullif(t.workspace_logo, '')").field("workspaceLogo").written()
        let workspaceName = Column("workspace_name", .text, read: "nullif(t.workspace_name, '')").field("workspaceName").written()
    }

    /// A tenant without stored settings has the table's defaults.
    static let table = Table<TenantSettings>(
        """
        (SELECT n.id AS tenant_id, \(key) AS id, coalesce(s.base_currency, 'USD') AS base_currency, \
        coalesce(s.invoicing_enabled, false) AS invoicing_enabled, \
        coalesce(s.logo_repository_file_id, '') AS logo_repository_file_id, \
        coalesce(s.workspace_logo, '') AS workspace_logo, coalesce(s.workspace_name, '') AS workspace_name \
        FROM tenant n LEFT JOIN tenant_setting s ON s.tenant_id = n.id)
        """, Columns())

    static let type = RecordType(
        "TenantSettings", of: table,
        [
            .value("logoUrl", "t.logo_repository_file_id", .text),
            .alias("workspaceLogoUrl", of: table.workspaceLogo),
            .relation(
                "opportunityStages", StageConfiguration.self,
                Relation(
                    parentColumn: "id", from: "opportunity_stage t", key: key, tenant: "t.tenant_id", condition: nil,
                    order: "t.position", cardinality: .many, overrides: [:])),
        ])

    /// Every tenant has one row of settings, which has no id of its own.
    private static let key: SQL = "'00000000-0000-0000-0000-000000000000'::uuid"
}
