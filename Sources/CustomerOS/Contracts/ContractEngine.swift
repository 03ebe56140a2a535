internal import GraphQL
internal import Postgres
internal import Records

/// What changed in a contract. The database derives what follows (`contract_refresh`).
enum ContractCause: String, ParameterValue {
    /// The contract itself.
    case contract = "CONTRACT"
    /// Its services.
    case items = "ITEMS"
    /// Likelihood or rate of its renewal.
    case renewal = "RENEWAL"
    /// The amount of its renewal, which stays as given.
    case amount = "AMOUNT"
    /// Its renewal is due and decided.
    case roll = "ROLL"
    /// Its renewal is lost, and what comes next is not yet decided.
    case lost = "LOST"
}

/// The derived values of contracts, renewals and organizations: updated in the transaction that changes their cause.
/// The organizations and then the contracts are locked before.
enum ContractEngine {
    static let refresh = Statement<(contracts: [ID<Contract>], cause: ContractCause), Void>("contract.refresh") { p in
        "CALL contract_refresh(\(p.tenant)::integer, \(p.contracts), \(p.cause), \(p.actor))"
    }

    /// Only the sums over contracts.
    static let refreshOrganization = Statement<ID<Organization>?, Void>("contract.refresh_organization") { id in
        "CALL renewal_refresh(\(id.tenant)::integer, ARRAY[\(id.value)])"
    }

    /// Records the likelihood of the active renewals on the timelines.
    static let tellLikelihood = Statement<[ID<Contract>], Void>("contract.tell_likelihood") { contracts in
        "CALL renewal_likelihood_actions(\(contracts.tenant)::integer, \(contracts.value), \(contracts.actor))"
    }

    static func refresh(_ contracts: [String], _ cause: ContractCause, _ context: RequestContext) -> Query {
        refresh.query((contracts.map { ID($0) }, cause), for: context.issuer)
    }

    static func refresh(organization: String?, _ context: RequestContext) -> Query {
        refreshOrganization.query(organization.map { ID($0) }, for: context.issuer)
    }
}
