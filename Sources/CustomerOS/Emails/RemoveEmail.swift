internal import GraphQL
internal import Postgres
internal import Records

/// `emailRemoveFrom…`: unlinks an address from an owner. Succeeds even if the owner does not have it. The address itself
/// is kept, for its other owners and its events.
struct RemoveEmail<Owner: AddressOwner>: Change {
    static var fields: [String] { ["emailRemoveFrom\(Owner.type.name)"] }

    func perform(_ input: OfOwner<Owner, NamedEmail>, _ change: Changing) async throws -> Outcome {
        guard try await Owner.lockLinks(of: input.owner, change) else {
            return .refused(
                FieldError(
                    "Could not remove email \(input.email) from \(Owner.word.text) \(input.owner)", code: .notFound,
                    field: Owner.argument))
        }
        let text = input.email.trimmingBlanks
        if !text.isEmpty { try await Owner.emailLinks.remove(text, from: input.owner, change) }
        return .done
    }
}

/// The argument that names an address by its text.
struct NamedEmail: Decodable { let email: String }
