internal import Records

/// How often a service is billed.
enum BilledType: String, Word {
    case none = "NONE"
    case monthly = "MONTHLY"
    case quarterly = "QUARTERLY"
    case annually = "ANNUALLY"
    case once = "ONCE"
    case usage = "USAGE"

    /// The months that its price covers; nil unless it recurs.
    var months: Int? {
        switch self {
        case .monthly: 1
        case .quarterly: 3
        case .annually: 12
        case .none, .once, .usage: nil
        }
    }
}
