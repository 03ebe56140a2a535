internal import GraphQL
internal import Postgres
internal import Records

/// An attachment's link with an event.
struct AttachmentLink<Event: EventRecord> {
    private let event: ID<Event>
    /// The argument that names the event.
    private let argument: String
    private let attachment: ID<Attachment>
    private let relation: AttachmentRelation

    init(
        _ event: ID<Event>, _ argument: String, _ attachment: ID<Attachment>,
        as relation: AttachmentRelation = .includes
    ) {
        self.event = event
        self.argument = argument
        self.attachment = attachment
        self.relation = relation
    }

    /// Adds it. Repeating it changes nothing.
    /// - Throws: `NOT_FOUND` if there is no such event, or no such attachment.
    func add(_ change: Changing) async throws -> Written<Event> { try await run(AttachmentStatements.insert, change) }

    /// Removes it; the attachment itself is kept.
    /// - Throws: `NOT_FOUND` if there is no such event, or no such attachment.
    func remove(_ change: Changing) async throws -> Written<Event> {
        try await run(AttachmentStatements.delete, change)
    }

    private func run(_ statement: Statement<AttachmentStatements.Link, Void>, _ change: Changing) async throws
        -> Written<Event>
    {
        _ = try await Event.hold(event, argument, "\(Event.type.name) with id \(event) not found", change)
        guard !attachment.isNobody, try await !change.run(Attachment.share, attachment).isEmpty else {
            throw FieldError("Attachment with id \(attachment) not found", code: .notFound, field: "attachmentId")
        }
        try await change.run(statement, (event.event, attachment, relation))
        return Written(event)
    }
}

/// What an attachment is to an event.
enum AttachmentRelation: String, ParameterValue {
    case includes = "INCLUDES"
    case recording = "RECORDING"
}

/// The statements that write the links of attachments with events.
private enum AttachmentStatements {
    typealias Link = (event: ID<TimelineEvent>, attachment: ID<Attachment>, relation: AttachmentRelation)

    static let insert = Statement<Link, Void>("timeline_event_attachment.insert") { p in
        """
        INSERT INTO timeline_event_attachment (tenant_id, timeline_event_id, attachment_id, relation)
        VALUES (\(p.tenant), \(p.event), \(p.attachment), \(bare: p.relation)) ON CONFLICT DO NOTHING
        """
    }

    static let delete = Statement<Link, Void>("timeline_event_attachment.remove") { p in
        """
        DELETE FROM timeline_event_attachment WHERE tenant_id = \(p.tenant) AND timeline_event_id = \(p.event)
        AND attachment_id = \(p.attachment) AND relation = \(bare: p.relation)
        """
    }
}
