internal import GraphQL
internal import Postgres
internal import Records

/// `contact_Merge`: everything of the merged contacts becomes the primary one's, and they can no longer be found.
final class MergeContacts: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let primary = arguments.text("primaryContactId") ?? ""
        var seen: Set<String> = []
        let merged = arguments.values.texts("mergedContactIds").filter { seen.insert($0.lowercased()).inserted }
        let failure = { (id: String, code: ErrorCode) in FieldError("Failed to merge contact \(id) into contact \(primary)", code: code) }
        if let wrong = merged.first(where: { !UUIDKey.isValid($0) || !UUIDKey.isValid(primary) }) { throw failure(wrong, .notFound) }
        if let same = merged.first(where: { $0.lowercased() == primary.lowercased() }) { throw failure(same, .badUserInput) }
        guard UUIDKey.isValid(primary) else { throw Self.missing(primary) }

        let lock = try await ContactLock(([primary] + merged).map { ID($0) }, Changing(transaction, context))
        guard lock.contacts.contains(ID(primary)) else {
            throw merged.first.map { failure($0, .notFound) } ?? Self.missing(primary)
        }
        if let missing = merged.first(where: { !lock.contacts.contains(ID($0)) }) { throw failure(missing, .notFound) }
        guard !merged.isEmpty else { return primary }

        let tenant = context.tenantParameter
        let all = Parameter.text(arrayText([primary] + merged))
        try await transaction.run(
            ContactMerge.addressLocks.map { Query($0, [tenant, all]) }
                + ContactMerge.moves.map { Query($0, [tenant, .text(primary), .text(arrayText(merged))]) }
                + ContactMerge.promotions.map { Query($0, [tenant, .text(primary)]) }
                + [ContactTable.refreshLinks(of: [primary] + merged, and: lock.organizations.map(\.id.text), tenant)], context)
        return primary
    }

    private static func missing(_ id: String) -> FieldError { FieldError("Failed to get contact by id \(id)", code: .notFound) }
}
