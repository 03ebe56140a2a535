internal import GraphQL
internal import Postgres

/// The statements that write opportunities.
enum OpportunityTable {
    static let patch = ColumnPatch(columns: [
        ColumnPatch.Column("name", "name"),
        ColumnPatch.Column("amount", "amount", "numeric", initial: "0"),
        ColumnPatch.Column("maxAmount", "max_amount", "numeric", initial: "0"),
        ColumnPatch.Column("currency", "currency", initial: "base_currency($1)"),
        ColumnPatch.Column("internalType", "internal_type", initial: "'NBO'"),
        ColumnPatch.Column("externalType", "external_type"),
        ColumnPatch.Column("externalStage", "external_stage"),
        ColumnPatch.Column("estimatedClosedDate", "estimated_closed_at", "timestamptz", initial: "NULL"),
        ColumnPatch.Column("generalNotes", "general_notes"),
        ColumnPatch.Column("nextSteps", "next_steps"),
        ColumnPatch.Column("comments", "comments"),
        ColumnPatch.Column("likelihoodRate", "likelihood_rate", "bigint", initial: "0"),
    ])

    /// `$1` tenant, `$2` id, `$3` organization, `$4` owner, `$5` creator, then the patch.
    static let insert: StatementText = {
        let (columns, values) = patch.insertion(from: 6)
        return StatementText(
            "opportunity.insert",
            """
            INSERT INTO opportunity (tenant_id, id, organization_id, owner_id, created_by_id, stage_changed_at\(columns)) \
            VALUES ($1, $2::uuid, $3::uuid, $4::uuid, $5::uuid, now()\(values)) RETURNING currency, amount, max_amount
            """)
    }()

    /// The organizations affected by a change: that of the opportunity `$2` and its new one, `$3`.
    private static let lockOrganizations = StatementText(
        "opportunity.lock_organizations",
        """
        SELECT id, state, relationship, stage FROM organization WHERE tenant_id = $1 AND (id = $3::uuid OR id = (\
        SELECT coalesce(o.organization_id, c.organization_id) FROM opportunity o \
        LEFT JOIN contract c ON c.tenant_id = o.tenant_id AND c.id = o.contract_id WHERE o.tenant_id = $1 AND o.id = $2::uuid)) \
        ORDER BY id FOR NO KEY UPDATE
        """)

    private static let lockContract = StatementText(
        "opportunity.lock_contract",
        """
        SELECT id, organization_id FROM contract WHERE tenant_id = $1 \
        AND id = (SELECT contract_id FROM opportunity WHERE tenant_id = $1 AND id = $2::uuid) FOR NO KEY UPDATE
        """)

    private static let lock = StatementText(
        "opportunity.lock",
        """
        SELECT internal_stage, external_stage, internal_type, contract_id, organization_id FROM opportunity \
        WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE' AND internal_stage <> 'SUSPENDED' FOR NO KEY UPDATE
        """)

    /// Locks an opportunity and what changes with it, in the common order. For a new one, that is at most its
    /// organization.
    static func locks(_ id: String?, organization: String?, tenant: Parameter) -> [Query] {
        guard id != nil || organization != nil else { return [] }
        let organizations = Query(lockOrganizations, [tenant, Parameter(text: id), Parameter(text: organization)])
        guard let id else { return [organizations] }
        return [organizations, Query(lockContract, [tenant, .text(id)]), Query(lock, [tenant, .text(id)])]
    }

    /// `$1` tenant, `$2` id, `$3` organization or null to keep it, `$4` whether the owner changes, `$5` owner, `$6`
    /// whether it is reopened, `$7` the acting user, then the patch.
    static let update = StatementText(
        "opportunity.update",
        """
        UPDATE opportunity o SET updated_at = now(), organization_id = coalesce($3::uuid, o.organization_id), \
        owner_id = CASE WHEN $4::boolean THEN $5::uuid ELSE o.owner_id END, \
        internal_stage = CASE WHEN $6::boolean THEN 'OPEN' ELSE o.internal_stage END, \
        closed_at = CASE WHEN $6::boolean THEN NULL ELSE o.closed_at END, \
        stage_changed_at = CASE WHEN $6::boolean OR \(value(of: "externalStage")) <> o.external_stage THEN now() \
        ELSE o.stage_changed_at END\(assignments), \
        renewal_updated_by_id = CASE WHEN \(judged) THEN $7::uuid ELSE o.renewal_updated_by_id END, \
        renewal_updated_at = CASE WHEN \(judged) THEN now() ELSE o.renewal_updated_at END \
        FROM opportunity before WHERE o.tenant_id = $1 AND o.id = $2::uuid AND before.tenant_id = o.tenant_id AND before.id = o.id \
        RETURNING o.currency, o.amount, o.max_amount, o.amount <> before.amount
        """)

    /// Whether a user changes the amount of a renewal.
    private static let judged: SQL =
        "$7::uuid IS NOT NULL AND o.internal_type = 'RENEWAL' AND \(value(of: "amount")) <> o.amount"

    private static func value(of member: String) -> SQL {
        guard let index = patch.columns.firstIndex(where: { $0.member == member }) else { return "NULL" }
        let column = patch.columns[index]
        return "coalesce(\(SQL.parameter(8 + index))::\(column.cast), o.\(column.column))"
    }

    private static let assignments: SQL = patch.columns.reduce("") { list, column in
        "\(list), \(column.column) = \(value(of: column.member))"
    }

    /// `$3` the stage. Closed new business is not on the sales board.
    static let close = StatementText(
        "opportunity.close",
        """
        UPDATE opportunity SET internal_stage = $3, closed_at = now(), stage_changed_at = now(), \
        external_stage = CASE WHEN internal_type = 'NBO' THEN '' ELSE external_stage END \
        WHERE tenant_id = $1 AND id = $2::uuid RETURNING internal_type, organization_id
        """)

    /// `$2` the organization, `$3` its relationship, `$4` its stage.
    static let moveOrganization = StatementText(
        "opportunity.move_organization",
        """
        UPDATE organization SET relationship = $3, stage = $4, updated_at = now(), \
        stage_changed_at = CASE WHEN stage IS DISTINCT FROM $4 THEN now() ELSE stage_changed_at END \
        WHERE tenant_id = $1 AND id = $2::uuid
        """)

    static let archive = StatementText(
        "opportunity.archive",
        """
        UPDATE opportunity SET state = 'ARCHIVED', state_changed_at = now(), updated_at = now() WHERE tenant_id = $1 AND id = $2::uuid
        """)

    static let setOwner = StatementText(
        "opportunity.set_owner",
        "UPDATE opportunity SET owner_id = $3::uuid, updated_at = now() WHERE tenant_id = $1 AND id = $2::uuid")

    static let stages = StatementText(
        "opportunity.stages", "SELECT value FROM opportunity_stage WHERE tenant_id = $1 ORDER BY position")

    static let task = StatementText(
        "opportunity.task", "SELECT id FROM task WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE' FOR KEY SHARE")

    static let linkTask = StatementText(
        "opportunity.link_task",
        """
        INSERT INTO task_opportunity (tenant_id, task_id, opportunity_id) VALUES ($1, $2::uuid, $3::uuid) ON CONFLICT DO NOTHING
        """)
}
