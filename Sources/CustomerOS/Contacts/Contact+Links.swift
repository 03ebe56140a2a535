internal import Postgres
internal import Records

extension Contact: LinkOwner {
    static var word: SQL { "contact" }

    /// With its organizations, whose timelines depend on the links.
    static func lockLinks(of id: ID<Contact>, _ change: Changing) async throws -> Bool {
        id.isNobody ? false : try await !ContactLock([id], change).contacts.isEmpty
    }
}

extension Contact: LocationOwner {
    static let locationLinks = LocationLinks<Contact>()
}

extension Contact: SocialOwner {
    static let socialLinks = SocialLinks<Contact>()
}

extension Contact: AddressOwner {
    static let emailLinks = AddressLinks<Contact, Email>(firstIsPrimary: true)
    static let phoneNumberLinks = AddressLinks<Contact, PhoneNumber>()

    static func add(_ id: ID<Contact>, to timelines: inout AddressTimelines) { timelines.contacts.append(id) }
}
