internal import Postgres
internal import Records

/// Who is billed: an organization, from an older interface.
enum BillingProfile: Record {
    struct Columns {
        let origin = Origin()
        let legalName = Column("legal_name", .text).field("legalName").written()
        let taxId = Column("tax_id", .text).field("taxId").written()
        let organization = Column("organization_id", .id)
    }

    static let table = Table<BillingProfile>("billing_profile", Columns())

    static let type = RecordType("BillingProfile", of: table, .recordFields)

    /// Locks the profile of an organization.
    static let lock = Statement<(id: ID<BillingProfile>, organization: ID<Organization>), ID<BillingProfile>>(
        "billing_profile.lock"
    ) { p in
        let (id, organization) = (p.id, p.organization)
        return """
            SELECT t.id FROM billing_profile t
            JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id AND o.state IN ('LIVE', 'HIDDEN')
            WHERE t.tenant_id = \(p.tenant) AND t.id = \(id) AND t.organization_id = \(organization) FOR NO KEY UPDATE OF t
            """
    }
}
