internal import Postgres
internal import Records

/// The statements that write the roles of one contact at one organization.
enum ContactRoles {
    /// A contact and an organization.
    typealias Pair = (contact: ID<Contact>, organization: ID<Organization>)

    /// Adds a role, unless there is one.
    static let insertMissing = Statement<(id: ID<JobRole>, contact: ID<Contact>, organization: ID<Organization>), Void>(
        "job_role.insert_missing"
    ) { p in
        let (id, contact, organization) = (p.id, p.contact, p.organization)
        return """
            INSERT INTO job_role (tenant_id, id, contact_id, organization_id, started_at)
            SELECT \(p.tenant), \(id), \(contact), \(organization), now() WHERE NOT EXISTS (SELECT FROM job_role
            WHERE tenant_id = \(p.tenant) AND contact_id = \(contact) AND organization_id = \(organization))
            """
    }

    /// The roles' events stay the contact's.
    static let keepEvents = Statement<Pair, Void>("job_role.keep_all_events") { p in
        """
        INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, contact_id, type, position)
        SELECT p.tenant_id, p.timeline_event_id, p.role, \(p.contact), min(p.type), min(p.position) FROM job_role j
        JOIN timeline_event_participant p ON p.tenant_id = j.tenant_id AND p.job_role_id = j.id
        WHERE j.tenant_id = \(p.tenant) AND j.contact_id = \(p.contact) AND j.organization_id = \(p.organization)
        GROUP BY p.tenant_id, p.timeline_event_id, p.role
        ON CONFLICT (tenant_id, timeline_event_id, role, subject_id) DO NOTHING
        """
    }

    static let delete = Statement<Pair, Void>("job_role.delete_all") { p in
        """
        DELETE FROM job_role
        WHERE tenant_id = \(p.tenant) AND contact_id = \(p.contact) AND organization_id = \(p.organization)
        """
    }
}
