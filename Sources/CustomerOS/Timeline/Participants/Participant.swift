internal import GraphQL
internal import Postgres
internal import Records

/// The participants of events: e-mail addresses, phone numbers, contacts, users, organizations and job roles. Each is a
/// row of one table; the column that is set determines its type.
enum Participant {
    /// The object type of participants of one kind.
    /// - Parameters:
    ///   - field: The field with the subject.
    ///   - column: The column with its id.
    static func type<R: RecordKind>(_ name: String, _ field: String, _ subject: R.Type, by column: SQL) -> RecordType {
        let column = Column(column, .id)
        return RecordType(
            name, table: "timeline_event_participant", columns: [column.name.text: column.read],
            fields: [.toOne(field, subject, by: column), .value("type", "nullif(t.type, '')", .text)])
    }

    // MARK: Those of each kind of event

    static let ofInteractionEvents: [any RecordKind.Type] =
        ofSessions + [OrganizationParticipant.self, JobRoleParticipant.self]
    static let ofSessions: [any RecordKind.Type] = [
        EmailParticipant.self, PhoneNumberParticipant.self, ContactParticipant.self, UserParticipant.self,
    ]
    static let ofMeetings: [any RecordKind.Type] = ofIssues + [EmailParticipant.self]
    static let ofIssues: [any RecordKind.Type] = [
        ContactParticipant.self, UserParticipant.self, OrganizationParticipant.self,
    ]

    fileprivate static let typeName: SQL = """
        CASE WHEN t.email_id IS NOT NULL THEN 'EmailParticipant' \
        WHEN t.phone_number_id IS NOT NULL THEN 'PhoneNumberParticipant' \
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

/// An e-mail address that took part in an event.
enum EmailParticipant: RecordKind {
    static let type = Participant.type("EmailParticipant", "emailParticipant", Email.self, by: "email_id")
}

/// A phone number that took part in an event.
enum PhoneNumberParticipant: RecordKind {
    static let type = Participant.type(
        "PhoneNumberParticipant", "phoneNumberParticipant", PhoneNumber.self, by: "phone_number_id")
}

/// A contact who took part in an event.
enum ContactParticipant: RecordKind {
    static let type = Participant.type("ContactParticipant", "contactParticipant", Contact.self, by: "contact_id")
}

/// A user who took part in an event.
enum UserParticipant: RecordKind {
    static let type = Participant.type("UserParticipant", "userParticipant", User.self, by: "user_id")
}

/// An organization that took part in an event.
enum OrganizationParticipant: RecordKind {
    static let type = Participant.type(
        "OrganizationParticipant", "organizationParticipant", Organization.self, by: "organization_id")
}

/// A contact who took part in an event in one of its job roles.
enum JobRoleParticipant: RecordKind {
    static let type = Participant.type("JobRoleParticipant", "jobRoleParticipant", JobRole.self, by: "job_role_id")
}

extension UnionRelation {
    /// The participants of an event in a role.
    static func participants(_ role: SQL, cardinality: Relation.Cardinality = .many) -> UnionRelation {
        UnionRelation(
            from: "timeline_event_participant t \(Participant.subjects)", key: "t.timeline_event_id",
            tenant: "t.tenant_id",
            typeName: Participant.typeName, condition: "t.role = '\(role)' AND \(Participant.areVisible)",
            order: "t.position, t.subject_id", cardinality: cardinality)
    }

    /// The participants of a session or of its events, each once.
    static let attendeesOfSession = UnionRelation(
        from: """
            (SELECT DISTINCT ON (s.session_id, p.subject_id) s.session_id, s.place, p.* FROM (\
            SELECT id AS session_id, id AS event_id, 0 AS place FROM interaction_session \
            WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) \
            UNION ALL SELECT interaction_session_id, id, 1 FROM interaction_event_record \
            WHERE tenant_id = $1 AND interaction_session_id = ANY ($2::uuid[]) AND state = 'LIVE') s \
            JOIN timeline_event_participant p ON p.tenant_id = $1 AND p.timeline_event_id = s.event_id \
            AND p.role IN ('ATTENDED_BY', 'SENT_BY', 'SENT_TO') \
            ORDER BY s.session_id, p.subject_id, s.place, p.position) t \
            \(Participant.subjects)
            """,
        key: "t.session_id", tenant: "t.tenant_id", typeName: Participant.typeName, condition: Participant.areVisible,
        order: "t.place, t.position, t.subject_id", cardinality: .many)
}
