internal import GraphQL
internal import Postgres
internal import Records

/// `addTag`: tags a record of any kind, and returns the id of the tag.
final class AddTagToEntity: LeafMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> [String] {
        [try await TagSubject.entity.mark(arguments.input, transaction, context)]
    }
}

/// `organization_AddTag`, `contact_AddTag`: tags a record.
final class AddTag: OutcomeMutation, @unchecked Sendable {
    private let subject: TagSubject

    init(_ subject: TagSubject) { self.subject = subject }

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        _ = try await subject.mark(arguments.input, transaction, context)
        return .done
    }
}

/// `removeTag`, `organization_RemoveTag`, `contact_RemoveTag`: removes a tag from a record. Succeeds even if the record
/// does not have it.
final class RemoveTag: OutcomeMutation, @unchecked Sendable {
    private let subject: TagSubject

    init(_ subject: TagSubject) { self.subject = subject }

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        let input = arguments.input
        guard let target = subject.target(input), try await target.isThere(subject.id(input), transaction, context) else {
            throw FieldError(subject.failure(adding: false), code: .notFound, field: subject.field)
        }
        let id: String?
        if let tag = input.object("tag") {
            id = try await TagTable.find(tag, transaction, context)
        } else {
            id = try await TagTable.find(id: input.text("tagId") ?? "", transaction, context)
        }
        guard let id else {
            throw FieldError(
                subject.failure(adding: false), code: .notFound, field: input.object("tag") == nil ? "input.tagId" : "input.tag")
        }
        try await transaction.run(
            Query(target.unlink, [context.tenantParameter, .text(subject.id(input)), .text(id)]), context)
        return .done
    }
}

/// `removeTags`: removes all tags from a record.
final class RemoveTags: OutcomeMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        let input = arguments.input
        let subject = TagSubject.entity
        guard let target = subject.target(input), try await target.isThere(subject.id(input), transaction, context) else {
            throw FieldError(subject.failure(adding: false), code: .notFound, field: subject.field)
        }
        try await transaction.run(Query(target.unlinkAll, [context.tenantParameter, .text(subject.id(input))]), context)
        return .done
    }
}

/// How an operation's input names the record.
enum TagSubject: Sendable {
    /// By `entityId` and `entityType`.
    case entity
    case organization
    case contact

    func id(_ input: InputObject) -> String {
        switch self {
        case .entity: input.text("entityId") ?? ""
        case .organization: input.text("organizationId") ?? ""
        case .contact: input.text("contactId") ?? ""
        }
    }

    func entityType(_ input: InputObject) -> String {
        switch self {
        case .entity: input.text("entityType") ?? ""
        case .organization: "ORGANIZATION"
        case .contact: "CONTACT"
        }
    }

    func target(_ input: InputObject) -> TagTarget? { TagTarget.all[entityType(input)] }

    /// The argument that names the record.
    var field: String {
        switch self {
        case .entity: "input.entityId"
        case .organization: "input.organizationId"
        case .contact: "input.contactId"
        }
    }

    /// Tags the record with the input's tag, created if its name is new.
    /// - Returns: The id of the tag.
    func mark(_ input: InputObject, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let tag = input.object("tag") ?? InputObject()
        let name = Name.normal(tag.text("name") ?? "")
        guard !name.isEmpty || tag.text("id")?.isEmpty == false else {
            throw FieldError("\(failure(adding: true)): Missing tag", code: .badUserInput, field: "input.tag")
        }
        guard let target = target(input), try await target.isThere(id(input), transaction, context) else {
            throw FieldError(failure(adding: true), code: .notFound, field: field)
        }
        var found = try await TagTable.find(tag, transaction, context)
        if found == nil, !name.isEmpty {
            found = try await TagTable.merge(name, entityType: tag.text("entityType") ?? entityType(input), transaction, context)
        }
        guard let found else { throw FieldError(failure(adding: true), code: .notFound, field: "input.tag.id") }
        try await transaction.run(Query(target.link, [context.tenantParameter, .text(id(input)), .text(found)]), context)
        return found
    }

    func failure(adding: Bool) -> String {
        let place: String
        switch self {
        case .entity: place = "entity"
        case .organization: place = "organization"
        case .contact: place = "contact"
        }
        return adding ? "Error adding tag to \(place)" : "Error removing tag from \(place)"
    }
}
