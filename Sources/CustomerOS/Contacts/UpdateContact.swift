internal import GraphQL
internal import Postgres
internal import Records

/// `contact_Update`: what is absent or null is kept, an empty text clears.
final class UpdateContact: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        var input = arguments.input
        let id = input.text("id") ?? ""
        let tenant = context.tenantParameter
        guard UUIDKey.isValid(id) else { throw Self.missing(id) }
        let stored = try await transaction.run(Query(ContactTable.lock, [tenant, .text(id)]), context)
        guard stored.rowCount == 1 else { throw Self.missing(id) }
        try input.normalize("timezone", as: "input.timezone", failure: "Failed to update contact \(id)", by: TimeZoneName.normal)
        let names = ContactName(name: stored.text(0, 0) ?? "", first: stored.text(0, 1) ?? "", last: stored.text(0, 2) ?? "")
            .changed(by: input)
        let values: [Parameter] = [tenant, .text(id), .text(names.name), .text(names.first), .text(names.last)]
        try await transaction.run(Query(ContactTable.update, values + ContactTable.patch.parameters(input)), context)
        return id
    }

    private static func missing(_ id: String) -> FieldError { FieldError("Failed to update contact \(id)", code: .notFound) }
}
