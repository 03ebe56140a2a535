internal import GraphQL
internal import Postgres
internal import Records

/// The participants an interaction's input can name, in order of precedence.
private let interactionChoices: [(member: String, subject: EventParticipants.Subject)] = [
    ("userID", .user), ("contactID", .contact), ("email", .email), ("phoneNumber", .phoneNumber),
]

/// `interactionEvent_Create`: a message, a call, or a part of one.
final class CreateInteractionEvent: TimelineMutation, @unchecked Sendable {
    private static let failure = "Failed to create interaction event"

    /// `$2` session, `$3` meeting, `$4` the event replied to: those that exist.
    private static let relatives = StatementText(
        "interaction_event.relatives",
        """
        SELECT (SELECT id FROM interaction_session_record WHERE tenant_id = $1 AND id = $2::uuid AND state <> 'ARCHIVED'), \
        (SELECT id FROM meeting_record WHERE tenant_id = $1 AND id = $3::uuid AND state <> 'ARCHIVED'), \
        (SELECT id FROM interaction_event_record WHERE tenant_id = $1 AND id = $4::uuid AND state <> 'ARCHIVED')
        """)

    private static let insert = StatementText(
        "interaction_event.insert",
        """
        INSERT INTO interaction_event (tenant_id, id, interaction_session_id, meeting_id, replies_to_id, identifier, internal_identifier, \
        event_type, channel, channel_data, content, content_type) VALUES ($1, $2::uuid, $3::uuid, $4::uuid, $5::uuid, coalesce($6, ''), $7, \
        coalesce($8, ''), coalesce($9, ''), coalesce($10, ''), $11, $12)
        """)

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let input = arguments.values.object("event") ?? InputObject()
        var writer = EventWriter(.interactionEvent, Self.failure, transaction, context)
        try writer.participants.add(input["sentBy"], interactionChoices, role: "SENT_BY", field: "event.sentBy")
        try writer.participants.add(input["sentTo"], interactionChoices, role: "SENT_TO", field: "event.sentTo")
        let relatives = try await relatives(input, transaction, context)
        writer.containers = relatives.prefix(2).compactMap { $0 }
        let texts = [
            "eventIdentifier", "customerOSInternalIdentifier", "eventType", "channel", "channelData", "content", "contentType",
        ]
        var details = [
            Query(
                Self.insert,
                [context.tenantParameter, .text(writer.id)] + relatives.map(Parameter.init(text:)) + texts.map { Parameter(input[$0]) })
        ]
        if let link = try externalLink(writer.id, input, context) { details.append(link) }
        try await writer.write(appSource: input.text("appSource"), createdAt: Parameter(input["createdAt"]), details: details)
        return writer.id
    }

    /// The session, meeting and event replied to, if named.
    private func relatives(_ input: InputObject, _ transaction: Transaction, _ context: RequestContext) async throws -> [String?] {
        let names = [("interactionSession", "session"), ("meetingId", "meeting"), ("repliesTo", "parent")]
        let ids = names.map { name in input.text(name.0).flatMap { $0.isEmpty ? nil : $0 } }
        guard ids.contains(where: { $0 != nil }) else { return ids }
        let valid = ids.map { id in id.flatMap { UUIDKey.isValid($0) ? $0 : nil } }
        let found = try await transaction.run(
            Query(Self.relatives, [context.tenantParameter] + valid.map(Parameter.init(text:))), context)
        for (column, name) in names.enumerated() where ids[column] != nil && found.text(0, column) == nil {
            throw FieldError("\(Self.failure): \(name.1) not found", code: .notFound, field: "event.\(name.0)")
        }
        return valid
    }

    private func externalLink(_ event: String, _ input: InputObject, _ context: RequestContext) throws(FieldError) -> Query? {
        let system = input.text("externalSystemId") ?? ""
        let externalID = input.text("externalId") ?? ""
        if system.isEmpty, externalID.isEmpty { return nil }
        guard !externalID.isEmpty else {
            throw FieldError("\(Self.failure): externalSystemId needs externalId too", code: .badUserInput, field: "event.externalId")
        }
        guard let name = ExternalSystemType.name(system) else {
            throw FieldError(
                "\(Self.failure): externalSystemId must be one of the values of ExternalSystemType", code: .badUserInput,
                field: "event.externalSystemId")
        }
        return TimelineTable.externalLink(of: event, system: name, externalID, context)
    }
}

/// `interactionSession_Create`: a conversation that events can be part of.
final class CreateInteractionSession: TimelineMutation, @unchecked Sendable {
    private static let insert = StatementText(
        "interaction_session.insert",
        """
        INSERT INTO interaction_session (tenant_id, id, identifier, name, status, type, channel, channel_data) \
        VALUES ($1, $2::uuid, coalesce($3, ''), $4, $5, coalesce($6, ''), coalesce($7, ''), coalesce($8, ''))
        """)

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let input = arguments.values.object("session") ?? InputObject()
        var writer = EventWriter(.interactionSession, "Failed to create interaction session", transaction, context)
        try writer.participants.add(input["attendedBy"], interactionChoices, role: "ATTENDED_BY", field: "session.attendedBy")
        let texts = ["sessionIdentifier", "name", "status", "type", "channel", "channelData"].map { Parameter(input[$0]) }
        try await writer.write(
            appSource: input.text("appSource"), details: [Query(Self.insert, [context.tenantParameter, .text(writer.id)] + texts)])
        return writer.id
    }
}

/// `issue_Create`: a support ticket.
final class CreateIssue: TimelineMutation, @unchecked Sendable {
    private static let insert = StatementText(
        "issue.insert",
        """
        INSERT INTO issue (tenant_id, id, subject, status, priority, description) \
        VALUES ($1, $2::uuid, coalesce($3, ''), coalesce($4, ''), coalesce($5, ''), coalesce($6, ''))
        """)

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let input = arguments.input
        var writer = EventWriter(.issue, "Failed to create issue", transaction, context)
        let people: [(member: String, subject: EventParticipants.Subject, role: String)] = [
            ("reportedByContactId", .contact, "REPORTED_BY"), ("organizationId", .organization, "REPORTED_BY"),
            ("submittedByUserId", .user, "SUBMITTED_BY"),
        ]
        for person in people {
            guard let id = input.text(person.member), !id.isEmpty else { continue }
            writer.participants.add(person.subject, id, role: person.role, field: "input.\(person.member)")
        }
        let texts = ["subject", "status", "priority", "description"].map { Parameter(input[$0]) }
        try await writer.write(
            appSource: input.text("appSource"), createdAt: Parameter(input["createdAt"]),
            details: [Query(Self.insert, [context.tenantParameter, .text(writer.id)] + texts)])
        return writer.id
    }
}
