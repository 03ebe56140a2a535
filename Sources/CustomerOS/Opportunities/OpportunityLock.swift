internal import Postgres
internal import Records

/// The statements that lock an opportunity and what changes with it, in the common order.
enum OpportunityLock {
    /// A locked organization.
    struct Organization {
        let id: ID<CustomerOS.Organization>
        let state: String
        let relationship: String?
        let stage: String?

        var isVisible: Bool { state == "LIVE" || state == "HIDDEN" }
    }

    /// A locked contract.
    struct Contract {
        let id: ID<CustomerOS.Contract>
        let organization: ID<CustomerOS.Organization>?
    }

    /// The stored values of a locked opportunity.
    struct Stored {
        let stage: OpportunityStage
        let externalStage: String
        let type: OpportunityType
        let contract: ID<CustomerOS.Contract>?
        /// The organization that may buy or renew.
        var organization: ID<CustomerOS.Organization>?

        var isRenewal: Bool { type == .renewal }
    }

    /// The organizations affected by a change: the opportunity's and its new one.
    static let organizations = Statement<(id: ID<Opportunity>?, organization: ID<CustomerOS.Organization>?), Organization>(
        "opportunity.lock_organizations", row: Organization.init
    ) { p in
        let (id, organization) = (p.id, p.organization)
        return """
            SELECT id, state, relationship, stage FROM organization WHERE tenant_id = \(p.tenant) AND (id = \(organization) OR id = (\
            SELECT coalesce(o.organization_id, c.organization_id) FROM opportunity o
            LEFT JOIN contract c ON c.tenant_id = o.tenant_id AND c.id = o.contract_id
            WHERE o.tenant_id = \(p.tenant) AND o.id = \(id))) ORDER BY id FOR NO KEY UPDATE
            """
    }

    static let contract = Statement<ID<Opportunity>, Contract>("opportunity.lock_contract", row: Contract.init) { id in
        """
        SELECT id, organization_id FROM contract WHERE tenant_id = \(id.tenant)
        AND id = (SELECT contract_id FROM opportunity WHERE tenant_id = \(id.tenant) AND id = \(id.value)) FOR NO KEY UPDATE
        """
    }

    static let opportunity = Statement<ID<Opportunity>, Stored>("opportunity.lock", row: Stored.init) { id in
        """
        SELECT internal_stage, external_stage, internal_type, contract_id, organization_id FROM opportunity
        WHERE tenant_id = \(id.tenant) AND id = \(id.value) AND state = 'LIVE' AND internal_stage <> 'SUSPENDED' FOR NO KEY UPDATE
        """
    }
}
