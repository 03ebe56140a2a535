internal import GraphQL
internal import Postgres

/// What changed in a contract. The database derives what follows (`contract_refresh`).
enum ContractCause: String {
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
enum ContractEngine {
    private static let refresh = StatementText(
        "contract.refresh", "CALL contract_refresh($1::integer, $2::uuid[], $3::text, $4::uuid)")

    private static let refreshOrganization = StatementText(
        "contract.refresh_organization", "CALL renewal_refresh($1::integer, ARRAY[$2::uuid])")

    private static let tellLikelihood = StatementText(
        "contract.tell_likelihood", "CALL renewal_likelihood_actions($1::integer, $2::uuid[], $3::uuid)")

    /// The caller must have locked the organizations and then the contracts.
    static func refresh(_ contracts: [String], _ cause: ContractCause, _ context: RequestContext) -> Query {
        Query(
            refresh,
            [
                context.tenantParameter, .text(arrayText(contracts)), .text(cause.rawValue), Parameter(text: context.principal.userID),
            ])
    }

    /// Only the sums over contracts.
    static func refresh(organization: String?, _ context: RequestContext) -> Query {
        Query(refreshOrganization, [context.tenantParameter, Parameter(text: organization)])
    }

    /// Records the likelihood of the active renewals on the timelines.
    static func tellLikelihood(of contracts: [String], _ context: RequestContext) -> Query {
        Query(
            tellLikelihood,
            [context.tenantParameter, .text(arrayText(contracts)), Parameter(text: context.principal.userID)])
    }
}
