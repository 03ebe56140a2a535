internal import GraphQL
internal import Postgres
internal import Records

/// `organization_Merge`: everything of the merged organizations becomes the primary one's, and they can no longer be
/// found.
struct MergeOrganizations: Change {
    static let fields = ["organization_Merge"]

    struct Input: Decodable {
        let primaryOrganizationId: ID<Organization>
        let mergedOrganizationIds: [ID<Organization>]
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Organization> {
        let merge = try Merge(of: input.mergedOrganizationIds, into: input.primaryOrganizationId)
        let found = try await change.run(OrganizationHierarchy.lock.with(()), OrganizationMerge.lock.with(merge.all)).1
        let standings = Dictionary(found.map { ($0.id, $0.standing) }) { first, _ in first }
        try merge.check(standings.keys)
        if let own = standings[merge.primary], !merge.merged.isEmpty {
            let standing = Self.standing(own, merge.merged.compactMap { standings[$0] })
            try await change.run(
                [OrganizationMerge.fill.with(OrganizationMerge.Fill(merge, standing))]
                    + OrganizationMerge.moves.map { $0.with(merge) }
                    + [
                        OrganizationMerge.refreshEvents.with(merge.all),
                        OrganizationMerge.refreshRenewals.with(merge.primary),
                    ])
        }
        return Written(merge.primary)
    }

    /// The primary's own relationship and stage; missing ones are taken from the merged, as far as compatible.
    private static func standing(_ own: Standing, _ merged: [Standing]) -> Standing {
        let relationship = own.relationship ?? merged.lazy.compactMap(\.relationship).first
        let stage = own.stage ?? merged.lazy.compactMap(\.stage).first { Standing.areCompatible(relationship, $0) }
        return Standing(relationship: relationship, stage: stage)
    }
}
