internal import Postgres
internal import Records

/// A stage of a tenant's sales board.
enum StageConfiguration: Record {
    struct Columns {
        let id = Column("id", .id).field("id")
        let value = Column("value", .text).field("value")
        let position = Column("position", .integer).field("order")
        let label = Column("label", .text).field("label").written()
        let visible = Column("visible", .flag).field("visible").written()
        let likelihoodRate = Column("likelihood_rate", .whole).field("likelihoodRate").written()
    }

    static let table = Table<StageConfiguration>("opportunity_stage", Columns())
    static let type = RecordType("TenantSettingsOpportunityStageConfiguration", of: table, [])
}
