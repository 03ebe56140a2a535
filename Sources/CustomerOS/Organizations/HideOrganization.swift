internal import Records

/// `organization_Hide`: returns the id.
struct HideOrganization: Change {
    static let fields = ["organization_Hide"]

    func perform(_ input: ByID<Organization>, _ change: Changing) async throws -> ID<Organization> {
        try await OrganizationState.hide.apply(to: input.id, change)
    }
}

/// `organization_Show`: returns the id.
struct ShowOrganization: Change {
    static let fields = ["organization_Show"]

    func perform(_ input: ByID<Organization>, _ change: Changing) async throws -> ID<Organization> {
        try await OrganizationState.show.apply(to: input.id, change)
    }
}

/// `organization_HideAll`: each independently.
struct HideOrganizations: Change {
    static let fields = ["organization_HideAll"]

    func perform(_ input: OrganizationIDs, _ change: Changing) async throws -> Outcome {
        try await OrganizationState.hide.applyToEach(input.ids, change)
    }
}

/// `organization_ShowAll`: each independently.
struct ShowOrganizations: Change {
    static let fields = ["organization_ShowAll"]

    func perform(_ input: OrganizationIDs, _ change: Changing) async throws -> Outcome {
        try await OrganizationState.show.applyToEach(input.ids, change)
    }
}
