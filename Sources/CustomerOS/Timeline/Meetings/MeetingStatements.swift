internal import GraphQL
internal import Postgres
internal import Records

/// The statements that write meetings.
enum MeetingStatements {
    static let insert = Statement<(id: ID<Meeting>, values: Patch<Meeting>), Void>("meeting.insert") { p in
        "INSERT INTO meeting (tenant_id, id\(p.values.columns)) VALUES (\(p.tenant), \(p.id)\(p.values.values))"
    }

    /// The start is kept if it is nil.
    static let update = Statement<(id: ID<Meeting>, startedAt: Time?, values: Patch<Meeting>), ID<Meeting>>(
        "meeting.update"
    ) { p in
        let (id, startedAt) = (p.id, p.startedAt)
        return """
            WITH touched AS (UPDATE timeline_event
            SET updated_at = now(), started_at = coalesce(\(startedAt), started_at)
            WHERE tenant_id = \(p.tenant) AND id = \(id) AND kind = 'MEETING' AND state <> 'ARCHIVED'
            RETURNING tenant_id, id)
            UPDATE meeting SET id = meeting.id\(p.values.assignments(of: "meeting")) FROM touched
            WHERE meeting.tenant_id = touched.tenant_id AND meeting.id = touched.id RETURNING meeting.id
            """
    }

    static let insertLocation = Statement<(meeting: ID<Meeting>, location: ID<Location>), Void>(
        "meeting_location.insert"
    ) { p in
        let (meeting, location) = (p.meeting, p.location)
        return """
            WITH made AS (INSERT INTO location (tenant_id, id) VALUES (\(p.tenant), \(location))
            RETURNING tenant_id, id)
            INSERT INTO meeting_location (tenant_id, meeting_id, location_id) SELECT tenant_id, \(meeting), id FROM made
            """
    }
}

extension Meeting {
    static func missing(_ id: ID<Meeting>) -> FieldError {
        FieldError(missingMessage(id), code: .notFound, field: "meetingId")
    }

    /// Finds a meeting, which cannot be deleted until the change is done.
    /// - Throws: `NOT_FOUND` if there is none.
    static func hold(_ id: ID<Meeting>, _ change: Changing) async throws {
        _ = try await hold(id, "meetingId", missingMessage(id), change)
    }

    private static func missingMessage(_ id: ID<Meeting>) -> String { "Meeting with id \(id) not found" }
}
