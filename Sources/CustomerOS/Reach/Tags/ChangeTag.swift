internal import GraphQL
internal import Postgres
internal import Records

/// `tag_Create`: creates a tag, or finds the one with that name, unchanged.
final class CreateTag: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let input = arguments.input
        let name = Name.normal(input.text("name") ?? "")
        guard !name.isEmpty else {
            throw FieldError("Failed to create tag: a name is needed", code: .badUserInput, field: "input.name")
        }
        return try await TagTable.merge(
            name, color: input.text("colorCode"), entityType: input.text("entityType"), transaction, context)
    }
}

/// `tag_Update`: changes the given values of a tag. An empty name changes nothing.
final class UpdateTag: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let input = arguments.input
        let id = input.text("id") ?? ""
        let name = Name.normal(input.text("name") ?? "")
        let color = input.text("colorCode")
        guard let found = try await TagTable.find(id: id, transaction, context) else {
            throw FieldError("Failed to update tag \(id)", code: .notFound, field: "input.id")
        }
        guard !name.isEmpty || color != nil else { return found }
        do {
            try await update(found, name: name.isEmpty ? nil : name, color: color, transaction, context)
        } catch let error as PostgresError where error.condition == .uniqueViolation {
            throw FieldError("Failed to update tag \(id): another tag has that name", code: .conflict, field: "input.name")
        }
        return found
    }

    private func update(
        _ id: String, name: String?, color: String?, _ transaction: Transaction, _ context: RequestContext
    ) async throws {
        let parameters: [Parameter] = [context.tenantParameter, .text(id), Parameter(text: name), Parameter(text: color)]
        try await transaction.run(Query(TagTable.update, parameters), context)
    }
}

/// `tag_Delete`: deletes a tag and removes it from everything. Succeeds even if there is none.
final class DeleteTag: OutcomeMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        if let id = arguments.text("id"), UUIDKey.isValid(id) {
            try await transaction.run(Query(TagTable.delete, [context.tenantParameter, .text(id)]), context)
        }
        return .done
    }
}
