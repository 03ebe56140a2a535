internal import Postgres
internal import Records

/// The input of `billingProfile_LinkLocation` and `billingProfile_UnlinkLocation`.
struct BillingLocationInput: Decodable {
    let organizationId: ID<Organization>
    let billingProfileId: ID<BillingProfile>
    let locationId: ID<Location>
}

/// `billingProfile_LinkLocation`: repeating it changes nothing.
struct LinkBillingLocation: Change {
    static let fields = ["billingProfile_LinkLocation"]

    private static let link = Statement<BillingLocationInput, Void>("billing_profile.link_location") { p in
        let (profile, location) = (p.billingProfileId, p.locationId)
        return """
            INSERT INTO billing_profile_location (tenant_id, billing_profile_id, location_id)
            VALUES (\(p.tenant), \(profile), \(location)) ON CONFLICT DO NOTHING
            """
    }

    func perform(_ input: BillingLocationInput, _ change: Changing) async throws -> ID<BillingProfile> {
        let links = BillingProfileLinks(change, "Failed to link location to billing profile")
        try await links.lock(input.billingProfileId, of: input.organizationId)
        try await links.hold(location: input.locationId)
        try await change.run(Self.link, input)
        return input.billingProfileId
    }
}

/// `billingProfile_UnlinkLocation`: nothing happens if there is no link.
struct UnlinkBillingLocation: Change {
    static let fields = ["billingProfile_UnlinkLocation"]

    private static let unlink = Statement<BillingLocationInput, Void>("billing_profile.unlink_location") { p in
        let (profile, location) = (p.billingProfileId, p.locationId)
        return """
            DELETE FROM billing_profile_location
            WHERE tenant_id = \(p.tenant) AND billing_profile_id = \(profile) AND location_id = \(location)
            """
    }

    func perform(_ input: BillingLocationInput, _ change: Changing) async throws -> ID<BillingProfile> {
        let links = BillingProfileLinks(change, "Failed to unlink location from billing profile")
        try await links.lock(input.billingProfileId, of: input.organizationId)
        try await links.hold(location: input.locationId)
        try await change.run(Self.unlink, input)
        return input.billingProfileId
    }
}
