internal import GraphQL
internal import Records

/// A record whose tags change, as an input names it.
struct TagSubject {
    let id: ID<TaggedRecord>
    let type: EntityType
    /// What messages call it.
    let word: String
    /// The path of its id in the arguments.
    let field: String

    /// A record of any kind.
    static func entity(_ id: ID<TaggedRecord>, _ type: EntityType) -> TagSubject {
        TagSubject(id: id, type: type, word: "entity", field: "input.entityId")
    }

    static func organization(_ id: ID<TaggedRecord>) -> TagSubject {
        TagSubject(id: id, type: .organization, word: "organization", field: "input.organizationId")
    }

    static func contact(_ id: ID<TaggedRecord>) -> TagSubject {
        TagSubject(id: id, type: .contact, word: "contact", field: "input.contactId")
    }

    private var links: TagLinks { .of(type) }

    /// Tags the record. A tag with a new name is created.
    /// - Returns: The id of the tag.
    func add(_ tag: TagReference, _ change: Changing) async throws -> ID<Tag> {
        let failure = "Error adding tag to \(word)"
        let name = Name.normal(tag.name ?? "")
        guard !name.isEmpty || tag.id?.unlessEmpty != nil else {
            throw FieldError("\(failure): Missing tag", code: .badUserInput, field: "input.tag")
        }
        try await share(failure, change)
        let writer = TagWriter(change)
        var found = try await writer.find(tag)
        if found == nil, !name.isEmpty { found = try await writer.merge(name, entityType: tag.entityType ?? type) }
        guard let found else { throw FieldError(failure, code: .notFound, field: "input.tag.id") }
        try await change.run(links.insert, (id, found))
        return found
    }

    /// Removes a tag from the record. Succeeds even if the record does not have it.
    /// - Parameter path: The path of the tag in the arguments.
    func remove(_ tag: TagReference, at path: String, _ change: Changing) async throws -> Outcome {
        let failure = "Error removing tag from \(word)"
        try await share(failure, change)
        guard let found = try await TagWriter(change).find(tag) else { throw FieldError(failure, code: .notFound, field: path) }
        try await change.run(links.remove, (id, found))
        return .done
    }

    /// Removes all tags from the record.
    func removeAll(_ change: Changing) async throws -> Outcome {
        try await share("Error removing tag from \(word)", change)
        try await change.run(links.removeAll, id)
        return .done
    }

    /// Keeps the record from being deleted until the change is done.
    private func share(_ failure: String, _ change: Changing) async throws {
        if !id.isNobody, try await !change.run(links.share, id).isEmpty { return }
        throw FieldError(failure, code: .notFound, field: field)
    }
}
