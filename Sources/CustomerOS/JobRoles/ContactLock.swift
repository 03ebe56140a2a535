internal import Postgres
internal import Records

/// Contacts locked together with the organizations of their roles, organizations first: changing a contact's links also
/// changes those organizations' timelines.
struct ContactLock {
    /// A locked organization.
    struct Organization {
        let id: ID<CustomerOS.Organization>
        let state: String

        var isVisible: Bool { state == "LIVE" || state == "HIDDEN" }
    }

    /// The organizations of the contacts' roles, and the requested one.
    let organizations: [Organization]
    /// The existing contacts.
    let contacts: Set<ID<Contact>>

    /// Restarts the change if a merge of organizations has given a contact a role at one that is not locked.
    /// - Parameters:
    ///   - organization: Another organization to lock.
    ///   - statement: Locks the contacts in the order of their ids, and returns those that exist.
    init(
        _ contacts: [ID<Contact>], and organization: ID<CustomerOS.Organization>? = nil,
        by statement: Statement<[ID<Contact>], ID<Contact>> = visible, _ change: Changing
    ) async throws {
        let (_, organizations, found, organizationsOfRoles) = try await change.run(
            Self.enter.with(contacts), Self.lockOrganizations.with((contacts, organization)), statement.with(contacts),
            Self.organizationsOfRoles.with(contacts))
        guard Set(organizations.map(\.id)).isSuperset(of: organizationsOfRoles) else { try change.again() }
        self.organizations = organizations
        self.contacts = Set(found)
    }

    /// For changes of visible contacts. Does not block transactions that write events for them.
    static let visible = Statement<[ID<Contact>], ID<Contact>>("contact.lock_all") { contacts in
        """
        SELECT id FROM contact WHERE tenant_id = \(contacts.tenant) AND id = ANY (\(contacts.value))
        AND state IN ('LIVE', 'HIDDEN')
        ORDER BY id FOR NO KEY UPDATE
        """
    }

    /// Serializes changes of a contact's links before anything is locked, so that its organizations stay those found.
    private static let enter = Statement<[ID<Contact>], Void>("contact.enter") { contacts in
        """
        SELECT pg_advisory_xact_lock(hash)
        FROM (SELECT DISTINCT hashtextextended('contact ' || id, \(contacts.tenant)::integer) AS hash
        FROM unnest(\(contacts.value)) id ORDER BY hash) ordered
        """
    }

    private static let lockOrganizations = Statement<
        (contacts: [ID<Contact>], organization: ID<CustomerOS.Organization>?), Organization
    >("contact.lock_all_organizations", row: Organization.init) { p in
        """
        SELECT o.id, o.state FROM organization o WHERE o.tenant_id = \(p.tenant) AND o.id = ANY (ARRAY(\
        SELECT j.organization_id FROM job_role j
        WHERE j.tenant_id = \(p.tenant) AND j.contact_id = ANY (\(p.contacts)) AND j.organization_id IS NOT NULL
        UNION SELECT \(p.organization))) ORDER BY o.id FOR NO KEY UPDATE
        """
    }

    private static let organizationsOfRoles = Statement<[ID<Contact>], ID<CustomerOS.Organization>>(
        "contact.all_organizations"
    ) { contacts in
        """
        SELECT DISTINCT organization_id FROM job_role
        WHERE tenant_id = \(contacts.tenant) AND contact_id = ANY (\(contacts.value)) AND organization_id IS NOT NULL
        """
    }
}
