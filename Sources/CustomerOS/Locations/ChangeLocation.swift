internal import GraphQL
internal import Postgres
internal import Records

/// `…_AddNewLocation`: an empty location for a contact or an organization.
struct AddLocation<Owner: LocationOwner>: Change {
    static var fields: [String] { ["\(Owner.word.text)_AddNewLocation"] }

    func perform(_ input: OfOwner<Owner, NoInput>, _ change: Changing) async throws -> Written<Location> {
        guard try await Owner.lockLinks(of: input.owner, change) else {
            throw FieldError(
                "Error creating location for \(Owner.word.text) \(input.owner)", code: .notFound, field: Owner.argument)
        }
        let id = ID<Location>.new()
        try await change.run(Owner.locationLinks.insert, (input.owner, id))
        return Written(id)
    }
}

/// `location_Update`: replaces a location. What is absent is cleared. The country's codes follow from its name.
struct UpdateLocation: Change {
    static let fields = ["location_Update"]

    struct Input: Decodable {
        let id: ID<Location>
        let values: Patch<Location>
    }

    private struct Update {
        let id: ID<Location>
        let code: String
        let longCode: String
        let values: Patch<Location>
    }

    private static let update = Statement<Update, ID<Location>>("location.overwrite") { p in
        let (id, code, longCode) = (p.id, p.code, p.longCode)
        return """
            UPDATE location SET updated_at = now(), country_code_a2 = \(bare: code), country_code_a3 = \(bare: longCode)\
            \(p.values.replacements) WHERE tenant_id = \(p.tenant) AND id = \(id) RETURNING id
            """
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Location> {
        let failure = "Failed to update location"
        let missing = FieldError(failure, code: .notFound, field: "input.id")
        guard !input.id.isNobody else { throw missing }
        var values = input.values
        try values.normalize(\.timeZone, as: "input.timeZone", failure: failure, by: TimeZoneName.normal)
        var country: Country?
        try values.normalize(\.country, as: "input.country", failure: failure) { (text) throws(ValueRefusal) in
            let found = try Country(text)
            country = found
            return found.name
        }
        let update = Update(id: input.id, code: country?.code ?? "", longCode: country?.longCode ?? "", values: values)
        guard try await !change.run(Self.update, update).isEmpty else { throw missing }
        return Written(input.id)
    }
}

/// `location_RemoveFrom…`: removes a location from its owner, and deletes it if it was the last.
struct RemoveLocation<Owner: LocationOwner>: Change {
    static var fields: [String] { ["location_RemoveFrom\(Owner.type.name)"] }

    func perform(_ input: OfOwner<Owner, NamedLocation>, _ change: Changing) async throws -> Written<Owner> {
        guard try await Owner.lockLinks(of: input.owner, change) else {
            throw FieldError(
                "Could not detach location \(input.locationId) from \(Owner.word.text) \(input.owner)", code: .notFound,
                field: Owner.argument)
        }
        try await Owner.locationLinks.remove(input.locationId, from: input.owner, change)
        return Written(input.owner)
    }
}

/// `contact_RemoveLocation`: the same for a contact.
struct RemoveContactLocation: Change {
    static let fields = ["contact_RemoveLocation"]

    func perform(_ input: OfOwner<Contact, NamedLocation>, _ change: Changing) async throws -> Written<Contact> {
        guard try await Contact.lockLinks(of: input.owner, change) else {
            throw FieldError(
                "Could not remove location \(input.locationId) from contact \(input.owner)", code: .notFound, field: "contactId")
        }
        try await Contact.locationLinks.remove(input.locationId, from: input.owner, change)
        return Written(input.owner)
    }
}

/// The argument that names a location.
struct NamedLocation: Decodable { let locationId: ID<Location> }
