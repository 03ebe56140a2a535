internal import GraphQL
internal import Postgres
internal import Records

/// Participants of events: e-mail addresses, phone numbers, contacts, users, organizations, job roles. Each is a row of
/// one table; the column that is set determines its type.
enum Participants {
    static let entities = [
        entity("EmailParticipant", "emailParticipant", "email_id", "t.email_id", "email"),
        entity("PhoneNumberParticipant", "phoneNumberParticipant", "phone_number_id", "t.phone_number_id", "phone_number"),
        entity("ContactParticipant", "contactParticipant", "contact_id", "t.contact_id", "contact"),
        entity("UserParticipant", "userParticipant", "user_id", "t.user_id", "app_user"),
        entity("OrganizationParticipant", "organizationParticipant", "organization_id", "t.organization_id", "organization"),
        entity("JobRoleParticipant", "jobRoleParticipant", "job_role_id", "t.job_role_id", "job_role"),
    ]

    private static func entity(_ typeName: String, _ field: String, _ column: String, _ expression: SQL, _ table: SQL) -> Entity {
        Entity(
            typeName, table: "timeline_event_participant", columns: [column: expression],
            fields: [.relation(field, .toOne(column, table)), .column("type", "nullif(t.type, '')", .text)])
    }

    fileprivate static let typeName: SQL = """
        CASE WHEN t.email_id IS NOT NULL THEN 'EmailParticipant' WHEN t.phone_number_id IS NOT NULL THEN 'PhoneNumberParticipant' \
        WHEN t.contact_id IS NOT NULL THEN 'ContactParticipant' WHEN t.user_id IS NOT NULL THEN 'UserParticipant' \
        WHEN t.organization_id IS NOT NULL THEN 'OrganizationParticipant' ELSE 'JobRoleParticipant' END
        """

    /// The visible subject of a participant.
    fileprivate static let subjects: SQL = """
        LEFT JOIN contact c ON c.tenant_id = t.tenant_id AND c.id = t.contact_id \
        LEFT JOIN app_user u ON u.tenant_id = t.tenant_id AND u.id = t.user_id \
        LEFT JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id
        """

    /// Archived subjects are not shown.
    fileprivate static let areVisible: SQL = """
        coalesce(c.state, 'LIVE') IN ('LIVE', 'HIDDEN') AND coalesce(u.state, 'LIVE') = 'LIVE' \
        AND coalesce(o.state, 'LIVE') IN ('LIVE', 'HIDDEN')
        """
}

extension UnionRelation {
    /// The participants of an event in a role.
    static func participants(_ role: SQL, cardinality: Relation.Cardinality = .many) -> UnionRelation {
        UnionRelation(
            from: "timeline_event_participant t \(Participants.subjects)", key: "t.timeline_event_id", tenant: "t.tenant_id",
            typeName: Participants.typeName, condition: "t.role = '\(role)' AND \(Participants.areVisible)",
            order: "t.position, t.subject_id", cardinality: cardinality)
    }

    /// The participants of a session or of its events, each once.
    static let attendeesOfSession = UnionRelation(
        from: """
            (SELECT DISTINCT ON (s.session_id, p.subject_id) s.session_id, s.place, p.* FROM (\
            SELECT id AS session_id, id AS event_id, 0 AS place FROM interaction_session WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) \
            UNION ALL SELECT interaction_session_id, id, 1 FROM interaction_event_record \
            WHERE tenant_id = $1 AND interaction_session_id = ANY ($2::uuid[]) AND state = 'LIVE') s \
            JOIN timeline_event_participant p ON p.tenant_id = $1 AND p.timeline_event_id = s.event_id \
            AND p.role IN ('ATTENDED_BY', 'SENT_BY', 'SENT_TO') ORDER BY s.session_id, p.subject_id, s.place, p.position) t \
            \(Participants.subjects)
            """,
        key: "t.session_id", tenant: "t.tenant_id", typeName: Participants.typeName, condition: Participants.areVisible,
        order: "t.place, t.position, t.subject_id", cardinality: .many)
}
