internal import GraphQL
internal import Postgres
internal import Records

/// `phoneNumberUpdateIn…`: replaces the details of an owner's number. Another number in the input replaces it.
final class UpdatePhoneNumberLink: LinkMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String? {
        let input = arguments.input
        var child = input.text("id") ?? ""
        let missing = FieldError(
            "Could not update phone number \(child) for \(link.owner.word) \(arguments.text(link.owner.argument) ?? "")", code: .notFound)
        guard UUIDKey.isValid(child), let owner = try await link.owner.lock(arguments, transaction, context) else { throw missing }
        let isPrimary = input.flag("primary") ?? false
        let label = input.text("label")
        guard try await link.overwrite(child, of: owner, primary: isPrimary, label: label, transaction, context) else { throw missing }
        guard !link.channel.text(input).isEmpty else { return child }
        let other = try await link.channel.merge(input, transaction, context)
        if other.lowercased() != child.lowercased() {
            try await link.replace(child, by: other, on: owner, primary: isPrimary, label: label, transaction, context)
            child = other
        }
        return child
    }
}
