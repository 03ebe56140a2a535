internal import GraphQL
internal import Records

/// `organization_Update`: the older way to change an organization, with older names for some values.
struct UpdateOrganization: Change {
    static let fields = ["organization_Update"]
    static let ignored = ["patch", "isPublic", "domains"]

    struct Input: Decodable {
        let id: ID<Organization>
        let stage: OrganizationStage?
        let relationship: OrganizationRelationship?
        let isCustomer: Bool?
        let customId: String?
        let note: String?
        let logo: String?
        let icon: String?
        let values: Patch<Organization>

        /// Some stages determine the relationship, whatever else the input says.
        fileprivate var standing: Standing {
            switch stage {
            case .unqualified: Standing(relationship: .notAFit, stage: stage)
            case .onboarding, .pendingChurn: Standing(relationship: .customer, stage: stage)
            default: Standing(relationship: relationship ?? (isCustomer == true ? .customer : nil), stage: stage)
            }
        }

        /// The values under their present names; an empty name changes nothing.
        fileprivate var columns: Patch<Organization> {
            var columns = values
            columns[\.referenceID] = customId ?? columns[\.referenceID]
            columns[\.notes] = columns[\.notes] ?? note
            columns[\.logoURL] = logo ?? columns[\.logoURL]
            columns[\.iconURL] = icon
            let name = Name.normal(columns[\.name] ?? "")
            columns[\.name] = name.isEmpty ? nil : name
            return columns
        }
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Organization> {
        guard let id = input.id.unlessEmpty else { throw FieldError("Missing organization id", code: .badUserInput) }
        let writer = OrganizationWriter(change, failure: "Failed to update organization \(id)")
        guard let stored = try await writer.lock(id) else {
            throw FieldError("Organization not found", code: .notFound)
        }
        let (standing, columns) = (input.standing, input.columns)
        if !columns.isEmpty || standing.relationship != nil || standing.stage != nil {
            try await writer.update(id, OrganizationWriter.Values(standing: standing, columns: columns), stored: stored)
        }
        return Written(id)
    }
}
