internal import GraphQL
internal import Postgres

/// `opportunityRenewalUpdate`: the assessment of a renewal.
final class UpdateRenewal: ObjectMutation, @unchecked Sendable {
    /// `$3` amount, `$4` comments, `$5` whether the owner changes, `$6` owner, `$7` likelihood, `$8` rate, `$9` the
    /// acting user. Returns what changed.
    private static let update = StatementText(
        "renewal.update",
        """
        UPDATE opportunity o SET updated_at = now(), amount = given.amount, comments = coalesce($4::text, o.comments), \
        owner_id = CASE WHEN $5::boolean THEN $6::uuid ELSE o.owner_id END, renewal_likelihood = given.likelihood, \
        renewal_adjusted_rate = given.rate, \
        renewal_updated_by_id = CASE WHEN given.judged THEN $9::uuid ELSE o.renewal_updated_by_id END, \
        renewal_updated_at = CASE WHEN given.judged THEN now() ELSE o.renewal_updated_at END \
        FROM (SELECT id, likelihood, rate, amount, amount <> old_amount AS other_amount, likelihood IS DISTINCT FROM old_likelihood \
        AS other_likelihood, rate <> old_rate AS other_rate, $9::uuid IS NOT NULL AND (amount <> old_amount OR rate <> old_rate \
        OR likelihood IS DISTINCT FROM old_likelihood) AS judged FROM (\
        SELECT id, amount AS old_amount, renewal_likelihood AS old_likelihood, renewal_adjusted_rate AS old_rate, \
        coalesce($3::numeric, amount) AS amount, coalesce($7::text, renewal_likelihood) AS likelihood, \
        coalesce($8::integer, renewal_adjusted_rate) AS rate \
        FROM opportunity WHERE tenant_id = $1 AND id = $2::uuid) stored) given \
        WHERE o.tenant_id = $1 AND o.id = given.id RETURNING given.other_amount, given.other_likelihood, given.other_rate, \
        o.currency
        """)

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let input = arguments.input
        let id = input.text("opportunityId") ?? ""
        let tenant = context.tenantParameter
        let writer = OpportunityWriter(transaction: transaction, context: context)
        guard let stored = try await writer.lock(id) else {
            throw FieldError("Failed to update opportunity renewal \(id)", code: .notFound)
        }
        guard stored.isRenewal, let contract = stored.contract else { return id }
        let owner = try await writer.existingOwner(input.text("ownerUserId"))
        let user = Parameter(text: context.principal.userID)
        let changed = try await transaction.run(
            Query(
                Self.update,
                [
                    tenant, .text(id), Parameter(input["amount"]), Parameter(input["comments"]),
                    .text(input.text("ownerUserId") == nil ? "false" : "true"), Parameter(text: owner),
                    Parameter(text: Self.likelihood(input)), Parameter(input["renewalAdjustedRate"]), user,
                ]), context)
        if case .float(let amount)? = input["amount"] {
            do throws(ValueRefusal) { try Amount.check(amount, in: changed.text(0, 3) ?? "") } catch {
                throw FieldError(error, field: "input.amount", failure: "Failed to update opportunity renewal \(id)")
            }
        }
        guard stored.stage == .open else { return id }
        let (amount, likelihood, rate) = (changed.text(0, 0) == "t", changed.text(0, 1) == "t", changed.text(0, 2) == "t")
        if likelihood {
            try await transaction.run(ContractEngine.tellLikelihood(of: [contract], context), context)
        }
        if amount || likelihood || rate {
            try await writer.refresh(contract, amount ? .amount : .renewal)
        }
        return id
    }

    /// The likelihood as stored.
    static func likelihood(_ input: InputObject) -> String? {
        input.text("renewalLikelihood").map { word in word.hasSuffix("_RENEWAL") ? String(word.dropLast(8)) : word }
    }
}

/// `opportunityRenewal_UpdateAllForOrganization`: the likelihood of all open renewals of an organization, including
/// drafts'.
final class UpdateRenewalsOfOrganization: ObjectMutation, @unchecked Sendable {
    private static let lockOrganization = StatementText(
        "renewals.lock_organization",
        "SELECT id FROM organization WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN') FOR NO KEY UPDATE")

    private static let lockContracts = StatementText(
        "renewals.lock_contracts",
        """
        SELECT id FROM contract WHERE tenant_id = $1 AND organization_id = $2::uuid AND state = 'LIVE' ORDER BY id FOR NO KEY UPDATE
        """)

    /// `$3` likelihood, `$4` rate, `$5` the acting user. Returns the contracts whose renewals changed, and whether the
    /// likelihood did.
    private static let update = StatementText(
        "renewals.update",
        """
        WITH stored AS (SELECT r.id, r.renewal_likelihood IS DISTINCT FROM $3 AS other FROM contract c \
        JOIN active_renewal r ON r.tenant_id = c.tenant_id AND r.contract_id = c.id \
        WHERE c.tenant_id = $1 AND c.organization_id = $2::uuid AND c.state = 'LIVE' AND (r.renewal_likelihood IS DISTINCT FROM $3 \
        OR r.renewal_adjusted_rate <> coalesce($4::integer, r.renewal_adjusted_rate))) \
        UPDATE opportunity o SET updated_at = now(), renewal_likelihood = $3, \
        renewal_adjusted_rate = coalesce($4::integer, o.renewal_adjusted_rate), \
        renewal_updated_by_id = coalesce($5::uuid, o.renewal_updated_by_id), \
        renewal_updated_at = CASE WHEN $5::uuid IS NULL THEN o.renewal_updated_at ELSE now() END \
        FROM stored WHERE o.tenant_id = $1 AND o.id = stored.id RETURNING o.contract_id, stored.other
        """)

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let input = arguments.input
        let id = input.text("organizationId") ?? ""
        let parameters: [Parameter] = [context.tenantParameter, .text(id)]
        guard UUIDKey.isValid(id),
            try await transaction.run(
                [Query(Self.lockOrganization, parameters), Query(Self.lockContracts, parameters)], context)[0].rowCount == 1
        else { throw FieldError("Failed to update renewal opportunities for organization \(id)", code: .notFound) }
        guard let likelihood = UpdateRenewal.likelihood(input) else { return id }
        let rows = try await transaction.run(
            Query(
                Self.update,
                parameters + [.text(likelihood), Parameter(input["renewalAdjustedRate"]), Parameter(text: context.principal.userID)]),
            context)
        let changed = (0..<rows.rowCount).map { (contract: rows.text($0, 0) ?? "", other: rows.text($0, 1) == "t") }
        guard !changed.isEmpty else { return id }
        try await transaction.run(
            [
                ContractEngine.tellLikelihood(of: changed.filter(\.other).map(\.contract), context),
                ContractEngine.refresh(changed.map(\.contract), .renewal, context),
            ], context)
        return id
    }
}
