internal import GraphQL
internal import Records

/// `organization_AddSubsidiary`: links two organizations, or changes the kind of link. Returns the parent.
struct AddSubsidiary: Change {
    static let fields = ["organization_AddSubsidiary"]

    struct Input: Decodable {
        let organizationId: ID<Organization>
        let subsidiaryId: ID<Organization>
        let type: String?
        let removeExisting: Bool?
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Organization> {
        let (parent, subsidiary) = (input.organizationId, input.subsidiaryId)
        let failure = { (code: ErrorCode) in
            FieldError("failed to add subsidiary \(subsidiary) to organization \(parent)", code: code)
        }
        guard !parent.isNobody, !subsidiary.isNobody else { throw failure(.notFound) }
        guard parent != subsidiary else { throw failure(.badUserInput) }
        let link = OrganizationHierarchy.Link(parent: parent, subsidiary: subsidiary)
        let (_, found, isRing) = try await change.run(
            OrganizationHierarchy.lock.with(()), Organization.lockAll.with([parent, subsidiary]),
            OrganizationHierarchy.isRing.with(link))
        guard found.count == 2 else { throw failure(.notFound) }
        // No organization owns its owner.
        guard isRing == [false] else { throw failure(.badUserInput) }
        try await change.run(
            OrganizationHierarchy.removeOthers.with(link, if: input.removeExisting ?? false),
            OrganizationHierarchy.add.with((parent, subsidiary, input.type ?? "")))
        return Written(parent)
    }
}
