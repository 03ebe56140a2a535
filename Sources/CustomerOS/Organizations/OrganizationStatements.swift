internal import Postgres
internal import Records

/// The statements that write organizations.
enum OrganizationStatements {
    struct Insert {
        let id: ID<Organization>
        let code: String
        let relationship: OrganizationRelationship?
        let stage: OrganizationStage?
        let owner: ID<User>?
        /// The event of its creation.
        let event: ID<OrganizationEvent>
        let values: Patch<Organization>
    }

    /// No row if the code is taken.
    static let insert = Statement<Insert, ID<Organization>>("organization.insert") { p in
        let (id, code, relationship, stage, owner) = (p.id, p.code, p.relationship, p.stage, p.owner)
        let (event, actor, values) = (p.event, p.actor, p.values)
        return """
            WITH made AS (INSERT INTO organization (tenant_id, id, customer_os_id, relationship, stage,
            stage_changed_at, owner_id, last_touchpoint_at, last_touchpoint_type, last_touchpoint_id\(values.columns))
            VALUES (\(p.tenant), \(id), \(bare: code), \(bare: relationship), \(bare: stage),
            CASE WHEN \(stage) IS NOT NULL THEN now() END, \(owner), now(), 'ACTION_CREATED', \(event)\(values.values))
            ON CONFLICT (tenant_id, customer_os_id) DO NOTHING RETURNING tenant_id, id),
            event AS (INSERT INTO timeline_event (tenant_id, id, kind)
            SELECT tenant_id, \(event), 'ACTION' FROM made RETURNING *),
            creation AS (INSERT INTO action (tenant_id, id, organization_id, created_by_id, type)
            SELECT tenant_id, id, \(id), \(actor), 'CREATED' FROM event)
            INSERT INTO organization_timeline (tenant_id, timeline_event_id, organization_id, kind, occurred_at)
            SELECT tenant_id, id, \(id), kind, occurred_at FROM event RETURNING organization_id
            """
    }

    struct Update {
        let id: ID<Organization>
        let relationship: OrganizationRelationship?
        let stage: OrganizationStage?
        let changesOwner: Bool
        let owner: ID<User>?
        let values: Patch<Organization>
    }

    static let update = Statement<Update, Void>("organization.update") { p in
        let (id, relationship, stage, changesOwner, owner) = (p.id, p.relationship, p.stage, p.changesOwner, p.owner)
        let values = p.values
        let industry = values.value(\.industry, of: "o")
        return """
            UPDATE organization o SET updated_at = now(), relationship = \(bare: relationship), stage = \(bare: stage),
            stage_changed_at = CASE WHEN o.stage IS DISTINCT FROM \(bare: stage) THEN now() ELSE o.stage_changed_at END,
            owner_id = CASE WHEN \(changesOwner) THEN \(owner) ELSE o.owner_id END,
            wrong_industry = o.wrong_industry AND o.industry = \(industry)\(values.assignments(of: "o"))
            WHERE o.tenant_id = \(p.tenant) AND o.id = \(id)
            """
    }

    static let markChanged = Statement<ID<Organization>, Void>("organization.mark_changed") { id in
        "UPDATE organization SET updated_at = now() WHERE tenant_id = \(id.tenant) AND id = \(id.value)"
    }

    static let fillWebsite = Statement<(id: ID<Organization>, website: String), Void>(
        "organization.fill_website"
    ) { p in
        let (id, website) = (p.id, p.website)
        return """
            UPDATE organization SET website = \(bare: website) WHERE tenant_id = \(p.tenant) AND id = \(id)
            AND website = ''
            """
    }

    static let show = Statement<ID<Organization>, Void>("organization.show") { id in
        """
        UPDATE organization SET state = 'LIVE', state_changed_at = now(), updated_at = now()
        WHERE tenant_id = \(id.tenant) AND id = \(id.value) AND state = 'HIDDEN'
        """
    }

    /// An engaged organization gets its first opportunity, unless it has one or a contract.
    static let engage = Statement<(id: ID<Organization>, opportunity: ID<Opportunity>), Void>(
        "organization.engage"
    ) { p in
        let (id, opportunity, actor) = (p.id, p.opportunity, p.actor)
        return """
            INSERT INTO opportunity (tenant_id, id, organization_id, owner_id, created_by_id, name, currency,
            external_stage, stage_changed_at)
            SELECT o.tenant_id, \(opportunity), o.id, o.owner_id, \(actor), o.name, base_currency(\(p.tenant)),
            coalesce((SELECT s.value FROM opportunity_stage s
            WHERE s.tenant_id = \(p.tenant) ORDER BY s.visible DESC, s.position LIMIT 1), ''), now() FROM organization o
            WHERE o.tenant_id = \(p.tenant) AND o.id = \(id) AND NOT EXISTS (SELECT FROM opportunity p
            WHERE p.tenant_id = \(p.tenant) AND p.organization_id = o.id AND p.state = 'LIVE')
            AND NOT EXISTS (SELECT FROM contract c
            WHERE c.tenant_id = \(p.tenant) AND c.organization_id = o.id AND c.state = 'LIVE')
            """
    }
}
