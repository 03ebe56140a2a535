internal import GraphQL
internal import Postgres
internal import Records

/// `tag_Create`: creates a tag, or finds the one with that name, unchanged.
struct CreateTag: Change {
    static let fields = ["tag_Create"]
    static let ignored = ["appSource"]

    struct Input: Decodable {
        let name: String
        let colorCode: String?
        let entityType: EntityType?
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Tag> {
        let name = Name.normal(input.name)
        guard !name.isEmpty else {
            throw FieldError("Failed to create tag: a name is needed", code: .badUserInput, field: "input.name")
        }
        return Written(try await TagWriter(change).merge(name, color: input.colorCode, entityType: input.entityType))
    }
}

/// `tag_Update`: changes the given values of a tag. An empty name changes nothing.
struct UpdateTag: Change {
    static let fields = ["tag_Update"]

    struct Input: Decodable {
        let id: ID<Tag>
        let name: String?
        let colorCode: String?
    }

    private static let update = Statement<(id: ID<Tag>, name: String?, color: String?), Void>("tag.update") { p in
        let (id, name, color) = (p.id, p.name, p.color)
        return """
            UPDATE tag SET name = coalesce(\(bare: name), name), color_code = coalesce(\(bare: color), color_code), updated_at = now()
            WHERE tenant_id = \(p.tenant) AND id = \(id)
            """
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<Tag> {
        guard let id = try await TagWriter(change).find(input.id) else {
            throw FieldError("Failed to update tag \(input.id)", code: .notFound, field: "input.id")
        }
        let name = Name.normal(input.name ?? "")
        guard !name.isEmpty || input.colorCode != nil else { return Written(id) }
        do {
            try await change.run(Self.update, (id, name.isEmpty ? nil : name, input.colorCode))
        } catch let error as PostgresError where error.condition == .uniqueViolation {
            throw FieldError("Failed to update tag \(input.id): another tag has that name", code: .conflict, field: "input.name")
        }
        return Written(id)
    }
}

/// `tag_Delete`: deletes a tag and removes it from everything. Succeeds even if there is none.
struct DeleteTag: Change {
    static let fields = ["tag_Delete"]

    struct Input: Decodable { let id: ID<Tag> }

    private static let delete = Statement<ID<Tag>, Void>("tag.delete") { id in
        "DELETE FROM tag WHERE tenant_id = \(id.tenant) AND id = \(id.value)"
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Outcome {
        if !input.id.isNobody { try await change.run(Self.delete, input.id) }
        return .done
    }
}
