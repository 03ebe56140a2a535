internal import Postgres
internal import Records

/// The statements on job roles of contacts. The caller must hold the lock of `JobRoleOwner`.
enum JobRoleStatements {
    typealias OfContact = (id: ID<JobRole>, contact: ID<Contact>)

    /// Dates before 1900 are other systems' empty dates: none.
    private static let oldest: SQL = "'1900-01-01Z'::timestamptz"

    struct Insert {
        let id: ID<JobRole>
        let contact: ID<Contact>
        let organization: ID<Organization>?
        /// A role starts now unless given.
        let values: Patch<JobRole>
        let application: String?
    }

    /// If not given, the first current role at an organization is primary.
    static let insert = Statement<Insert, Void>("job_role.insert") { p in
        let (id, contact, organization, values) = (p.id, p.contact, p.organization, p.values)
        let (start, end) = (values.given(\.startedAt), values.given(\.endedAt))
        return """
            INSERT INTO job_role (tenant_id, id, contact_id, organization_id\(values.columns), app_source)
            VALUES (\(p.tenant), \(id), \(contact), \(organization), coalesce(\(values.given(\.jobTitle)), ''),
            \(values.given(\.description)), \(values.given(\.company)), coalesce(\(values.given(\.primary)),
            \(organization) IS NOT NULL AND coalesce(\(end) > now(), true) AND NOT EXISTS (\
            SELECT FROM job_role WHERE tenant_id = \(p.tenant) AND contact_id = \(contact) AND is_primary)),
            CASE WHEN \(start) < \(oldest) THEN NULL ELSE coalesce(\(start), now()) END,
            CASE WHEN \(end) < \(oldest) THEN NULL ELSE \(end) END, coalesce(nullif(\(bare: p.application), ''), 'customer-os-api'))
            """
    }

    /// Leaves one role as the contact's only primary one.
    static let demote = Statement<(contact: ID<Contact>, id: ID<JobRole>), Void>("job_role.demote") { p in
        """
        UPDATE job_role SET is_primary = false, updated_at = now()
        WHERE tenant_id = \(p.tenant) AND contact_id = \(p.contact) AND is_primary AND id <> \(p.id)
        """
    }

    struct Update {
        let id: ID<JobRole>
        let contact: ID<Contact>
        /// Nil keeps the stored one.
        let organization: ID<Organization>?
        let values: Patch<JobRole>
    }

    /// What is absent is cleared.
    static let overwrite = Statement<Update, ID<JobRole>>("job_role.overwrite") { p in update(p) { $0.replacements } }

    /// What is absent is kept.
    static let change = Statement<Update, ID<JobRole>>("job_role.change") { p in update(p) { $0.assignments(of: "job_role") } }

    private static func update(_ p: Parameters<Update>, _ assignments: (PatchPlaceholders<JobRole>) -> SQL) -> SQL {
        let (id, contact, organization) = (p.id, p.contact, p.organization)
        return """
            UPDATE job_role SET updated_at = now(), organization_id = coalesce(\(organization), organization_id)\(assignments(p.values))
            WHERE tenant_id = \(p.tenant) AND id = \(id) AND contact_id = \(contact) RETURNING id
            """
    }

    static let dropEmptyDates = Statement<ID<JobRole>, Void>("job_role.drop_empty_dates") { id in
        """
        UPDATE job_role SET started_at = CASE WHEN started_at >= \(oldest) THEN started_at END,
        ended_at = CASE WHEN ended_at >= \(oldest) THEN ended_at END
        WHERE tenant_id = \(id.tenant) AND id = \(id.value) AND (started_at < \(oldest) OR ended_at < \(oldest))
        """
    }

    /// The contact whose role it is.
    static let find = Statement<ID<JobRole>, ID<Contact>>("job_role.find") { id in
        "SELECT contact_id FROM job_role WHERE tenant_id = \(id.tenant) AND id = \(id.value) AND contact_id IS NOT NULL"
    }

    /// The role's events stay the contact's.
    static let keepEvents = Statement<OfContact, Void>("job_role.keep_events") { p in
        """
        INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, contact_id, type, position)
        SELECT p.tenant_id, p.timeline_event_id, p.role, j.contact_id, p.type, p.position FROM job_role j
        JOIN timeline_event_participant p ON p.tenant_id = j.tenant_id AND p.job_role_id = j.id
        WHERE j.tenant_id = \(p.tenant) AND j.id = \(p.id) AND j.contact_id = \(p.contact) ON CONFLICT DO NOTHING
        """
    }

    static let delete = Statement<OfContact, Void>("job_role.delete") { p in
        "DELETE FROM job_role WHERE tenant_id = \(p.tenant) AND id = \(p.id) AND contact_id = \(p.contact)"
    }

    static let refreshTimelines = Statement<(contact: ID<Contact>, organizations: [ID<Organization>]), Void>(
        "timeline.refresh_roles"
    ) { p in
        "CALL timeline_refresh_roles(\(p.tenant)::integer, \(p.contact), \(p.organizations))"
    }
}
