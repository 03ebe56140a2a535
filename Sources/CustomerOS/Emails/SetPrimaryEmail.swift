internal import GraphQL
internal import Records

/// `emailSetPrimaryForContact`: makes one address the only primary one. An address that the contact does not have
/// changes nothing.
struct SetPrimaryEmail: Change {
    static let fields = ["emailSetPrimaryForContact"]

    struct Input: Decodable {
        let contactId: ID<Contact>
        let email: String
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Outcome {
        let (contact, text) = (input.contactId, input.email.trimmingBlanks)
        guard try await Contact.lockLinks(of: contact, change) else {
            throw FieldError(
                "Could not set email \(text) as primary for contact \(contact)", code: .notFound, field: "contactId")
        }
        let links = Contact.emailLinks
        guard !text.isEmpty, let found = try await links.find(text, of: contact, change) else { return .done }
        _ = try await links.overwrite(found.address, of: contact, primary: true, label: found.label, change)
        return .done
    }
}
