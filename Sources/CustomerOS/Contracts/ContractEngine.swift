internal import GraphQL
internal import Postgres

/// What has changed of a contract. The database knows what follows from it (`contract_refresh`).
enum ContractCause: String {
    /// The contract itself.
    case contract = "CONTRACT"
    /// Its services.
    case items = "ITEMS"
    /// Likelihood or rate of its renewal.
    case renewal = "RENEWAL"
    /// The amount of its renewal, which stays as it is given.
    case amount = "AMOUNT"
    /// Its renewal is due and decided.
    case roll = "ROLL"
    /// Its renewal is lost, and what comes next is not yet decided.
    case lost = "LOST"
}

/// The derived values of contracts, renewals and organizations: brought up to date in the transaction that changes their cause.
enum ContractEngine {
    private static let refresh = StatementText(
        "contract.refresh", "CALL contract_refresh($1::integer, $2::uuid[], $3::text, $4::uuid)")

    private static let refreshOrganization = StatementText(
        "contract.refresh_organization", "CALL renewal_refresh($1::integer, ARRAY[$2::uuid])")

    private static let tellLikelihood = StatementText(
        "contract.tell_likelihood", "CALL renewal_likelihood_actions($1::integer, $2::uuid[], $3::uuid)")

    /// Whoever runs it has locked the organizations and then the contracts.
    static func refresh(_ contracts: [String], _ cause: ContractCause, _ context: RequestContext) -> Query {
        Query(
            refresh,
            [
                context.tenantParameter, .text(arrayText(contracts)), .text(cause.rawValue), Parameter(text: context.principal.userID),
            ])
    }

    /// Only what contracts add up to.
    static func refresh(organization: String?, _ context: RequestContext) -> Query {
        Query(refreshOrganization, [context.tenantParameter, Parameter(text: organization)])
    }

    /// Puts the likelihood of the active renewals on the timelines.
    static func tellLikelihood(of contracts: [String], _ context: RequestContext) -> Query {
        Query(
            tellLikelihood,
            [context.tenantParameter, .text(arrayText(contracts)), Parameter(text: context.principal.userID)])
    }
}
