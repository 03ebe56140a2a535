internal import Postgres
internal import Records

/// What several changes of contacts do. Lock organizations first, then contacts, each in the order of their ids, to
/// avoid deadlocks.
extension Contact {
    /// Keeps others from changing, merging or archiving the contact until the transaction ends.
    static let lock = Statement<ID<Contact>, ContactName>("contact.lock", row: ContactName.init) { id in
        """
        SELECT name, first_name, last_name FROM contact
        WHERE tenant_id = \(id.tenant) AND id = \(id.value) AND state IN ('LIVE', 'HIDDEN') FOR NO KEY UPDATE
        """
    }

    static let touch = Statement<ID<Contact>, Void>("contact.touch") { id in
        "UPDATE contact SET updated_at = now() WHERE tenant_id = \(id.tenant) AND id = \(id.value)"
    }

    /// After a change of the contacts' links, or of those of the organizations to them.
    static let refreshLinks = Statement<(contacts: [ID<Contact>], organizations: [ID<Organization>]), Void>(
        "contact.links_refresh"
    ) { p in
        "CALL contact_links_refresh(\(p.tenant)::integer, \(p.contacts), \(p.organizations))"
    }
}
