internal import GraphQL
internal import Postgres

/// Opportunities: possible sales to, and renewals of, an organization.
enum OpportunityDomain: Domain {
    static let opportunity = Entity(
        "Opportunity", table: "opportunity", visible: "t.state = 'LIVE' AND t.internal_stage <> 'SUSPENDED'",
        columns: .record.merging([
            "organization_id": "t.organization_id", "owner_id": "t.owner_id", "created_by_id": "t.created_by_id",
        ]) { $1 },
        fields: .metadata + .recordFields + [
            .column("name", "t.name", .text),
            .column("amount", "t.amount", .float),
            .column("maxAmount", "t.max_amount", .float),
            .column("currency", "t.currency", .enumeration),
            .column("likelihoodRate", "t.likelihood_rate", .int64),
            .column("internalType", "t.internal_type", .enumeration),
            .column("externalType", "t.external_type", .text),
            .column("internalStage", "t.internal_stage", .enumeration),
            .column("externalStage", "t.external_stage", .text),
            .column("estimatedClosedAt", "t.estimated_closed_at", .time),
            .column("stageLastUpdated", "t.stage_changed_at", .time),
            .column("generalNotes", "t.general_notes", .text),
            .column("nextSteps", "t.next_steps", .text),
            .column("comments", "t.comments", .text),
            .column("renewedAt", "t.renewed_at", .time),
            .column("renewalApproved", "t.renewal_approved", .boolean),
            .column("renewalLikelihood", "coalesce(t.renewal_likelihood, 'ZERO') || '_RENEWAL'", .enumeration),
            .column("renewalAdjustedRate", "t.renewal_adjusted_rate", .int64),
            .column("renewalUpdatedByUserId", "coalesce(t.renewal_updated_by_id::text, '')", .text),
            .column("renewalUpdatedByUserAt", "t.renewal_updated_at", .time),
            .relation("organization", .toOne("organization_id", "organization")),
            .relation("owner", .toOne("owner_id", "app_user")),
            .relation("createdBy", .toOne("created_by_id", "app_user")),
            .relation("externalLinks", .externalLinks("opportunity_id")),
            .leaf(
                "taskIds",
                .many(
                    """
                    SELECT l.opportunity_id, l.task_id FROM task_opportunity l \
                    JOIN task t ON t.tenant_id = l.tenant_id AND t.id = l.task_id AND t.state = 'LIVE' \
                    WHERE l.tenant_id = $1 AND l.opportunity_id = ANY ($2::uuid[]) ORDER BY t.created_at, t.id
                    """), .identifier),
        ])

    static let entities = [opportunity]

    static let objects = ["OpportunityPage": FieldBinding.page(totalAvailable: true)]

    static let queries: [String: FieldBinding] = [
        "opportunity": .lookup(.byID("opportunity")),
        "opportunities_LinkedToOrganizations": .page(
            Page(
                scope: .tenant,
                from: "opportunity t JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id AND o.state = 'LIVE'",
                condition: "t.tenant_id = $1 AND t.organization_id IS NOT NULL", sortKeys: [],
                // The stored totals are of all live opportunities with an organization; few belong to hidden
                // organizations.
                count: """
                    SELECT coalesce((SELECT sum(count) FROM kept_count_now \
                    WHERE tenant_id = $1 AND subject = 'opportunity' AND state = 'LIVE'), 0) - (SELECT count(*) FROM organization o \
                    JOIN opportunity t ON t.tenant_id = o.tenant_id AND t.organization_id = o.id AND t.state = 'LIVE' \
                    WHERE o.tenant_id = $1 AND o.state <> 'LIVE')
                    """)),
    ]

    static let mutations: [String: FieldBinding] = [
        "opportunity_Save": .resolved(SaveOpportunity()),
        "opportunity_Create": .resolved(CreateOpportunity()),
        "opportunity_Update": .resolved(UpdateOpportunity()),
        "opportunity_Archive": .resolved(ArchiveOpportunity()),
        "opportunity_SetOwner": .resolved(SetOpportunityOwner()),
        "opportunity_RemoveOwner": .resolved(SetOpportunityOwner()),
        "opportunityRenewalUpdate": .resolved(UpdateRenewal()),
        "opportunityRenewal_UpdateAllForOrganization": .resolved(UpdateRenewalsOfOrganization()),
    ]
}
