internal import Records

/// `interactionEvent_LinkAttachment`. Repeating it changes nothing.
struct LinkInteractionEventAttachment: Change {
    static let fields = ["interactionEvent_LinkAttachment"]

    struct Input: Decodable {
        let eventId: ID<InteractionEvent>
        let attachmentId: ID<Attachment>
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Outcome {
        _ = try await AttachmentLink(input.eventId, "eventId", input.attachmentId).add(change)
        return .done
    }
}

/// `interactionSession_LinkAttachment`. Repeating it changes nothing.
struct LinkInteractionSessionAttachment: Change {
    static let fields = ["interactionSession_LinkAttachment"]

    struct Input: Decodable {
        let sessionId: ID<InteractionSession>
        let attachmentId: ID<Attachment>
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<InteractionSession> {
        try await AttachmentLink(input.sessionId, "sessionId", input.attachmentId).add(change)
    }
}
