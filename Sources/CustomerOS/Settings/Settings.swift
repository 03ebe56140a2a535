internal import Records

/// The settings of a tenant, with the stages of its sales board.
enum Settings {
    static let feature = Feature([
        .type(TenantSettings.self), .type(StageConfiguration.self),
        .tenantRow("tenantSettings", TenantSettings.self),
        .change(UpdateTenantSettings.self), .change(UpdateOpportunityStage.self),
    ])
}
