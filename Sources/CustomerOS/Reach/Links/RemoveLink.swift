internal import GraphQL
internal import Postgres
internal import Records

/// `emailRemoveFrom…` and `phoneNumberRemoveFrom…`: unlinks an address from an owner. Succeeds even if the owner does
/// not have it. The address itself is kept, for its other owners and its events.
final class RemoveLink: OutcomeMutation, @unchecked Sendable {
    /// How the address is given: by text, or by id.
    enum Name: Sendable {
        case text(argument: String)
        case id
    }

    private let link: ReachLink
    private let name: Name

    init(_ link: ReachLink, by name: Name) {
        self.link = link
        self.name = name
    }

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        guard let owner = try await link.owner.lock(arguments, transaction, context) else { return try miss(arguments) }
        switch name {
        case .text(let argument):
            let text = (arguments.text(argument) ?? "").trimmingBlanks
            if !text.isEmpty { try await link.remove(text, from: owner, transaction, context) }
        case .id:
            let id = arguments.text("id") ?? ""
            if UUIDKey.isValid(id) { try await link.remove(id: id, from: owner, transaction, context) }
        }
        return .done
    }

    /// The answer if there is no such owner.
    private func miss(_ arguments: Arguments) throws(FieldError) -> MutationOutcome {
        let owner = "\(link.owner.word) with id \(arguments.text(link.owner.argument) ?? "")"
        let message: String
        switch (link.channel, name) {
        case (.email, .text(let argument)):
            let text = arguments.text(argument) ?? ""
            let id = arguments.text(link.owner.argument) ?? ""
            return .result(
                false,
                remark: FieldError(
                    "Could not remove email \(text) from \(link.owner.word) \(id)", code: .notFound, field: link.owner.argument))
        case (.phoneNumber, .text(let argument)):
            message = "Could not remove phone number by e164 \(arguments.text(argument) ?? "") from \(owner)"
        case (_, .id): message = "Could not remove phone number by id \(arguments.text("id") ?? "") from \(owner)"
        }
        throw FieldError(message, code: .notFound, field: link.owner.argument)
    }
}
