internal import Postgres
internal import Records

/// `interactionSession_Create`: a conversation that events can be part of.
struct CreateInteractionSession: Change {
    static let fields = ["interactionSession_Create"]

    struct Input: Decodable { let session: NewSession }

    struct NewSession: Decodable {
        let attendedBy: [InteractionParticipant]?
        let appSource: String
        let values: Patch<InteractionSession>
    }

    private static let insert = Statement<(id: ID<InteractionSession>, values: Patch<InteractionSession>), Void>(
        "interaction_session.insert"
    ) { p in
        """
        INSERT INTO interaction_session (tenant_id, id\(p.values.columns))
        VALUES (\(p.tenant), \(p.id)\(p.values.values))
        """
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<InteractionSession> {
        let session = input.session
        var writer = EventWriter(InteractionSession.self, "Failed to create interaction session", change)
        try writer.participants.add(session.attendedBy, role: "ATTENDED_BY", field: "session.attendedBy")
        try await writer.write(appSource: session.appSource, details: [Self.insert.with((writer.id, session.values))])
        return Written(writer.id)
    }
}
