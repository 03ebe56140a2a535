internal import Records

/// How often a contract is renewed.
enum ContractRenewalCycle: String, Word {
    case never = "NONE"
    case monthly = "MONTHLY_RENEWAL"
    case quarterly = "QUARTERLY_RENEWAL"
    case annual = "ANNUAL_RENEWAL"

    var months: Int64 {
        switch self {
        case .never: 0
        case .monthly: 1
        case .quarterly: 3
        case .annual: 12
        }
    }
}
