internal import GraphQL
internal import Records

/// `organization_Save`: creates or changes. An organization is recognised by its domains.
struct SaveOrganization: Change {
    static let fields = ["organization_Save"]

    struct Input: Decodable {
        let id: ID<Organization>?
        let stage: OrganizationStage?
        let relationship: OrganizationRelationship?
        let domains: [String]?
        /// An empty text removes the owner.
        let ownerId: String?
        let values: Patch<Organization>
    }

    private static let failure = "Failed to save organization"

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Organization> {
        let writer = OrganizationWriter(change, failure: Self.failure)
        var values = OrganizationWriter.Values(
            standing: Standing(relationship: input.relationship, stage: input.stage),
            owner: input.ownerId.map { ID($0) },
            domains: input.domains ?? [], columns: input.values)
        if let name = values.columns[\.name] { values.columns[\.name] = Name.normal(name) }
        guard let id = input.id?.unlessEmpty else { return Written(try await writer.create(values)) }
        guard let stored = try await writer.lock(id) else { throw FieldError(Self.failure, code: .notFound) }
        try await writer.update(id, values, stored: stored)
        return Written(id)
    }
}
