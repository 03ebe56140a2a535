internal import Postgres
internal import Records

extension Organization {
    /// The contacts with a role at the organization who are not hidden.
    static let contacts = RecordField.page(
        "contacts", Contact.self, by: "j.organization_id",
        from: """
            (SELECT DISTINCT tenant_id, organization_id, contact_id FROM job_role
            WHERE tenant_id = $1 AND organization_id = ANY ($2::uuid[]) AND contact_id IS NOT NULL) j
            JOIN contact t ON t.tenant_id = j.tenant_id AND t.id = j.contact_id
            """,
        where: "t.state = 'LIVE'",
        count: """
            SELECT j.organization_id, count(DISTINCT j.contact_id) FROM job_role j
            JOIN contact t ON t.tenant_id = j.tenant_id AND t.id = j.contact_id AND t.state = 'LIVE'
            WHERE j.tenant_id = $1 AND j.organization_id = ANY ($2::uuid[]) GROUP BY j.organization_id
            """)
}
