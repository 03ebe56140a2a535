internal import GraphQL
internal import Records

/// `organization_RemoveSubsidiary`: unlinks the two. Returns the parent.
struct RemoveSubsidiary: Change {
    static let fields = ["organization_RemoveSubsidiary"]

    struct Input: Decodable {
        let organizationId: ID<Organization>
        let subsidiaryId: ID<Organization>
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Organization> {
        let (parent, subsidiary) = (input.organizationId, input.subsidiaryId)
        let failure = FieldError(
            "Failed to remove subsidiary \(subsidiary) from organization \(parent)", code: .notFound)
        guard !parent.isNobody, !subsidiary.isNobody else { throw failure }
        let (_, found) = try await change.run(
            OrganizationHierarchy.lock.with(()), Organization.lockAll.with([parent, subsidiary]))
        guard found.count == (parent == subsidiary ? 1 : 2) else { throw failure }
        try await change.run(
            OrganizationHierarchy.remove, OrganizationHierarchy.Link(parent: parent, subsidiary: subsidiary))
        return Written(parent)
    }
}
