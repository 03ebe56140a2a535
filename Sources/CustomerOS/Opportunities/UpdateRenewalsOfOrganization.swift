internal import GraphQL
internal import Postgres
internal import Records

/// `opportunityRenewal_UpdateAllForOrganization`: the likelihood of all open renewals of an organization, including
/// drafts'.
struct UpdateRenewalsOfOrganization: Change {
    static let fields = ["opportunityRenewal_UpdateAllForOrganization"]

    struct Input: Decodable {
        let organizationId: ID<Organization>
        let renewalLikelihood: RenewalLikelihood?
        let renewalAdjustedRate: Int64?
    }

    private static let lockOrganization = Statement<ID<Organization>, ID<Organization>>("renewals.lock_organization") { id in
        """
        SELECT id FROM organization WHERE tenant_id = \(id.tenant) AND id = \(id.value) AND state IN ('LIVE', 'HIDDEN')
        FOR NO KEY UPDATE
        """
    }

    private static let lockContracts = Statement<ID<Organization>, ID<Contract>>("renewals.lock_contracts") { id in
        """
        SELECT id FROM contract WHERE tenant_id = \(id.tenant) AND organization_id = \(id.value) AND state = 'LIVE'
        ORDER BY id FOR NO KEY UPDATE
        """
    }

    /// A contract whose renewal changed, and whether its likelihood did.
    private struct Changed {
        let contract: ID<Contract>
        let hasOtherLikelihood: Bool
    }

    private static let update = Statement<(id: ID<Organization>, likelihood: String, rate: Int64?), Changed>(
        "renewals.update", row: Changed.init
    ) { p in
        let (id, likelihood, rate, actor) = (p.id, p.likelihood, p.rate, p.actor)
        return """
            WITH stored AS (SELECT r.id, r.renewal_likelihood IS DISTINCT FROM \(bare: likelihood) AS other FROM contract c
            JOIN active_renewal r ON r.tenant_id = c.tenant_id AND r.contract_id = c.id
            WHERE c.tenant_id = \(p.tenant) AND c.organization_id = \(id) AND c.state = 'LIVE'
            AND (r.renewal_likelihood IS DISTINCT FROM \(bare: likelihood)
            OR r.renewal_adjusted_rate <> coalesce(\(bare: rate)::integer, r.renewal_adjusted_rate)))
            UPDATE opportunity o SET updated_at = now(), renewal_likelihood = \(bare: likelihood),
            renewal_adjusted_rate = coalesce(\(bare: rate)::integer, o.renewal_adjusted_rate),
            renewal_updated_by_id = coalesce(\(actor), o.renewal_updated_by_id),
            renewal_updated_at = CASE WHEN \(actor) IS NULL THEN o.renewal_updated_at ELSE now() END
            FROM stored WHERE o.tenant_id = \(p.tenant) AND o.id = stored.id RETURNING o.contract_id, stored.other
            """
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Organization> {
        let id = input.organizationId
        guard !id.isNobody,
            try await !change.run(Self.lockOrganization.with(id), Self.lockContracts.with(id)).0.isEmpty
        else { throw FieldError("Failed to update renewal opportunities for organization \(id)", code: .notFound) }
        guard let likelihood = input.renewalLikelihood?.stored else { return Written(id) }
        let changed = try await change.run(Self.update, (id, likelihood, input.renewalAdjustedRate))
        guard !changed.isEmpty else { return Written(id) }
        try await change.run(
            ContractEngine.tellLikelihood.with(changed.filter(\.hasOtherLikelihood).map(\.contract)),
            ContractEngine.refresh.with((changed.map(\.contract), .renewal)))
        return Written(id)
    }
}
