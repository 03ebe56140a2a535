internal import Postgres
internal import Records

/// The statements of a deletion.
enum ContactDeletion {
    typealias Deletion = Statement<ID<Contact>, Void>

    static let lock = Statement<[ID<Contact>], ID<Contact>>("contact_delete.lock") { contacts in
        """
        SELECT id FROM contact WHERE tenant_id = \(contacts.tenant) AND id = ANY (\(contacts.value))
        AND state <> 'MERGED'
        ORDER BY id FOR UPDATE
        """
    }

    /// The events that the contacts' organizations may have on their timelines because of them, as an array.
    static let allEvents = Statement<[ID<Contact>], String>("contact.events") { contacts in
        "SELECT contact_events(\(contacts.tenant)::integer, \(contacts.value))"
    }

    /// In this order.
    static let statements = [locations, socials, touchpoints, events, contacts]

    /// The contact and those merged into it.
    private static func family(_ id: Parameters<ID<Contact>>) -> SQL {
        """
        RECURSIVE family AS (SELECT \(id.value) AS id UNION
        SELECT c.id FROM family f JOIN contact c ON c.tenant_id = \(id.tenant) AND c.merged_into_id = f.id)
        """
    }

    private static let locations = Deletion("contact_delete.locations") { id in
        """
        WITH \(family(id)), held AS (SELECT l.location_id FROM contact_location l JOIN family f ON f.id = l.contact_id
        WHERE l.tenant_id = \(id.tenant))
        DELETE FROM location t USING held WHERE t.tenant_id = \(id.tenant) AND t.id = held.location_id
        AND NOT EXISTS (SELECT FROM contact_location l WHERE l.tenant_id = \(id.tenant) AND l.location_id = t.id
        AND l.contact_id NOT IN (SELECT id FROM family))
        AND NOT EXISTS (SELECT FROM organization_location l WHERE l.tenant_id = \(id.tenant) AND l.location_id = t.id)
        AND NOT EXISTS (SELECT FROM meeting_location l WHERE l.tenant_id = \(id.tenant) AND l.location_id = t.id)
        AND NOT EXISTS (SELECT FROM billing_profile_location l WHERE l.tenant_id = \(id.tenant)
        AND l.location_id = t.id)
        """
    }

    private static let socials = Deletion("contact_delete.socials") { id in
        """
        WITH \(family(id)), held AS (SELECT l.social_id FROM contact_social l JOIN family f ON f.id = l.contact_id
        WHERE l.tenant_id = \(id.tenant))
        DELETE FROM social t USING held WHERE t.tenant_id = \(id.tenant) AND t.id = held.social_id
        AND NOT EXISTS (SELECT FROM contact_social l WHERE l.tenant_id = \(id.tenant) AND l.social_id = t.id
        AND l.contact_id NOT IN (SELECT id FROM family))
        AND NOT EXISTS (SELECT FROM organization_social l WHERE l.tenant_id = \(id.tenant) AND l.social_id = t.id)
        """
    }

    /// The contact's own events.
    private static func owned(_ id: Parameters<ID<Contact>>) -> SQL {
        """
        \(family(id)), owned AS (\
        SELECT v.id FROM page_view v JOIN family f ON f.id = v.contact_id WHERE v.tenant_id = \(id.tenant) UNION ALL
        SELECT n.id FROM note n JOIN family f ON f.id = n.contact_id WHERE n.tenant_id = \(id.tenant) UNION ALL
        SELECT m.id FROM markdown_event m JOIN family f ON f.id = m.contact_id WHERE m.tenant_id = \(id.tenant))
        """
    }

    private static let touchpoints = Deletion("contact_delete.touchpoints") { id in
        """
        WITH \(owned(id)) UPDATE organization o
        SET last_touchpoint_id = NULL, last_touchpoint_at = NULL, last_touchpoint_type = NULL
        FROM owned WHERE o.tenant_id = \(id.tenant) AND o.last_touchpoint_id = owned.id
        """
    }

    private static let events = Deletion("contact_delete.events") { id in
        """
        WITH \(owned(id)) DELETE FROM timeline_event e USING owned
        WHERE e.tenant_id = \(id.tenant) AND e.id = owned.id
        """
    }

    private static let contacts = Deletion("contact_delete.contacts") { id in
        "WITH \(family(id)) DELETE FROM contact c USING family WHERE c.tenant_id = \(id.tenant) AND c.id = family.id"
    }

    static let refresh = Statement<(organizations: [ID<Organization>], events: String), Void>(
        "timeline.refresh_part"
    ) { p in
        "CALL timeline_refresh_part(\(p.tenant)::integer, '{}', \(p.organizations), \(bare: p.events)::uuid[])"
    }
}
