internal import Postgres
internal import Records

/// The statements that write notes.
enum NoteStatements {
    /// A new note, about one of the three.
    struct New {
        let id: ID<Note>
        var meeting: ID<Meeting>?
        var contact: ID<Contact>?
        var organization: ID<Organization>?
        let values: Patch<Note>
    }

    /// By the user for whom the request acts.
    static let insert = Statement<New, Void>("note.insert") { p in insertion(p) { "\(p.actor)" } }

    /// By nobody.
    static let insertUnsigned = Statement<New, Void>("note.insert_unsigned") { p in insertion(p) { "NULL" } }

    private static func insertion(_ p: Parameters<New>, author: () -> SQL) -> SQL {
        let (id, meeting, contact, organization) = (p.id, p.meeting, p.contact, p.organization)
        return """
            INSERT INTO note (tenant_id, id, meeting_id, contact_id, organization_id, created_by_id\(p.values.columns))
            VALUES (\(p.tenant), \(id), \(meeting), \(contact), \(organization), \(author())\(p.values.values))
            """
    }

    /// A meeting's note is on no timeline.
    static let insertHeader = Statement<(id: ID<Note>, appSource: String?), Void>("note.insert_header") { p in
        """
        INSERT INTO timeline_event (tenant_id, id, kind, app_source)
        VALUES (\(p.tenant), \(p.id), 'NOTE', coalesce(nullif(\(bare: p.appSource), ''), 'customer-os-api'))
        """
    }

    /// Overwrites a note; if a meeting is given, only one of its notes.
    static let overwrite = Statement<(id: ID<Note>, values: Patch<Note>, meeting: ID<Meeting>?), ID<Note>>(
        "note.overwrite"
    ) { p in
        let (id, values) = (p.id, p.values.replacements)
        return """
            WITH touched AS (UPDATE timeline_event SET updated_at = now()
            WHERE tenant_id = \(p.tenant) AND id = \(id) AND kind = 'NOTE' AND state <> 'ARCHIVED'
            RETURNING tenant_id, id)
            UPDATE note n SET id = n.id\(values) FROM touched
            WHERE n.tenant_id = touched.tenant_id AND n.id = touched.id
            AND (\(p.meeting) IS NULL OR n.meeting_id = \(p.meeting)) RETURNING n.id
            """
    }

    static let delete = Statement<ID<Note>, Void>("note.delete") { id in
        "DELETE FROM timeline_event WHERE tenant_id = \(id.tenant) AND id = \(id.value) AND kind = 'NOTE'"
    }
}
