internal import Postgres

/// How organizations are recognised. Visible ones come first, then the oldest.
extension Lookup {
    static let organizationByCustomerOsID = Lookup(
        from: "organization t", condition: "t.tenant_id = $1 AND t.customer_os_id = $2", order: nil, argument: "customerOsId"
    ) { $0.isEmpty ? nil : .text($0) }

    static let organizationByReference = Lookup(
        from: "organization t", condition: "t.tenant_id = $1 AND t.reference_id = $2 AND t.reference_id <> ''",
        order: "t.created_at, t.id", argument: "customId"
    ) { $0.isEmpty ? nil : .text($0) }

    static let organizationByLinkedIn = byLinkedIn(
        "organization", path: "company", order: "t.state = 'HIDDEN', t.created_at, t.id", profile: SocialURL.company)
}
