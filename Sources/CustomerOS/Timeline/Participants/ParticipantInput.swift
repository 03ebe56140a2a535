internal import Records

/// An input that names a participant in one of several ways.
protocol ParticipantInput: Decodable {
    /// In order of precedence.
    var choices: [ParticipantChoice] { get }
    var type: String? { get }
}

/// A member of an input that can name a participant.
struct ParticipantChoice {
    let member: String
    let subject: EventParticipants.Subject
    let text: String?
}

/// `InteractionEventParticipantInput` and `InteractionSessionParticipantInput`.
struct InteractionParticipant: ParticipantInput {
    let email: String?
    let phoneNumber: String?
    let contactID: ID<Contact>?
    let userID: ID<User>?
    let type: String?

    var choices: [ParticipantChoice] {
        [
            ParticipantChoice(member: "userID", subject: .user, text: userID?.text),
            ParticipantChoice(member: "contactID", subject: .contact, text: contactID?.text),
            ParticipantChoice(member: "email", subject: .email, text: email),
            ParticipantChoice(member: "phoneNumber", subject: .phoneNumber, text: phoneNumber),
        ]
    }
}

/// `MeetingParticipantInput`.
struct MeetingParticipant: ParticipantInput {
    let contactId: ID<Contact>?
    let userId: ID<User>?
    let organizationId: ID<Organization>?

    var type: String? { nil }

    var choices: [ParticipantChoice] {
        [
            ParticipantChoice(member: "contactId", subject: .contact, text: contactId?.text),
            ParticipantChoice(member: "userId", subject: .user, text: userId?.text),
            ParticipantChoice(member: "organizationId", subject: .organization, text: organizationId?.text),
        ]
    }
}
