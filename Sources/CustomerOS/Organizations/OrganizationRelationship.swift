internal import Records

/// What an organization is to the tenant.
enum OrganizationRelationship: String, Word {
    case prospect = "PROSPECT"
    case customer = "CUSTOMER"
    case notAFit = "NOT_A_FIT"
    case formerCustomer = "FORMER_CUSTOMER"

    /// The stages that only it and relationships with the same stage have.
    var stages: [OrganizationStage] {
        switch self {
        case .prospect: [.lead, .target, .interested, .engaged, .readyToBuy, .trial]
        case .customer: [.onboarding, .customer, .initialValue, .recurringValue, .maxValue, .pendingChurn]
        case .notAFit: [.unqualified, .notAFit]
        case .formerCustomer: [.target]
        }
    }

    /// As the schema names them.
    static let words = allCases.map(\.rawValue)
}
