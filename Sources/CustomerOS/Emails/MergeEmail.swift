internal import GraphQL
internal import Records

/// `emailMergeTo…`: gives an owner an address, created if new, or changes the link to it.
struct MergeEmail<Owner: AddressOwner>: Change {
    static var fields: [String] { ["emailMergeTo\(Owner.type.name)"] }
    static var ignored: [String] { ["input.appSource"] }

    func perform(_ input: OfOwner<Owner, GivenEmail>, _ change: Changing) async throws -> LinkedAddress<Owner, Email> {
        let (owner, email) = (input.owner, input.input)
        guard !email.text.isEmpty else {
            throw FieldError("Failed to merge email: an address is needed", code: .badUserInput, field: "input.email")
        }
        guard try await Owner.lockLinks(of: owner, change) else {
            throw FieldError("Failed to merge email \(email.text)", code: .notFound, field: Owner.argument)
        }
        let address = try await email.merge(change)
        try await Owner.emailLinks.put(address, on: owner, primary: email.primary, label: email.label?.rawValue, change)
        return LinkedAddress(owner: owner, address: address)
    }
}

/// The argument with an address.
struct GivenEmail: Decodable { let input: EmailInput }
