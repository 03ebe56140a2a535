internal import GraphQL
internal import Postgres
internal import Records

/// `contact_HardDelete`: the contact, and those merged into it, with everything that is theirs alone. E-mails, phone
/// numbers and tags stay; profiles and locations go if nothing else has them.
struct HardDeleteContact: Change {
    static let fields = ["contact_HardDelete"]

    struct Input: Decodable { let contactId: ID<Contact> }

    func perform(_ input: Input, _ change: Changing) async throws -> Outcome {
        let id = input.contactId
        let missing = FieldError("Could not hard delete contact \(id)", code: .notFound)
        guard !id.isNobody else { throw missing }
        let lock = try await ContactLock([id], by: ContactDeletion.lock, change)
        guard !lock.contacts.isEmpty else { throw missing }
        let events = try await change.run(ContactDeletion.allEvents, [id]).first ?? "{}"
        try await change.run(
            ContactDeletion.statements.map { $0.with(id) }
                + [ContactDeletion.refresh.with((lock.organizations.map(\.id), events))])
        return .done
    }
}
