internal import Records

/// `organization_Archive`: invisible to every reader, with all links kept.
struct ArchiveOrganization: Change {
    static let fields = ["organization_Archive"]

    func perform(_ input: ByID<Organization>, _ change: Changing) async throws -> Outcome {
        let failures = try await OrganizationState.archive.apply(to: [input.id], change).failures
        return failures.first.map(Outcome.refused) ?? .done
    }
}

/// `organization_ArchiveAll`: each independently.
struct ArchiveOrganizations: Change {
    static let fields = ["organization_ArchiveAll"]

    func perform(_ input: OrganizationIDs, _ change: Changing) async throws -> Outcome {
        try await OrganizationState.archive.applyToEach(input.ids, change)
    }
}
