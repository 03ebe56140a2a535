internal import GraphQL
internal import Postgres
internal import Records

/// Links an attachment to an event, or unlinks it.
struct AttachmentLink: Sendable {
    enum Relation: String, Sendable {
        case includes = "INCLUDES"
        case recording = "RECORDING"
    }

    let kind: TimelineKind
    /// The argument that names the event.
    let argument: String
    let relation: Relation
    let isAdded: Bool

    static func add(_ kind: TimelineKind, _ argument: String, _ relation: Relation = .includes) -> AttachmentLink {
        AttachmentLink(kind: kind, argument: argument, relation: relation, isAdded: true)
    }

    static func remove(_ kind: TimelineKind, _ argument: String, _ relation: Relation = .includes) -> AttachmentLink {
        AttachmentLink(kind: kind, argument: argument, relation: relation, isAdded: false)
    }

    private static let shareAttachment = StatementText(
        "attachment.share", "SELECT id FROM attachment WHERE tenant_id = $1 AND id = $2::uuid FOR KEY SHARE")

    /// `$2` event, `$3` attachment, `$4` relation.
    private static let insert = StatementText(
        "timeline_event_attachment.insert",
        """
        INSERT INTO timeline_event_attachment (tenant_id, timeline_event_id, attachment_id, relation) VALUES ($1, $2::uuid, $3::uuid, $4) \
        ON CONFLICT DO NOTHING
        """)

    private static let delete = StatementText(
        "timeline_event_attachment.remove",
        """
        DELETE FROM timeline_event_attachment \
        WHERE tenant_id = $1 AND timeline_event_id = $2::uuid AND attachment_id = $3::uuid AND relation = $4
        """)

    /// - Returns: The id of the event.
    /// - Throws: `FieldError` if there is no such event, or no such attachment.
    func apply(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let event = arguments.text(argument) ?? ""
        let attachment = arguments.text("attachmentId") ?? ""
        guard try await TimelineTable.isThere(event, kind, transaction, context) else {
            throw FieldError("\(kind.typeName) with id \(event) not found", code: .notFound, field: argument)
        }
        guard UUIDKey.isValid(attachment),
            try await transaction.run(Query(Self.shareAttachment, [context.tenantParameter, .text(attachment)]), context).rowCount == 1
        else { throw FieldError("Attachment with id \(attachment) not found", code: .notFound, field: "attachmentId") }
        try await transaction.run(
            Query(
                isAdded ? Self.insert : Self.delete,
                [context.tenantParameter, .text(event), .text(attachment), .text(relation.rawValue)]), context)
        return event
    }
}

/// `…_LinkAttachment`, `…_UnlinkAttachment`, `…_LinkRecording`, `…_UnlinkRecording`, which return the event.
final class LinkAttachment: ObjectMutation, @unchecked Sendable {
    private let link: AttachmentLink

    init(_ link: AttachmentLink) { self.link = link }

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        try await link.apply(arguments, transaction, context)
    }
}

/// `interactionEvent_LinkAttachment`.
final class LinkAttachmentToEvent: OutcomeMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        _ = try await AttachmentLink.add(.interactionEvent, "eventId").apply(arguments, transaction, context)
        return .done
    }
}
