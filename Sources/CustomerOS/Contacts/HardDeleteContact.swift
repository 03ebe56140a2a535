internal import GraphQL
internal import Postgres

/// `contact_HardDelete`: the contact, and whoever was merged into it, with everything that is theirs alone. E-mails, phone numbers and
/// tags stay; profiles and places go when nobody else has them.
final class HardDeleteContact: OutcomeMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> Outcome {
        let id = arguments.text("contactId") ?? ""
        let missing = FieldError("Could not hard delete contact \(id)", code: .notFound)
        guard UUIDKey.isValid(id) else { throw missing }
        let tenant = context.tenantParameter
        let contact = [tenant, Parameter.text(id)]
        let contacts = [tenant, .text(arrayText([id]))]
        let found = try await transaction.run(
            [
                Query(ContactMerge.lockOrganizations, contacts), Query(ContactDeletion.lock, contact),
                Query(ContactMerge.organizations, contacts), Query(ContactDeletion.hasEvents, contact),
            ], context)
        guard found[1].rowCount == 1 else { throw missing }
        try await transaction.run(ContactDeletion.statements.map { Query($0, contact) }, context)
        // Only events that the contact had can be missed by its organizations.
        if found[3].firstText == "t" {
            let organizations = (0..<found[2].rowCount).compactMap { found[2].text($0, 0) }
            try await transaction.run(
                Query(ContactDeletion.refreshOrganizations, [tenant, .text(arrayText(organizations))]), context)
        }
        return .result(true)
    }
}

/// The statements of a deletion, with `$2` the contact.
private enum ContactDeletion {
    static let lock = Statement(
        "contact_delete.lock", "SELECT id FROM contact WHERE tenant_id = $1 AND id = $2::uuid AND state <> 'MERGED' FOR UPDATE")

    static let hasEvents = Statement(
        "contact_delete.has_events", "SELECT EXISTS (SELECT FROM contact_timeline WHERE tenant_id = $1 AND contact_id = $2::uuid)")

    static let statements = [locations, socials, touchpoints, events, contacts]

    /// The contact and those who were merged into it.
    private static let family: SQL = """
        RECURSIVE family AS (SELECT $2::uuid AS id UNION \
        SELECT c.id FROM family f JOIN contact c ON c.tenant_id = $1 AND c.merged_into_id = f.id)
        """

    private static let locations = Statement(
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

    private static let socials = Statement(
        "contact_delete.socials",
        """
        WITH \(family), held AS (SELECT l.social_id FROM contact_social l JOIN family f ON f.id = l.contact_id WHERE l.tenant_id = $1) \
        DELETE FROM social t USING held WHERE t.tenant_id = $1 AND t.id = held.social_id \
        AND NOT EXISTS (SELECT FROM contact_social l WHERE l.tenant_id = $1 AND l.social_id = t.id \
        AND l.contact_id NOT IN (SELECT id FROM family)) \
        AND NOT EXISTS (SELECT FROM organization_social l WHERE l.tenant_id = $1 AND l.social_id = t.id)
        """)

    /// The events that are the contact's own.
    private static let owned: SQL = """
        \(family), owned AS (\
        SELECT v.id FROM page_view v JOIN family f ON f.id = v.contact_id WHERE v.tenant_id = $1 UNION ALL \
        SELECT n.id FROM note n JOIN family f ON f.id = n.contact_id WHERE n.tenant_id = $1 UNION ALL \
        SELECT m.id FROM markdown_event m JOIN family f ON f.id = m.contact_id WHERE m.tenant_id = $1)
        """

    private static let touchpoints = Statement(
        "contact_delete.touchpoints",
        """
        WITH \(owned) UPDATE organization o SET last_touchpoint_id = NULL, last_touchpoint_at = NULL, last_touchpoint_type = NULL \
        FROM owned WHERE o.tenant_id = $1 AND o.last_touchpoint_id = owned.id
        """)

    private static let events = Statement(
        "contact_delete.events", "WITH \(owned) DELETE FROM timeline_event e USING owned WHERE e.tenant_id = $1 AND e.id = owned.id")

    private static let contacts = Statement(
        "contact_delete.contacts",
        "WITH \(family) DELETE FROM contact c USING family WHERE c.tenant_id = $1 AND c.id = family.id")

    /// `$2` the organizations.
    static let refreshOrganizations = Statement(
        "organization.events_refresh", "CALL organization_events_refresh($1::integer, $2::uuid[])")
}
