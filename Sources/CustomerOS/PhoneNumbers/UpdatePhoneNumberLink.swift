internal import GraphQL
internal import Postgres
internal import Records

/// `phoneNumberUpdateIn…`: replaces the details of an owner's number. Another number in the input replaces it.
struct UpdatePhoneNumberLink<Owner: AddressOwner>: Change {
    static var fields: [String] { ["phoneNumberUpdateIn\(Owner.type.name)"] }

    func perform(_ input: OfOwner<Owner, PhoneNumberDetails>, _ change: Changing) async throws -> LinkedAddress<Owner, PhoneNumber> {
        let (owner, details, links) = (input.owner, input.input, Owner.phoneNumberLinks)
        let missing = FieldError(
            "Could not update phone number \(details.id) for \(Owner.word.text) \(owner)", code: .notFound)
        guard !details.id.isNobody, try await Owner.lockLinks(of: owner, change) else { throw missing }
        let (primary, label) = (details.primary ?? false, details.label?.rawValue)
        guard try await links.overwrite(details.id, of: owner, primary: primary, label: label, change) else { throw missing }
        guard let text = details.phoneNumber, !text.trimmingBlanks.isEmpty else {
            return LinkedAddress(owner: owner, address: details.id)
        }
        let number = try await PhoneNumber(text, inCountry: details.countryCodeA2).merge(change)
        if number != details.id {
            try await links.replace(details.id, by: number, on: owner, primary: primary, label: label, change)
        }
        return LinkedAddress(owner: owner, address: number)
    }
}

/// The argument with the details of an owner's number.
struct PhoneNumberDetails: Decodable {
    struct Values: Decodable {
        let id: ID<PhoneNumber>
        let label: PhoneNumberLabel?
        let primary: Bool?
        /// The number that replaces it.
        let phoneNumber: String?
        let countryCodeA2: String?
    }

    let input: Values
}
