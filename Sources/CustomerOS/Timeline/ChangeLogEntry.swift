internal import GraphQL
internal import Postgres
internal import Records

/// A mutation of a log entry, which returns its id.
class LogEntryMutation: LeafMutation, @unchecked Sendable {
    override func run(_ call: FieldCall, _ context: RequestContext) async throws -> FieldResult {
        try await TimelineLock.retrying { try await super.run(call, context) }
    }
}

/// `logEntry_CreateForOrganization`: writes a log entry about an organization.
final class CreateLogEntry: LogEntryMutation, @unchecked Sendable {
    private static let insert = StatementText(
        "log_entry.insert",
        """
        INSERT INTO log_entry (tenant_id, id, organization_id, created_by_id, content, content_type) \
        VALUES ($1, $2::uuid, $3::uuid, $4::uuid, coalesce($5, ''), coalesce($6, ''))
        """)

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> [String] {
        let input = arguments.input
        let organization = arguments.text("organizationId") ?? ""
        guard UUIDKey.isValid(organization),
            try await transaction.run(Organization.lock.query(ID(organization), for: context.issuer), context).rowCount == 1
        else { throw FieldError("Organization with id \(organization) not found", code: .notFound, field: "organizationId") }
        var writer = EventWriter(.logEntry, "Error creating log entry", transaction, context)
        writer.organization = organization
        let tags = try await LogEntryTags.ids(input["tags"], field: "input.tags", transaction, context)
        let entry: [Parameter] = [
            context.tenantParameter, .text(writer.id), .text(organization), Parameter(text: context.principal.userID),
            Parameter(input["content"]), Parameter(input["contentType"]),
        ]
        try await writer.write(
            startedAt: Parameter(input["startedAt"]), details: [Query(Self.insert, entry), LogEntryTags.set(tags, of: writer.id, context)])
        return [writer.id]
    }
}

/// `logEntry_Update`: changes the given values of a log entry.
final class UpdateLogEntry: LogEntryMutation, @unchecked Sendable {
    private static let update = StatementText(
        "log_entry.update",
        """
        UPDATE log_entry SET content = coalesce($3, content), content_type = coalesce($4, content_type) \
        WHERE tenant_id = $1 AND id = $2::uuid
        """)

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> [String] {
        let input = arguments.input
        let id = arguments.text("id") ?? ""
        let tenant = context.tenantParameter
        guard UUIDKey.isValid(id) else { throw LogEntryTags.missing(id) }
        let start = Parameter(input["startedAt"])
        let lock = start == .null ? nil : try await TimelineLock(TimelineLock.Subjects(shown: [id]), transaction, context)
        let values = [Parameter(input["content"]), Parameter(input["contentType"])]
        guard start != .null || values.contains(where: { $0 != .null }) else {
            guard try await TimelineTable.isThere(id, .logEntry, transaction, context) else { throw LogEntryTags.missing(id) }
            return [id.lowercased()]
        }
        guard
            try await transaction.run(
                Query(TimelineTable.touch, [tenant, .text(id), .text(TimelineKind.logEntry.rawValue)]), context
            ).rowCount == 1
        else { throw LogEntryTags.missing(id) }
        var queries = [Query(Self.update, [tenant, .text(id)] + values)]
        if let lock { queries += [Query(TimelineTable.start, [tenant, .text(id), start]), lock.moved(id, context)] }
        try await transaction.run(queries, context)
        return [id.lowercased()]
    }
}

/// The tags of log entries.
enum LogEntryTags {
    /// `$2` the log entry, `$3` its new tags.
    private static let set = StatementText(
        "timeline_event_tag.set",
        """
        WITH gone AS (DELETE FROM timeline_event_tag \
        WHERE tenant_id = $1 AND timeline_event_id = $2::uuid AND NOT (tag_id = ANY ($3::uuid[]))) \
        INSERT INTO timeline_event_tag (tenant_id, timeline_event_id, tag_id) SELECT $1, $2::uuid, id FROM unnest($3::uuid[]) id \
        ON CONFLICT DO NOTHING
        """)

    static func set(_ tags: [String], of entry: String, _ context: RequestContext) -> Query {
        Query(set, [context.tenantParameter, .text(entry), .text(arrayText(tags))])
    }

    static func missing(_ id: String) -> FieldError { FieldError("Log entry \(id) not found", code: .notFound, field: "id") }

    /// The ids of the tags in inputs, created if their names are new.
    static func ids(
        _ list: InputValue?, field: String, _ transaction: Transaction, _ context: RequestContext
    ) async throws -> [String] {
        guard case .list(let values)? = list else { return [] }
        var ids: [String] = []
        for (index, value) in values.enumerated() {
            guard case .object(let tag) = value else { continue }
            let id = try await id(tag, field: "\(field).\(index)", transaction, context)
            if !ids.contains(id) { ids.append(id) }
        }
        return ids
    }

    /// The id of the tag in an input, created if its name is new.
    static func id(_ tag: InputObject, field: String, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let name = (tag.text("name") ?? "").trimmingBlanks
        guard !name.isEmpty || tag.text("id")?.isEmpty == false else {
            throw FieldError("Error adding tag to log entry: Missing tag", code: .badUserInput, field: field)
        }
        let writer = TagWriter(Changing(transaction, context))
        let reference = try TagReference(from: InputDecoder(tag))
        if let id = try await writer.find(reference) { return id.text }
        guard !name.isEmpty else { throw FieldError("Error adding tag to log entry", code: .notFound, field: field) }
        return try await writer.merge(name, entityType: reference.entityType ?? .logEntry).text
    }
}

/// `logEntry_ResetTags`: replaces the log entry's tags.
final class ResetLogEntryTags: LeafMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> [String] {
        let id = arguments.text("id") ?? ""
        guard try await TimelineTable.isThere(id, .logEntry, transaction, context) else { throw LogEntryTags.missing(id) }
        let tags = try await LogEntryTags.ids(arguments["input"], field: "input", transaction, context)
        try await transaction.run(LogEntryTags.set(tags, of: id, context), context)
        return [id.lowercased()]
    }
}

/// `logEntry_AddTag` and `logEntry_RemoveTag`.
final class MarkLogEntry: LeafMutation, @unchecked Sendable {
    private let isAdding: Bool

    private init(isAdding: Bool) { self.isAdding = isAdding }

    static let add = MarkLogEntry(isAdding: true)
    static let remove = MarkLogEntry(isAdding: false)

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> [String] {
        let id = arguments.text("id") ?? ""
        let links = TagLinks.of(.logEntry)
        let change = Changing(transaction, context)
        let entry = ID<TaggedRecord>(id)
        guard !entry.isNobody, try await !change.run(links.share, entry).isEmpty else { throw LogEntryTags.missing(id) }
        let tag: ID<Tag>
        if isAdding {
            tag = ID(try await LogEntryTags.id(arguments.input, field: "input", transaction, context))
        } else if let found = try await TagWriter(change).find(TagReference(from: InputDecoder(arguments.input))) {
            tag = found
        } else {
            throw FieldError("Error removing tag from log entry", code: .notFound, field: "input")
        }
        try await change.run(isAdding ? links.insert : links.remove, (entry, tag))
        return [id.lowercased()]
    }
}
