internal import GraphQL
internal import Postgres
internal import Records

/// The reads and changes of opportunities.
enum Opportunities {
    static let feature = Feature([
        .type(Opportunity.self),
        .object("OpportunityPage", .page(totalAvailable: true)),
        .lookup("opportunity", Opportunity.self),
        .page(
            "opportunities_LinkedToOrganizations", Opportunity.self, from: ofVisibleOrganizations,
            where: "t.organization_id IS NOT NULL", count: count),
        .change(SaveOpportunity.self), .change(CreateOpportunity.self), .change(UpdateOpportunity.self),
        .change(ArchiveOpportunity.self), .change(SetOpportunityOwner.self),
        .change(UpdateRenewal.self), .change(UpdateRenewalsOfOrganization.self),
    ])

    private static let ofVisibleOrganizations: SQL =
        "opportunity t JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id AND o.state = 'LIVE'"

    /// The stored totals are of all live opportunities with an organization; few belong to hidden organizations.
    private static let count: SQL = """
        SELECT coalesce((SELECT sum(count) FROM kept_count_now
        WHERE tenant_id = $1 AND subject = 'opportunity' AND state = 'LIVE'), 0) - (SELECT count(*) FROM organization o
        JOIN opportunity t ON t.tenant_id = o.tenant_id AND t.organization_id = o.id AND t.state = 'LIVE'
        WHERE o.tenant_id = $1 AND o.state <> 'LIVE')
        """
}
