internal import GraphQL
internal import Postgres

/// `contact_Merge`: everything that the merged contacts have becomes the primary one's, and they are found no more.
final class MergeContacts: ObjectMutation, @unchecked Sendable {
    /// A contact has got a role at an organization that is not locked yet.
    private struct Stale: Error {}

    override func run(_ call: FieldCall, _ context: RequestContext) async throws -> FieldResult {
        for _ in 0..<5 {
            do {
                return try await super.run(call, context)
            } catch is Stale {
                continue
            }
        }
        throw FieldError("The change conflicts with another one. Try again.", code: .conflict)
    }

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let primary = arguments.text("primaryContactId") ?? ""
        var seen: Set<String> = []
        let merged = arguments.values.texts("mergedContactIds").filter { seen.insert($0.lowercased()).inserted }
        let failure = { (id: String, code: ErrorCode) in FieldError("Failed to merge contact \(id) into contact \(primary)", code: code) }
        if let wrong = merged.first(where: { !UUIDKey.isValid($0) || !UUIDKey.isValid(primary) }) { throw failure(wrong, .notFound) }
        if let same = merged.first(where: { $0.lowercased() == primary.lowercased() }) { throw failure(same, .badUserInput) }
        guard UUIDKey.isValid(primary) else { throw Self.missing(primary) }

        let (organizations, found) = try await lock([primary] + merged, transaction, context)
        guard found.contains(primary.lowercased()) else {
            throw merged.first.map { failure($0, .notFound) } ?? Self.missing(primary)
        }
        if let missing = merged.first(where: { !found.contains($0.lowercased()) }) { throw failure(missing, .notFound) }
        guard !merged.isEmpty else { return primary }

        let tenant = context.tenantParameter
        try await transaction.run(
            ContactMerge.moves.map { Query($0, [tenant, .text(primary), .text(arrayText(merged))]) }
                + ContactMerge.promotions.map { Query($0, [tenant, .text(primary)]) }
                + [ContactTable.refreshLinks(of: [primary] + merged, and: organizations, tenant)], context)
        return primary
    }

    /// Locks the organizations of the contacts, then the contacts.
    /// - Returns: the organizations, and those of the contacts that are there to be merged.
    private func lock(
        _ contacts: [String], _ transaction: Transaction, _ context: RequestContext
    ) async throws -> (organizations: [String], contacts: Set<String>) {
        let parameters: [Parameter] = [context.tenantParameter, .text(arrayText(contacts))]
        let results = try await transaction.run(
            [
                Query(ContactMerge.lockOrganizations, parameters), Query(ContactMerge.lock, parameters),
                Query(ContactMerge.organizations, parameters),
            ], context)
        let locked = Set((0..<results[0].rowCount).compactMap { results[0].text($0, 0) })
        let organizations = (0..<results[2].rowCount).compactMap { results[2].text($0, 0) }
        guard locked.isSuperset(of: organizations) else { throw Stale() }
        return (organizations, Set((0..<results[1].rowCount).compactMap { results[1].text($0, 0) }))
    }

    private static func missing(_ id: String) -> FieldError { FieldError("Failed to get contact by id \(id)", code: .notFound) }
}
