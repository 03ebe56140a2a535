internal import Records

/// `contact_Merge`: everything of the merged contacts becomes the primary one's, and they can no longer be found.
struct MergeContacts: Change {
    static let fields = ["contact_Merge"]

    struct Input: Decodable {
        let primaryContactId: ID<Contact>
        let mergedContactIds: [ID<Contact>]
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Contact> {
        let merge = try Merge(of: input.mergedContactIds, into: input.primaryContactId)
        let lock = try await ContactLock(merge.all, change)
        try merge.check(lock.contacts)
        guard !merge.merged.isEmpty else { return Written(merge.primary) }
        try await change.run(
            ContactMerge.addressLocks.map { $0.with(merge.all) } + ContactMerge.moves.map { $0.with(merge) }
                + ContactMerge.promotions.map { $0.with(merge.primary) }
                + [Contact.refreshLinks.with((merge.all, lock.organizations.map(\.id)))])
        return Written(merge.primary)
    }
}
