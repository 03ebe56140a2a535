internal import GraphQL
internal import Postgres
internal import Records

/// `phoneNumberMergeTo…`: gives an owner a number, created if new, or changes the link to it.
struct MergePhoneNumber<Owner: AddressOwner>: Change {
    static var fields: [String] { ["phoneNumberMergeTo\(Owner.type.name)"] }

    func perform(_ input: OfOwner<Owner, GivenPhoneNumber>, _ change: Changing) async throws -> LinkedAddress<Owner, PhoneNumber> {
        let (owner, number) = (input.owner, input.input)
        guard !number.text.isEmpty else {
            throw FieldError("Failed to create phone number: a number is needed", code: .badUserInput, field: "input.phoneNumber")
        }
        guard try await Owner.lockLinks(of: owner, change) else {
            throw FieldError(
                "Failed to add phone number \(number.text) to \(Owner.word.text) \(owner)", code: .notFound, field: Owner.argument)
        }
        let address = try await number.merge(change)
        try await Owner.phoneNumberLinks.put(address, on: owner, primary: number.primary, label: number.label?.rawValue, change)
        return LinkedAddress(owner: owner, address: address)
    }
}

/// The argument with a number.
struct GivenPhoneNumber: Decodable { let input: PhoneNumberInput }
