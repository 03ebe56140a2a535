internal import GraphQL
internal import Postgres

/// `emailReplaceFor…`: replaces one address by another, which inherits its label and whether it is primary. Without a
/// new address, the old one is only removed.
final class ReplaceEmail: LinkMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String? {
        let input = arguments.input
        let text = link.channel.text(input)
        let previous = (arguments.text("previousEmail") ?? "").trimmingBlanks
        let verb = link.owner.argument == ReachOwner.contact.argument ? "replace" : "merge"
        guard !text.isEmpty || !previous.isEmpty else {
            throw FieldError("Failed to \(verb) email: an address is needed", code: .badUserInput, field: "input.email")
        }
        guard let owner = try await link.owner.lock(arguments, transaction, context) else {
            throw FieldError("Failed to \(verb) email \(text)", code: .notFound, field: link.owner.argument)
        }
        let old = previous.isEmpty ? nil : try await link.find(previous, of: owner, transaction, context)
        guard !text.isEmpty else {
            if let old { try await link.remove(id: old.child, from: owner, transaction, context) }
            return nil
        }
        let child = try await link.channel.merge(input, transaction, context)
        let inherited = old?.isPrimary == true ? true : nil
        let primary = input.flag("primary") ?? inherited
        let label = input.text("label") ?? old?.label
        if let old, old.child != child {
            try await link.replace(old.child, by: child, on: owner, primary: primary, label: label, transaction, context)
        } else {
            try await link.put(child, on: owner, primary: primary, label: label, transaction, context)
        }
        return child
    }
}
