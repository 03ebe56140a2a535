internal import GraphQL
internal import Postgres
internal import Records

/// `organization_Merge`: everything of the merged organizations becomes the primary one's, and they can no longer be
/// found.
final class MergeOrganizations: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let primary = arguments.text("primaryOrganizationId") ?? ""
        var seen: Set<String> = []
        let merged = arguments.values.texts("mergedOrganizationIds").filter { seen.insert($0.lowercased()).inserted }
        let failure = { (id: String, code: ErrorCode) in
            FieldError("Failed to merge organization \(id) into organization \(primary)", code: code)
        }
        if let wrong = merged.first(where: { !UUIDKey.isValid($0) || !UUIDKey.isValid(primary) }) { throw failure(wrong, .notFound) }
        if let same = merged.first(where: { $0.lowercased() == primary.lowercased() }) { throw failure(same, .badUserInput) }
        guard UUIDKey.isValid(primary) else { throw Self.missing(primary) }

        let tenant = context.tenantParameter
        let found = try await lock([primary] + merged, transaction, context)
        guard let own = found[primary.lowercased()] else { throw merged.first.map { failure($0, .notFound) } ?? Self.missing(primary) }
        if let missing = merged.first(where: { found[$0.lowercased()] == nil }) { throw failure(missing, .notFound) }
        guard !merged.isEmpty else { return primary }

        let standing = Self.standing(own, merged.compactMap { found[$0.lowercased()] })
        let pair: [Parameter] = [tenant, .text(primary), .text(arrayText(merged))]
        try await transaction.run(
            [
                Query(
                    OrganizationMerge.fill,
                    pair + [Parameter(text: standing.relationship?.rawValue), Parameter(text: standing.stage?.rawValue)])
            ]
                + OrganizationMerge.moves.map { Query($0, pair) }
                + [
                    Query(OrganizationMerge.refreshEvents, [tenant, .text(arrayText([primary] + merged))]),
                    Query(OrganizationMerge.refreshRenewals, [tenant, .text(primary)]),
                ], context)
        return primary
    }

    /// Locks all of them in the order of their ids, so that crossing merges do not deadlock.
    private func lock(
        _ ids: [String], _ transaction: Transaction, _ context: RequestContext
    ) async throws -> [String: Standing] {
        let tenant = context.tenantParameter
        let rows = try await transaction.run(
            [OrganizationHierarchy.lock.query((), for: context.issuer), Query(OrganizationMerge.lock, [tenant, .text(arrayText(ids))])],
            context)[1]
        var found: [String: Standing] = [:]
        for row in 0..<rows.rowCount {
            found[rows.text(row, 0) ?? ""] = Standing(relationship: rows.text(row, 1), stage: rows.text(row, 2))
        }
        return found
    }

    /// The primary's own relationship and stage; missing ones are taken from the merged, as far as compatible.
    private static func standing(_ own: Standing, _ merged: [Standing]) -> Standing {
        let relationship = own.relationship ?? merged.lazy.compactMap(\.relationship).first
        let stage = own.stage ?? merged.lazy.compactMap(\.stage).first { Standing.areCompatible(relationship, $0) }
        return Standing(relationship: relationship, stage: stage)
    }

    private static func missing(_ id: String) -> FieldError { FieldError("Failed to get organization by id \(id)", code: .notFound) }
}
