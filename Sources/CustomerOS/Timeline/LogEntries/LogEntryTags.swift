internal import GraphQL
internal import Postgres
internal import Records

/// The tags of log entries.
enum LogEntryTags {
    static let set = Statement<(entry: ID<LogEntry>, tags: [ID<Tag>]), Void>("timeline_event_tag.set") { p in
        """
        WITH gone AS (DELETE FROM timeline_event_tag
        WHERE tenant_id = \(p.tenant) AND timeline_event_id = \(p.entry) AND NOT (tag_id = ANY (\(p.tags))))
        INSERT INTO timeline_event_tag (tenant_id, timeline_event_id, tag_id)
        SELECT \(p.tenant), \(p.entry), id FROM unnest(\(p.tags)) id ON CONFLICT DO NOTHING
        """
    }

    /// The tags that inputs name, each once. A tag with a new name is created.
    static func find(_ tags: [TagReference]?, field: String, _ change: Changing) async throws -> [ID<Tag>] {
        var ids: [ID<Tag>] = []
        for (index, tag) in (tags ?? []).enumerated() {
            let id = try await find(tag, field: "\(field).\(index)", change)
            if !ids.contains(id) { ids.append(id) }
        }
        return ids
    }

    /// The tag that an input names. A tag with a new name is created.
    static func find(_ tag: TagReference, field: String, _ change: Changing) async throws -> ID<Tag> {
        let name = (tag.name ?? "").trimmingBlanks
        guard !name.isEmpty || tag.id?.unlessEmpty != nil else {
            throw FieldError("Error adding tag to log entry: Missing tag", code: .badUserInput, field: field)
        }
        let writer = TagWriter(change)
        if let id = try await writer.find(tag) { return id }
        guard !name.isEmpty else { throw FieldError("Error adding tag to log entry", code: .notFound, field: field) }
        return try await writer.merge(name, entityType: tag.entityType ?? .logEntry)
    }
}

/// `logEntry_ResetTags`: replaces the tags of a log entry.
struct ResetLogEntryTags: Change {
    static let fields = ["logEntry_ResetTags"]

    struct Input: Decodable {
        let id: ID<LogEntry>
        let input: [TagReference]?
    }

    func perform(_ input: Input, _ change: Changing) async throws -> ID<LogEntry> {
        let id = try await LogEntry.hold(input.id, change)
        try await change.run(LogEntryTags.set, (id, LogEntryTags.find(input.input, field: "input", change)))
        return id
    }
}

/// The arguments of `logEntry_AddTag` and `logEntry_RemoveTag`.
struct LogEntryTag: Decodable {
    let id: ID<LogEntry>
    let input: TagReference

    /// Finds the log entry, which stays as it is until the change is done.
    /// - Throws: `NOT_FOUND` if there is none.
    fileprivate func share(_ links: TagLinks, _ change: Changing) async throws -> ID<TaggedRecord> {
        if !id.isNobody, let entry = try await change.run(links.share, ID(id.text)).first { return entry }
        throw LogEntry.missing(id)
    }
}

/// `logEntry_AddTag`. Repeating it changes nothing.
struct AddLogEntryTag: Change {
    static let fields = ["logEntry_AddTag"]

    func perform(_ input: LogEntryTag, _ change: Changing) async throws -> ID<LogEntry> {
        let links = TagLinks.of(.logEntry)
        let entry = try await input.share(links, change)
        try await change.run(links.insert, (entry, LogEntryTags.find(input.input, field: "input", change)))
        return ID(entry.text)
    }
}

/// `logEntry_RemoveTag`.
struct RemoveLogEntryTag: Change {
    static let fields = ["logEntry_RemoveTag"]

    func perform(_ input: LogEntryTag, _ change: Changing) async throws -> ID<LogEntry> {
        let links = TagLinks.of(.logEntry)
        let entry = try await input.share(links, change)
        guard let tag = try await TagWriter(change).find(input.input) else {
            throw FieldError("Error removing tag from log entry", code: .notFound, field: "input")
        }
        try await change.run(links.remove, (entry, tag))
        return ID(entry.text)
    }
}
