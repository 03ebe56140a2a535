internal import Records

/// How far the relationship with an organization has come.
enum OrganizationStage: String, Word {
    case lead = "LEAD"
    case target = "TARGET"
    case interested = "INTERESTED"
    case engaged = "ENGAGED"
    case readyToBuy = "READY_TO_BUY"
    case trial = "TRIAL"
    case onboarding = "ONBOARDING"
    case customer = "CUSTOMER"
    case initialValue = "INITIAL_VALUE"
    case recurringValue = "RECURRING_VALUE"
    case maxValue = "MAX_VALUE"
    case pendingChurn = "PENDING_CHURN"
    case unqualified = "UNQUALIFIED"
    case notAFit = "NOT_A_FIT"
    case education = "EDUCATION"
    case evaluation = "EVALUATION"
    case opportunity = "OPPORTUNITY"
    case solution = "SOLUTION"

    /// The first relationship that has it; nil if all do.
    var relationship: OrganizationRelationship? { OrganizationRelationship.allCases.first { $0.stages.contains(self) } }

    /// As the schema names them.
    static let words = allCases.map(\.rawValue)
}
