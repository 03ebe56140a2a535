internal import GraphQL
internal import Records

/// `emailReplaceFor…`: replaces one address by another, which inherits its label and whether it is primary. Without a
/// new address, the old one is only removed.
struct ReplaceEmail<Owner: AddressOwner>: Change {
    static var fields: [String] { ["emailReplaceFor\(Owner.type.name)"] }
    static var ignored: [String] { ["input.appSource"] }

    func perform(_ input: OfOwner<Owner, ReplacedEmail>, _ change: Changing) async throws -> LinkedAddress<Owner, Email> {
        let (owner, email, links) = (input.owner, input.input, Owner.emailLinks)
        let previous = (input.previousEmail ?? "").trimmingBlanks
        let verb = Owner.self == Contact.self ? "replace" : "merge"
        guard !email.text.isEmpty || !previous.isEmpty else {
            throw FieldError("Failed to \(verb) email: an address is needed", code: .badUserInput, field: "input.email")
        }
        guard try await Owner.lockLinks(of: owner, change) else {
            throw FieldError("Failed to \(verb) email \(email.text)", code: .notFound, field: Owner.argument)
        }
        let old = previous.isEmpty ? nil : try await links.find(previous, of: owner, change)
        guard !email.text.isEmpty else {
            if let old { try await links.remove(old.address, from: owner, change) }
            return LinkedAddress(owner: owner, address: nil)
        }
        let address = try await email.merge(change)
        let primary = email.primary ?? (old?.isPrimary == true ? true : nil)
        let label = email.label?.rawValue ?? old?.label
        if let old, old.address != address {
            try await links.replace(old.address, by: address, on: owner, primary: primary, label: label, change)
        } else {
            try await links.put(address, on: owner, primary: primary, label: label, change)
        }
        return LinkedAddress(owner: owner, address: address)
    }
}

/// The arguments with the old and the new address.
struct ReplacedEmail: Decodable {
    let previousEmail: String?
    let input: EmailInput
}
