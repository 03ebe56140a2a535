internal import GraphQL
internal import Postgres
internal import Records

/// A possible sale to, or renewal by, an organization.
enum Opportunity: Record {
    struct Columns {
        let origin = Origin()
        let name = Column("name", .text).field("name").written().imported("name")
        let amount = Column("amount", .decimal).field("amount").written().imported("amount", .amount)
        let maxAmount = Column("max_amount", .decimal).field("maxAmount").written().imported("maxAmount", .amount)
        let currency = Column("currency", .word).field("currency").written(initial: "base_currency($1)")
            .imported("currency", .currency, initial: "coalesce((SELECT base_currency FROM tenant_setting WHERE tenant_id = $1), 'USD')")
        let internalType = Column("internal_type", .word).field("internalType").written(initial: "'NBO'")
            .imported("internalType", .choice(["NBO", "UPSELL", "CROSS_SELL"]))
        let externalType = Column("external_type", .text).field("externalType").written().imported("externalType")
        let externalStage = Column("external_stage", .text).field("externalStage").written().imported("externalStage")
        let estimatedClosedAt = Column("estimated_closed_at", .time).field("estimatedClosedAt").written("estimatedClosedDate")
            .imported("estimatedClosedAt", .day)
        let generalNotes = Column("general_notes", .text).field("generalNotes").written().imported("generalNotes")
        let nextSteps = Column("next_steps", .text).field("nextSteps").written().imported("nextSteps")
        let comments = Column("comments", .text).field("comments").written().imported("comments")
        let likelihoodRate = Column("likelihood_rate", .whole).field("likelihoodRate").written()
            .imported("likelihoodRate", .whole(Bounds.percent.range))
        let internalStage = Column("internal_stage", .word).field("internalStage")
            .imported("internalStage", .choice(OpportunityStage.allCases.map(\.rawValue)), initial: "'OPEN'")
        let closedAt = Column("closed_at", .time).imported("closedAt", .day)
        let stageChangedAt = Column("stage_changed_at", .time).field("stageLastUpdated")
        let renewedAt = Column("renewed_at", .time).field("renewedAt")
        let renewalApproved = Column("renewal_approved", .flag).field("renewalApproved")
        let renewalLikelihood = Column("renewal_likelihood", .word, read: "coalesce(t.renewal_likelihood, 'ZERO') || '_RENEWAL'")
            .field("renewalLikelihood")
        let renewalAdjustedRate = Column("renewal_adjusted_rate", .whole).field("renewalAdjustedRate")
        let renewalUpdatedBy = Column("renewal_updated_by_id", .text, read: "coalesce(t.renewal_updated_by_id::text, '')")
            .field("renewalUpdatedByUserId")
        let renewalUpdatedAt = Column("renewal_updated_at", .time).field("renewalUpdatedByUserAt")
        let organization = Column("organization_id", .id)
        let owner = Column("owner_id", .id)
        let createdBy = Column("created_by_id", .id)
    }

    static let table = Table<Opportunity>("opportunity", visible: "t.state = 'LIVE' AND t.internal_stage <> 'SUSPENDED'", Columns())

    static let type = RecordType(
        "Opportunity", of: table,
        .metadata + .recordFields + [
            .toOne("organization", Organization.self, by: table.organization),
            .toOne("owner", User.self, by: table.owner),
            .toOne("createdBy", User.self, by: table.createdBy),
            .relation("externalLinks", ExternalSystem.self, .externalLinks("opportunity_id")),
            .leaf("taskIds", taskIDs, .identifier),
        ])

    private static let taskIDs = LeafRelation.many(
        """
        SELECT l.opportunity_id, l.task_id FROM task_opportunity l
        JOIN task t ON t.tenant_id = l.tenant_id AND t.id = l.task_id AND t.state = 'LIVE'
        WHERE l.tenant_id = $1 AND l.opportunity_id = ANY ($2::uuid[]) ORDER BY t.created_at, t.id
        """)
}
