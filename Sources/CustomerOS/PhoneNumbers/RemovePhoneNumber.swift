internal import GraphQL
internal import Postgres
internal import Records

/// `phoneNumberRemoveFrom…ByE164`: unlinks a number from an owner. Succeeds even if the owner does not have it. The
/// number itself is kept, for its other owners and its events.
struct RemovePhoneNumber<Owner: AddressOwner>: Change {
    static var fields: [String] { ["phoneNumberRemoveFrom\(Owner.type.name)ByE164"] }

    func perform(_ input: OfOwner<Owner, NamedPhoneNumber>, _ change: Changing) async throws -> Outcome {
        guard try await Owner.lockLinks(of: input.owner, change) else {
            throw FieldError(
                "Could not remove phone number by e164 \(input.e164) from \(Owner.word.text) with id \(input.owner)", code: .notFound,
                field: Owner.argument)
        }
        let text = input.e164.trimmingBlanks
        if !text.isEmpty { try await Owner.phoneNumberLinks.remove(text, from: input.owner, change) }
        return .done
    }
}

/// The argument that names a number by its text.
struct NamedPhoneNumber: Decodable { let e164: String }

/// `phoneNumberRemoveFrom…ById`: the same, of a number given by its id.
struct RemovePhoneNumberByID<Owner: AddressOwner>: Change {
    static var fields: [String] { ["phoneNumberRemoveFrom\(Owner.type.name)ById"] }

    func perform(_ input: OfOwner<Owner, ByID<PhoneNumber>>, _ change: Changing) async throws -> Outcome {
        guard try await Owner.lockLinks(of: input.owner, change) else {
            throw FieldError(
                "Could not remove phone number by id \(input.id) from \(Owner.word.text) with id \(input.owner)", code: .notFound,
                field: Owner.argument)
        }
        if !input.id.isNobody { try await Owner.phoneNumberLinks.remove(input.id, from: input.owner, change) }
        return .done
    }
}
