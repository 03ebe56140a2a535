internal import Postgres
internal import Records

/// The input of `billingProfile_LinkEmail` and `billingProfile_UnlinkEmail`.
struct BillingEmailInput: Decodable {
    let organizationId: ID<Organization>
    let billingProfileId: ID<BillingProfile>
    let emailId: ID<Email>
    /// Without effect when a link is removed.
    let primary: Bool?
}

/// `billingProfile_LinkEmail`: a profile has at most one primary address. Repeating it sets the flag.
struct LinkBillingEmail: Change {
    static let fields = ["billingProfile_LinkEmail"]

    private static let demote = Statement<BillingEmailInput, Void>("billing_profile.demote_email") { p in
        let (profile, email) = (p.billingProfileId, p.emailId)
        return """
            UPDATE billing_profile_email SET is_primary = false
            WHERE tenant_id = \(p.tenant) AND billing_profile_id = \(profile) AND email_id <> \(email) AND is_primary
            """
    }

    private static let link = Statement<BillingEmailInput, Void>("billing_profile.link_email") { p in
        let (profile, email, primary) = (p.billingProfileId, p.emailId, p.primary)
        return """
            INSERT INTO billing_profile_email AS l (tenant_id, billing_profile_id, email_id, is_primary)
            VALUES (\(p.tenant), \(profile), \(email), coalesce(\(primary), false))
            ON CONFLICT (tenant_id, billing_profile_id, email_id) DO UPDATE SET is_primary = excluded.is_primary
            """
    }

    func perform(_ input: BillingEmailInput, _ change: Changing) async throws -> ID<BillingProfile> {
        let links = BillingProfileLinks(change, "Failed to link email to billing profile")
        try await links.lock(input.billingProfileId, of: input.organizationId)
        try await links.hold(email: input.emailId)
        if input.primary == true { try await change.run(Self.demote, input) }
        try await change.run(Self.link, input)
        return input.billingProfileId
    }
}

/// `billingProfile_UnlinkEmail`: nothing happens if there is no link.
struct UnlinkBillingEmail: Change {
    static let fields = ["billingProfile_UnlinkEmail"]

    private static let unlink = Statement<BillingEmailInput, Void>("billing_profile.unlink_email") { p in
        let (profile, email) = (p.billingProfileId, p.emailId)
        return """
            DELETE FROM billing_profile_email
            WHERE tenant_id = \(p.tenant) AND billing_profile_id = \(profile) AND email_id = \(email)
            """
    }

    func perform(_ input: BillingEmailInput, _ change: Changing) async throws -> ID<BillingProfile> {
        let links = BillingProfileLinks(change, "Failed to unlink email from billing profile")
        try await links.lock(input.billingProfileId, of: input.organizationId)
        try await links.hold(email: input.emailId)
        try await change.run(Self.unlink, input)
        return input.billingProfileId
    }
}
