internal import Records

/// How often a contract is billed.
enum ContractBillingCycle: String, Word {
    case never = "NONE"
    case monthly = "MONTHLY_BILLING"
    case quarterly = "QUARTERLY_BILLING"
    case annual = "ANNUAL_BILLING"
    case custom = "CUSTOM_BILLING"

    /// Nil if the word does not say.
    var months: Int64? {
        switch self {
        case .never: 0
        case .monthly: 1
        case .quarterly: 3
        case .annual: 12
        case .custom: nil
        }
    }
}
