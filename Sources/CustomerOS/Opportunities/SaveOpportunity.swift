internal import GraphQL
internal import Postgres

/// `opportunity_Save`: creates, also without organization, or changes what the input names.
final class SaveOpportunity: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let input = arguments.input
        let organization = try await existingOrganization(input.text("organizationId"), transaction, context)
        let owner = try await existingOwner(input.text("ownerId"), transaction, context)
        let changes = Changes(input: input, organization: organization, owner: owner)
        guard let id = input.text("opportunityId"), !id.isEmpty else {
            return try await create(changes, transaction, context)
        }
        try await update(id, changes, transaction, context)
        return id
    }

    private struct Changes {
        let input: InputObject
        let organization: String?
        let owner: String?

        var stage: String? { input.text("internalStage") }
    }

    private func create(_ changes: Changes, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        // A renewal is a contract's: it comes into being with one, never alone.
        guard changes.input.text("internalType") != "RENEWAL" else {
            throw FieldError("A renewal opportunity is created by its contract", code: .badUserInput)
        }
        let id = Identifiers.uuid()
        let parameters: [Parameter] = [
            context.tenantParameter, .text(id), Parameter(text: changes.organization), Parameter(text: changes.owner),
            Parameter(text: context.principal.userID), Parameter(text: changes.stage),
        ]
        try await transaction.run(
            Query(OpportunityTable.insert, parameters + OpportunityTable.patch.parameters(changes.input)), context)
        return id
    }

    private func update(_ id: String, _ changes: Changes, _ transaction: Transaction, _ context: RequestContext) async throws {
        guard UUIDKey.isValid(id) else { throw Self.missing(id) }
        let tenant = context.tenantParameter
        let stored = try await transaction.run(Query(OpportunityTable.lock, [tenant, .text(id)]), context)
        guard stored.rowCount == 1 else { throw Self.missing(id) }
        let isRenewal = stored.text(0, 2) == "RENEWAL"
        if let type = changes.input.text("internalType"), (type == "RENEWAL") != isRenewal {
            throw FieldError("A renewal opportunity stays one, and no other becomes one", code: .badUserInput)
        }
        var stage = changes.stage
        // Moving a closed opportunity to another external stage opens it again.
        if let external = changes.input.text("externalStage"), !external.isEmpty, external != stored.text(0, 1),
            stored.text(0, 0) != "OPEN"
        {
            stage = "OPEN"
        }
        let parameters: [Parameter] = [
            tenant, .text(id), Parameter(text: changes.organization),
            .text(changes.input.text("ownerId") == nil ? "false" : "true"), Parameter(text: changes.owner), Parameter(text: stage),
        ]
        try await transaction.run(
            Query(OpportunityTable.update, parameters + OpportunityTable.patch.parameters(changes.input)), context)
    }

    private static func missing(_ id: String) -> FieldError {
        FieldError("Opportunity with id \(id) not found", code: .notFound)
    }

    private func existingOrganization(_ id: String?, _ transaction: Transaction, _ context: RequestContext) async throws -> String? {
        guard let id, !id.isEmpty else { return nil }
        guard UUIDKey.isValid(id),
            try await transaction.run(Query(OrganizationTable.share, [context.tenantParameter, .text(id)]), context).rowCount == 1
        else { throw FieldError("Organization with id \(id) not found", code: .notFound) }
        return id
    }

    /// The owner to store; an empty text removes the one there is.
    private func existingOwner(_ id: String?, _ transaction: Transaction, _ context: RequestContext) async throws -> String? {
        guard let id, !id.isEmpty else { return nil }
        guard UUIDKey.isValid(id),
            try await transaction.run(Query(SharedStatements.owner, [context.tenantParameter, .text(id)]), context).rowCount == 1
        else { throw FieldError("User with id \(id) not found", code: .notFound) }
        return id
    }
}

/// The statements that write opportunities.
enum OpportunityTable {
    static let patch = Patch(columns: [
        Patch.Column("name", "name"),
        Patch.Column("amount", "amount", "numeric", initial: "0"),
        Patch.Column("maxAmount", "max_amount", "numeric", initial: "0"),
        Patch.Column(
            "currency", "currency",
            initial: "coalesce((SELECT base_currency FROM tenant_setting WHERE tenant_id = $1), 'USD')"),
        Patch.Column("internalType", "internal_type", initial: "'NBO'"),
        Patch.Column("externalType", "external_type"),
        Patch.Column("externalStage", "external_stage"),
        Patch.Column("estimatedClosedDate", "estimated_closed_at", "timestamptz", initial: "NULL"),
        Patch.Column("generalNotes", "general_notes"),
        Patch.Column("nextSteps", "next_steps"),
        Patch.Column("likelihoodRate", "likelihood_rate", "bigint", initial: "0"),
    ])

    /// `$1` tenant, `$2` id, `$3` organization, `$4` owner, `$5` creator, `$6` internal stage, then the patch.
    static let insert: Statement = {
        let (columns, values) = patch.insertion(from: 7)
        return Statement(
            "opportunity.insert",
            """
            INSERT INTO opportunity (tenant_id, id, organization_id, owner_id, created_by_id, internal_stage, closed_at, \
            stage_changed_at\(columns)) VALUES ($1, $2::uuid, $3::uuid, $4::uuid, $5::uuid, coalesce($6, 'OPEN'), \
            CASE WHEN $6 IN ('CLOSED_WON', 'CLOSED_LOST') THEN now() END, now()\(values))
            """)
    }()

    static let lock = Statement(
        "opportunity.lock",
        """
        SELECT internal_stage, external_stage, internal_type FROM opportunity \
        WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE' AND internal_stage <> 'SUSPENDED' FOR NO KEY UPDATE
        """)

    /// `$1` tenant, `$2` id, `$3` organization or null to keep it, `$4` whether the owner changes, `$5` owner, `$6` stage or null
    /// to keep it, then the patch. The external stage is parameter 13, by its place in the patch.
    static let update = Statement(
        "opportunity.update",
        """
        UPDATE opportunity SET updated_at = now(), organization_id = coalesce($3::uuid, organization_id), \
        owner_id = CASE WHEN $4::boolean THEN $5::uuid ELSE owner_id END, internal_stage = coalesce($6, internal_stage), \
        stage_changed_at = CASE WHEN coalesce($6, internal_stage) <> internal_stage OR coalesce($13, external_stage) <> external_stage \
        THEN now() ELSE stage_changed_at END, \
        closed_at = CASE WHEN coalesce($6, internal_stage) = internal_stage THEN closed_at \
        WHEN $6 IN ('CLOSED_WON', 'CLOSED_LOST') THEN now() END\(patch.assignments(from: 7)) \
        WHERE tenant_id = $1 AND id = $2::uuid
        """)
}
