internal import GraphQL
internal import Records

/// Which stages are compatible with which relationship, and what follows from giving only one of them.
enum Relationship {
    private static let stages: [(relationship: String, stages: [String])] = [
        ("PROSPECT", ["LEAD", "TARGET", "INTERESTED", "ENGAGED", "READY_TO_BUY", "TRIAL"]),
        ("CUSTOMER", ["ONBOARDING", "CUSTOMER", "INITIAL_VALUE", "RECURRING_VALUE", "MAX_VALUE", "PENDING_CHURN"]),
        ("NOT_A_FIT", ["UNQUALIFIED", "NOT_A_FIT"]),
        ("FORMER_CUSTOMER", ["TARGET"]),
    ]

    /// The relationships, as the schema names them.
    static let words = stages.map(\.relationship)

    /// The stages, as the schema names them.
    static let stageWords =
        stages.flatMap(\.stages).reduce(into: []) { list, stage in if !list.contains(stage) { list.append(stage) } }
        + ["EDUCATION", "EVALUATION", "OPPORTUNITY", "SOLUTION"]

    /// Stages compatible with every relationship.
    private static func isNeutral(_ stage: String) -> Bool { !stages.contains { $0.stages.contains(stage) } }

    /// The first stage of a relationship.
    static func defaultStage(of relationship: String) -> String? {
        stages.first { $0.relationship == relationship }?.stages.first
    }

    /// Without a relationship every stage is compatible.
    static func areCompatible(_ relationship: String?, _ stage: String) -> Bool {
        relationship == nil || isNeutral(stage) || stages.contains { $0.relationship == relationship && $0.stages.contains(stage) }
    }

    /// The pair to store.
    /// - Parameter stored: What is stored now, or nil for a new organization.
    /// - Throws: `FieldError` if both are given, or one given and one stored, and they are incompatible.
    static func resolve(
        relationship: String?, stage: String?, stored: (relationship: String?, stage: String?)?
    ) throws(FieldError) -> (relationship: String?, stage: String?) {
        switch (relationship, stage) {
        case (let relationship?, let stage?):
            guard areCompatible(relationship, stage) else { throw incompatible }
            return (relationship, stage)
        case (let relationship?, nil):
            if let old = stored?.stage, areCompatible(relationship, old) { return (relationship, old) }
            return (relationship, defaultStage(of: relationship))
        case (nil, let stage?):
            if let old = stored?.relationship {
                guard areCompatible(old, stage) else { throw incompatible }
                return (old, stage)
            }
            return (stages.first { $0.stages.contains(stage) }?.relationship ?? (stored == nil ? "PROSPECT" : nil), stage)
        case (nil, nil):
            if let stored { return stored }
            return ("PROSPECT", "LEAD")
        }
    }

    private static var incompatible: FieldError {
        FieldError("Stage and Relationship are not compatible", code: .badUserInput)
    }
}
