internal import Postgres
internal import Records

/// The derived values of contracts, renewals and organizations: updated in the transaction that changes their cause.
/// The organizations and then the contracts are locked before.
enum ContractEngine {
    static let refresh = Statement<(contracts: [ID<Contract>], cause: ContractCause), Void>("contract.refresh") { p in
        "CALL contract_refresh(\(p.tenant)::integer, \(p.contracts), \(p.cause), \(p.actor))"
    }

    /// Only the sums over contracts.
    static let refreshOrganization = Statement<ID<Organization>, Void>("contract.refresh_organization") { id in
        "CALL renewal_refresh(\(id.tenant)::integer, ARRAY[\(id.value)])"
    }

    /// Records the likelihood of the active renewals on the timelines.
    static let tellLikelihood = Statement<[ID<Contract>], Void>("contract.tell_likelihood") { contracts in
        "CALL renewal_likelihood_actions(\(contracts.tenant)::integer, \(contracts.value), \(contracts.actor))"
    }
}
