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
