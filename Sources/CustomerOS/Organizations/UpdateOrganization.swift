internal import GraphQL
internal import Postgres
internal import Records

/// `organization_Update`: the older way to change an organization, with older names for some values.
final class UpdateOrganization: OrganizationMutation, @unchecked Sendable {
    /// Members with the same name in `OrganizationSaveInput`.
    private static let sameMembers = [
        "description", "website", "industry", "subIndustry", "industryGroup", "public", "market", "employees", "targetAudience",
        "valueProposition", "lastFundingRound", "lastFundingAmount", "employeeGrowthRate", "headquarters", "yearFounded",
        "slackChannelId", "icpFit",
    ]

    /// Members with other names there; the first one given counts.
    private static let renamedMembers = [
        ("referenceId", ["customId", "referenceId"]), ("notes", ["notes", "note"]), ("logoUrl", ["logo", "logoUrl"]), ("iconUrl", ["icon"]),
    ]

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let input = arguments.input
        let id = input.text("id") ?? ""
        guard !id.isEmpty else { throw FieldError("Missing organization id", code: .badUserInput) }
        let writer = OrganizationWriter(transaction: transaction, context: context, failure: "Failed to update organization \(id)")
        guard let stored = try await writer.lock(id) else { throw FieldError("Organization not found", code: .notFound) }
        let changes = Self.changes(input)
        let given = (relationship: Self.relationship(input), stage: input.text("stage"))
        guard !changes.members.isEmpty || given.relationship != nil || given.stage != nil else { return id }
        let (relationship, stage) = try Relationship.resolve(relationship: given.relationship, stage: given.stage, stored: stored)
        try await writer.update(id, changes, relationship: relationship, stage: stage, stored: stored)
        return id
    }

    /// The changes, as the input of a save.
    private static func changes(_ input: InputObject) -> InputObject {
        var changes = InputObject()
        func take(_ name: String, from members: [String]) {
            guard let value = members.lazy.compactMap({ input[$0] }).first(where: { $0 != .null }) else { return }
            changes.set(name, value)
        }
        for member in sameMembers { take(member, from: [member]) }
        for (name, members) in renamedMembers { take(name, from: members) }
        let name = Name.normal(input.text("name") ?? "")
        if !name.isEmpty { changes.set("name", .string(name)) }
        return changes
    }

    /// Some stages determine the relationship, whatever else the input says.
    private static func relationship(_ input: InputObject) -> String? {
        switch input.text("stage") {
        case "UNQUALIFIED"?: "NOT_A_FIT"
        case "ONBOARDING"?, "PENDING_CHURN"?: "CUSTOMER"
        default: input.text("relationship") ?? (input.flag("isCustomer") == true ? "CUSTOMER" : nil)
        }
    }
}
