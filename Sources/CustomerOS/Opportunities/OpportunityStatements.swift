internal import Postgres
internal import Records

/// The statements that write opportunities.
enum OpportunityStatements {
    /// What a write stored: the currency, the amounts, and whether the amount changed.
    struct Figures {
        let currency: String?
        let amount: Double?
        let maxAmount: Double?
        let hasOtherAmount: Bool?
    }

    static let insert = Statement<
        (id: ID<Opportunity>, organization: ID<Organization>?, owner: ID<User>?, values: Patch<Opportunity>), Figures
    >("opportunity.insert", row: { Figures(currency: $0, amount: $1, maxAmount: $2, hasOtherAmount: nil) }) { p in
        """
        INSERT INTO opportunity (tenant_id, id, organization_id, owner_id, created_by_id, stage_changed_at\(p.values.columns))
        VALUES (\(p.tenant), \(p.id), \(p.organization), \(p.owner), \(p.actor), now()\(p.values.values))
        RETURNING currency, amount, max_amount
        """
    }

    struct Update {
        let id: ID<Opportunity>
        /// Nil keeps the stored one.
        let organization: ID<Organization>?
        let changesOwner: Bool
        let owner: ID<User>?
        /// Whether it is reopened.
        let opens: Bool
        let values: Patch<Opportunity>
    }

    static let update = Statement<Update, Figures>("opportunity.update", row: Figures.init) { p in
        let (id, organization, changesOwner, owner, opens, actor) = (p.id, p.organization, p.changesOwner, p.owner, p.opens, p.actor)
        let values = p.values
        // Whether a user changes the amount of a renewal.
        let judged: SQL =
            "\(actor) IS NOT NULL AND o.internal_type = 'RENEWAL' AND \(values.value(\.amount, of: "o")) <> o.amount"
        return """
            UPDATE opportunity o SET updated_at = now(), organization_id = coalesce(\(organization), o.organization_id),
            owner_id = CASE WHEN \(changesOwner) THEN \(owner) ELSE o.owner_id END,
            internal_stage = CASE WHEN \(opens) THEN 'OPEN' ELSE o.internal_stage END,
            closed_at = CASE WHEN \(opens) THEN NULL ELSE o.closed_at END,
            stage_changed_at = CASE WHEN \(opens) OR \(values.value(\.externalStage, of: "o")) <> o.external_stage THEN now()
            ELSE o.stage_changed_at END\(values.assignments(of: "o")),
            renewal_updated_by_id = CASE WHEN \(judged) THEN \(actor) ELSE o.renewal_updated_by_id END,
            renewal_updated_at = CASE WHEN \(judged) THEN now() ELSE o.renewal_updated_at END
            FROM opportunity before WHERE o.tenant_id = \(p.tenant) AND o.id = \(id)
            AND before.tenant_id = o.tenant_id AND before.id = o.id
            RETURNING o.currency, o.amount, o.max_amount, o.amount <> before.amount
            """
    }

    /// Closed new business is not on the sales board.
    static let close = Statement<(id: ID<Opportunity>, stage: OpportunityStage), (OpportunityType, ID<Organization>?)>(
        "opportunity.close"
    ) { p in
        let (id, stage) = (p.id, p.stage)
        return """
            UPDATE opportunity SET internal_stage = \(bare: stage), closed_at = now(), stage_changed_at = now(),
            external_stage = CASE WHEN internal_type = 'NBO' THEN '' ELSE external_stage END
            WHERE tenant_id = \(p.tenant) AND id = \(id) RETURNING internal_type, organization_id
            """
    }

    static let moveOrganization = Statement<(id: ID<Organization>, relationship: String?, stage: String?), Void>(
        "opportunity.move_organization"
    ) { p in
        let (id, relationship, stage) = (p.id, p.relationship, p.stage)
        return """
            UPDATE organization SET relationship = \(bare: relationship), stage = \(bare: stage), updated_at = now(),
            stage_changed_at = CASE WHEN stage IS DISTINCT FROM \(bare: stage) THEN now() ELSE stage_changed_at END
            WHERE tenant_id = \(p.tenant) AND id = \(id)
            """
    }

    static let stages = Statement<Void, String>("opportunity.stages") { p in
        "SELECT value FROM opportunity_stage WHERE tenant_id = \(p.tenant) ORDER BY position"
    }

    static let task = Statement<ID<UserTask>, ID<UserTask>>("opportunity.task") { id in
        "SELECT id FROM task WHERE tenant_id = \(id.tenant) AND id = \(id.value) AND state = 'LIVE' FOR KEY SHARE"
    }

    static let linkTask = Statement<(task: ID<UserTask>, opportunity: ID<Opportunity>), Void>("opportunity.link_task") { p in
        """
        INSERT INTO task_opportunity (tenant_id, task_id, opportunity_id) VALUES (\(p.tenant), \(p.task), \(p.opportunity))
        ON CONFLICT DO NOTHING
        """
    }
}
