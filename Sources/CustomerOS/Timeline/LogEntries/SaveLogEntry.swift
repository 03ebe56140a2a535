internal import GraphQL
internal import Postgres
internal import Records

/// `logEntry_CreateForOrganization`: writes a log entry about an organization.
struct CreateLogEntry: Change {
    static let fields = ["logEntry_CreateForOrganization"]
    static let ignored = ["input.appSource"]

    struct Input: Decodable {
        let organizationId: ID<Organization>
        let input: Values
    }

    struct Values: Decodable {
        let tags: [TagReference]?
        let startedAt: Time?
        let values: Patch<LogEntry>
    }

    private static let insert = Statement<
        (id: ID<LogEntry>, organization: ID<Organization>, values: Patch<LogEntry>), Void
    >("log_entry.insert") { p in
        let (id, organization, actor) = (p.id, p.organization, p.actor)
        return """
            INSERT INTO log_entry (tenant_id, id, organization_id, created_by_id\(p.values.columns))
            VALUES (\(p.tenant), \(id), \(organization), \(actor)\(p.values.values))
            """
    }

    func perform(_ input: Input, _ change: Changing) async throws -> ID<LogEntry> {
        let organization = input.organizationId
        guard !organization.isNobody, try await !change.run(Organization.lock, organization).isEmpty else {
            throw FieldError("Organization with id \(organization) not found", code: .notFound, field: "organizationId")
        }
        var writer = EventWriter(LogEntry.self, "Error creating log entry", change)
        writer.organization = organization
        let tags = try await LogEntryTags.find(input.input.tags, field: "input.tags", change)
        try await writer.write(
            startedAt: input.input.startedAt,
            details: [
                Self.insert.with((writer.id, organization, input.input.values)),
                LogEntryTags.set.with((writer.id, tags)),
            ])
        return writer.id
    }
}

/// `logEntry_Update`: changes the given values of a log entry.
struct UpdateLogEntry: Change {
    static let fields = ["logEntry_Update"]

    struct Input: Decodable {
        let id: ID<LogEntry>
        let input: Values
    }

    struct Values: Decodable {
        let startedAt: Time?
        let values: Patch<LogEntry>
    }

    private static let update = Statement<(id: ID<LogEntry>, values: Patch<LogEntry>), Void>("log_entry.update") { p in
        let id = p.id
        return """
            UPDATE log_entry SET id = log_entry.id\(p.values.assignments(of: "log_entry"))
            WHERE tenant_id = \(p.tenant) AND id = \(id)
            """
    }

    func perform(_ input: Input, _ change: Changing) async throws -> ID<LogEntry> {
        let (event, values) = (input.id.event, input.input.values)
        guard !event.isNobody else { throw LogEntry.missing(input.id) }
        guard let startedAt = input.input.startedAt else {
            guard !values.isEmpty else { return try await LogEntry.hold(input.id, change) }
            let id = try await touch(input.id, change)
            try await change.run(Self.update, (id, values))
            return id
        }
        let lock = try await TimelineLock(TimelineLock.Subjects(shown: [event]), change)
        let id = try await touch(input.id, change)
        try await change.run(
            Self.update.with((id, values)), TimelineEvent.start.with((event, startedAt)), lock.moved(event))
        return id
    }

    /// - Returns: The id as stored.
    private func touch(_ id: ID<LogEntry>, _ change: Changing) async throws -> ID<LogEntry> {
        guard let found = try await change.run(TimelineEvent.touch, (id.event, LogEntry.kind)).first else {
            throw LogEntry.missing(id)
        }
        return ID(found)
    }
}

extension LogEntry {
    static func missing(_ id: ID<LogEntry>) -> FieldError {
        FieldError(missingMessage(id), code: .notFound, field: "id")
    }

    /// Finds a log entry, which cannot be deleted until the change is done.
    /// - Returns: Its id as stored.
    /// - Throws: `NOT_FOUND` if there is none.
    static func hold(_ id: ID<LogEntry>, _ change: Changing) async throws -> ID<LogEntry> {
        try await hold(id, "id", missingMessage(id), change)
    }

    private static func missingMessage(_ id: ID<LogEntry>) -> String { "Log entry \(id) not found" }
}
