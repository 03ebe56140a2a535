internal import GraphQL
internal import Records

/// The relationship of an organization and its stage, which depend on each other.
struct Standing: Equatable {
    var relationship: OrganizationRelationship?
    var stage: OrganizationStage?

    /// Without a relationship every stage is compatible.
    static func areCompatible(_ relationship: OrganizationRelationship?, _ stage: OrganizationStage) -> Bool {
        guard let relationship else { return true }
        return stage.relationship == nil || relationship.stages.contains(stage)
    }

    /// What to store. If only one of the two is given, the other follows.
    /// - Parameter stored: What is stored now, or nil for a new organization.
    /// - Throws: `FieldError` if both are given, or one given and one stored, and they are incompatible.
    func resolved(stored: Standing?) throws(FieldError) -> Standing {
        switch (relationship, stage) {
        case (let relationship?, let stage?):
            guard Self.areCompatible(relationship, stage) else { throw Self.incompatible }
            return self
        case (let relationship?, nil):
            if let old = stored?.stage, Self.areCompatible(relationship, old) {
                return Standing(relationship: relationship, stage: old)
            }
            return Standing(relationship: relationship, stage: relationship.stages.first)
        case (nil, let stage?):
            if let old = stored?.relationship {
                guard Self.areCompatible(old, stage) else { throw Self.incompatible }
                return Standing(relationship: old, stage: stage)
            }
            return Standing(relationship: stage.relationship ?? (stored == nil ? .prospect : nil), stage: stage)
        case (nil, nil):
            return stored ?? Standing(relationship: .prospect, stage: .lead)
        }
    }

    private static var incompatible: FieldError {
        FieldError("Stage and Relationship are not compatible", code: .badUserInput)
    }
}

extension Standing {
    /// As stored.
    init(relationship: String?, stage: String?) {
        self.init(
            relationship: relationship.flatMap(OrganizationRelationship.init),
            stage: stage.flatMap(OrganizationStage.init))
    }
}
