internal import GraphQL
internal import Postgres

/// `emailMergeTo…` and `phoneNumberMergeTo…`: gives an owner an address, created if new, or changes the link to it.
final class MergeLink: LinkMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String? {
        let input = arguments.input
        let text = link.channel.text(input)
        guard !text.isEmpty else {
            switch link.channel {
            case .email: throw FieldError("Failed to merge email: an address is needed", code: .badUserInput, field: "input.email")
            case .phoneNumber:
                throw FieldError("Failed to create phone number: a number is needed", code: .badUserInput, field: "input.phoneNumber")
            }
        }
        guard let owner = try await link.owner.lock(arguments, transaction, context) else {
            let id = arguments.text(link.owner.argument) ?? ""
            let message =
                link.channel == .email ? "Failed to merge email \(text)" : "Failed to add phone number \(text) to \(link.owner.word) \(id)"
            throw FieldError(message, code: .notFound, field: link.owner.argument)
        }
        let child = try await link.channel.merge(input, transaction, context)
        try await link.put(child, on: owner, primary: input.flag("primary"), label: input.text("label"), transaction, context)
        return child
    }
}
