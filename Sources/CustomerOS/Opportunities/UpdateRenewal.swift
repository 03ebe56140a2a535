internal import GraphQL
internal import Postgres
internal import Records

/// `opportunityRenewalUpdate`: the assessment of a renewal.
struct UpdateRenewal: Change {
    static let fields = ["opportunityRenewalUpdate"]
    static let ignored = ["ownerUserId", "input.appSource", "input.name"]

    struct Input: Decodable { let input: Judgement }

    struct Judgement: Decodable {
        let opportunityId: ID<Opportunity>
        let amount: Double?
        let comments: String?
        /// An empty text removes the owner.
        let ownerUserId: ID<User>?
        let renewalLikelihood: RenewalLikelihood?
        let renewalAdjustedRate: Int64?
    }

    private struct Update {
        let id: ID<Opportunity>
        let amount: Double?
        let comments: String?
        let changesOwner: Bool
        let owner: ID<User>?
        let likelihood: String?
        let rate: Int64?
    }

    /// What has changed.
    private struct Changed {
        let amount: Bool
        let likelihood: Bool
        let rate: Bool
        let currency: String
    }

    private static let update = Statement<Update, Changed>("renewal.update", row: Changed.init) { p in
        let (id, amount, comments, changesOwner, owner) = (p.id, p.amount, p.comments, p.changesOwner, p.owner)
        let (likelihood, rate, actor) = (p.likelihood, p.rate, p.actor)
        return """
            UPDATE opportunity o SET updated_at = now(), amount = given.amount, comments = coalesce(\(comments), o.comments),
            owner_id = CASE WHEN \(changesOwner) THEN \(owner) ELSE o.owner_id END, renewal_likelihood = given.likelihood,
            renewal_adjusted_rate = given.rate,
            renewal_updated_by_id = CASE WHEN given.judged THEN \(actor) ELSE o.renewal_updated_by_id END,
            renewal_updated_at = CASE WHEN given.judged THEN now() ELSE o.renewal_updated_at END
            FROM (SELECT id, likelihood, rate, amount, amount <> old_amount AS other_amount, likelihood IS DISTINCT FROM old_likelihood
            AS other_likelihood, rate <> old_rate AS other_rate, \(actor) IS NOT NULL AND (amount <> old_amount OR rate <> old_rate
            OR likelihood IS DISTINCT FROM old_likelihood) AS judged FROM (\
            SELECT id, amount AS old_amount, renewal_likelihood AS old_likelihood, renewal_adjusted_rate AS old_rate,
            coalesce(\(amount), amount) AS amount, coalesce(\(likelihood), renewal_likelihood) AS likelihood,
            coalesce(\(bare: rate)::integer, renewal_adjusted_rate) AS rate
            FROM opportunity WHERE tenant_id = \(p.tenant) AND id = \(id)) stored) given
            WHERE o.tenant_id = \(p.tenant) AND o.id = given.id RETURNING given.other_amount, given.other_likelihood, given.other_rate,
            o.currency
            """
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Opportunity> {
        let input = input.input
        let id = input.opportunityId
        let writer = OpportunityWriter(change)
        guard let stored = try await writer.lock(id) else {
            throw FieldError("Failed to update opportunity renewal \(id)", code: .notFound)
        }
        guard stored.isRenewal, let contract = stored.contract else { return Written(id) }
        let update = Update(
            id: id, amount: input.amount, comments: input.comments, changesOwner: input.ownerUserId != nil,
            owner: try await writer.existingOwner(input.ownerUserId), likelihood: input.renewalLikelihood?.stored,
            rate: input.renewalAdjustedRate)
        guard let changed = try await change.run(Self.update, update).first else { return Written(id) }
        if let amount = input.amount {
            do throws(ValueRefusal) { try Amount.check(amount, in: changed.currency) } catch {
                throw FieldError(error, field: "input.amount", failure: "Failed to update opportunity renewal \(id)")
            }
        }
        guard stored.stage == .open else { return Written(id) }
        if changed.likelihood { try await change.run(ContractEngine.tellLikelihood, [contract]) }
        if changed.amount || changed.likelihood || changed.rate {
            try await writer.refresh(contract, changed.amount ? .amount : .renewal)
        }
        return Written(id)
    }
}
