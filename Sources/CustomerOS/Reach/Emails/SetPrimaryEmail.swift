internal import GraphQL
internal import Postgres

/// `emailSetPrimaryForContact`: makes one address the only primary one. An address that the contact does not have
/// changes nothing.
final class SetPrimaryEmail: OutcomeMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        let link = ReachLink.contactEmails
        let text = (arguments.text("email") ?? "").trimmingBlanks
        guard let owner = try await link.owner.lock(arguments, transaction, context) else {
            throw FieldError(
                "Could not set email \(text) as primary for contact \(arguments.text(link.owner.argument) ?? "")", code: .notFound,
                field: link.owner.argument)
        }
        guard !text.isEmpty, let found = try await link.find(text, of: owner, transaction, context) else { return .done }
        _ = try await link.overwrite(found.child, of: owner, primary: true, label: found.label, transaction, context)
        return .done
    }
}
