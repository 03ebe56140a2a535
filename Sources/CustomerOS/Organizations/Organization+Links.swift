internal import Postgres
internal import Records

extension Organization: LinkOwner {
    static var word: SQL { "organization" }

    private static let lockOne = Statement<ID<Organization>, ID<Organization>>("organization.lock_links") { id in
        """
        SELECT id FROM organization WHERE tenant_id = \(id.tenant) AND id = \(id.value) AND state IN ('LIVE', 'HIDDEN')
        FOR NO KEY UPDATE
        """
    }

    static func lockLinks(of id: ID<Organization>, _ change: Changing) async throws -> Bool {
        id.isNobody ? false : try await !change.run(lockOne, id).isEmpty
    }
}

extension Organization: LocationOwner {
    static let locationLinks = LocationLinks<Organization>()
}

extension Organization: SocialOwner {
    static let socialLinks = SocialLinks<Organization>()
}

extension Organization: AddressOwner {
    static let emailLinks = AddressLinks<Organization, Email>()
    static let phoneNumberLinks = AddressLinks<Organization, PhoneNumber>()

    static func add(_ id: ID<Organization>, to timelines: inout AddressTimelines) { timelines.organizations.append(id) }
}
