internal import GraphQL
internal import Postgres
internal import Records

/// `contact_HardDelete`: the contact, and those merged into it, with everything that is theirs alone. E-mails, phone
/// numbers and tags stay; profiles and locations go if nothing else has them.
final class HardDeleteContact: OutcomeMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        let id = arguments.text("contactId") ?? ""
        let missing = FieldError("Could not hard delete contact \(id)", code: .notFound)
        guard UUIDKey.isValid(id) else { throw missing }
        let lock = try await ContactLock([ID(id)], by: ContactDeletion.lock, Changing(transaction, context))
        guard !lock.contacts.isEmpty else { throw missing }
        let tenant = context.tenantParameter
        let events =
            try await transaction.run(Query(ContactDeletion.allEvents, [tenant, .text(arrayText([id]))]), context).firstText ?? "{}"
        try await transaction.run(
            ContactDeletion.statements.map { Query($0, [tenant, .text(id)]) }
                + [Query(ContactDeletion.refresh, [tenant, .text(arrayText(lock.organizations.map(\.id.text))), .text(events)])], context)
        return .done
    }
}

/// The statements of a deletion; `$2` is the contact unless noted.
private enum ContactDeletion {
    static let lock = Statement<[ID<Contact>], ID<Contact>>("contact_delete.lock") { contacts in
        """
        SELECT id FROM contact WHERE tenant_id = \(contacts.tenant) AND id = ANY (\(contacts.value)) AND state <> 'MERGED'
        ORDER BY id FOR UPDATE
        """
    }

    /// The events that the contact's organizations may have on their timelines because of it.
    static let allEvents = StatementText("contact.events", "SELECT contact_events($1::integer, $2::uuid[])")

    static let statements = [locations, socials, touchpoints, events, contacts]

    /// The contact and those merged into it.
    private static let family: SQL = """
        RECURSIVE family AS (SELECT $2::uuid AS id UNION \
        SELECT c.id FROM family f JOIN contact c ON c.tenant_id = $1 AND c.merged_into_id = f.id)
        """

    private static let locations = StatementText(
        "contact_delete.locations",
        """
        WITH \(family), held AS (SELECT l.location_id FROM contact_location l JOIN family f ON f.id = l.contact_id WHERE l.tenant_id = $1) \
        DELETE FROM location t USING held WHERE t.tenant_id = $1 AND t.id = held.location_id \
        AND NOT EXISTS (SELECT FROM contact_location l WHERE l.tenant_id = $1 AND l.location_id = t.id \
        AND l.contact_id NOT IN (SELECT id FROM family)) \
        AND NOT EXISTS (SELECT FROM organization_location l WHERE l.tenant_id = $1 AND l.location_id = t.id) \
        AND NOT EXISTS (SELECT FROM meeting_location l WHERE l.tenant_id = $1 AND l.location_id = t.id) \
        AND NOT EXISTS (SELECT FROM billing_profile_location l WHERE l.tenant_id = $1 AND l.location_id = t.id)
        """)

    private static let socials = StatementText(
        "contact_delete.socials",
        """
        WITH \(family), held AS (SELECT l.social_id FROM contact_social l JOIN family f ON f.id = l.contact_id WHERE l.tenant_id = $1) \
        DELETE FROM social t USING held WHERE t.tenant_id = $1 AND t.id = held.social_id \
        AND NOT EXISTS (SELECT FROM contact_social l WHERE l.tenant_id = $1 AND l.social_id = t.id \
        AND l.contact_id NOT IN (SELECT id FROM family)) \
        AND NOT EXISTS (SELECT FROM organization_social l WHERE l.tenant_id = $1 AND l.social_id = t.id)
        """)

    /// The contact's own events.
    private static let owned: SQL = """
        \(family), owned AS (\
        SELECT v.id FROM page_view v JOIN family f ON f.id = v.contact_id WHERE v.tenant_id = $1 UNION ALL \
        SELECT n.id FROM note n JOIN family f ON f.id = n.contact_id WHERE n.tenant_id = $1 UNION ALL \
        SELECT m.id FROM markdown_event m JOIN family f ON f.id = m.contact_id WHERE m.tenant_id = $1)
        """

    private static let touchpoints = StatementText(
        "contact_delete.touchpoints",
        """
        WITH \(owned) UPDATE organization o SET last_touchpoint_id = NULL, last_touchpoint_at = NULL, last_touchpoint_type = NULL \
        FROM owned WHERE o.tenant_id = $1 AND o.last_touchpoint_id = owned.id
        """)

    private static let events = StatementText(
        "contact_delete.events", "WITH \(owned) DELETE FROM timeline_event e USING owned WHERE e.tenant_id = $1 AND e.id = owned.id")

    private static let contacts = StatementText(
        "contact_delete.contacts",
        "WITH \(family) DELETE FROM contact c USING family WHERE c.tenant_id = $1 AND c.id = family.id")

    /// `$2` the organizations, `$3` the events.
    static let refresh = StatementText("timeline.refresh_part", "CALL timeline_refresh_part($1::integer, '{}', $2::uuid[], $3::uuid[])")
}
