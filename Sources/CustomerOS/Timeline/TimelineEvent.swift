internal import GraphQL
internal import Postgres
internal import Records

/// An event of any kind: the row that all kinds share.
enum TimelineEvent {
    /// Which events are visible at all. A hidden event is on no timeline, but is found by its id.
    static let isThere: SQL = "t.state <> 'ARCHIVED'"

    /// Which events are on timelines, and in lists of related events.
    static let isShown: SQL = "t.state = 'LIVE'"

    static let tags = Relation.through(
        "timeline_event_tag", "timeline_event_id", "tag_id", "tag", order: "l.tagged_at, t.name, t.id")

    typealias OfKind = (id: ID<TimelineEvent>, kind: TimelineKind)

    /// Finds an event, which cannot be deleted until the change is done.
    static let share = Statement<OfKind, ID<TimelineEvent>>("timeline_event.share") { p in
        """
        SELECT id FROM timeline_event WHERE tenant_id = \(p.tenant) AND id = \(p.id) AND kind = \(bare: p.kind)
        AND state <> 'ARCHIVED' FOR KEY SHARE
        """
    }

    /// Marks an event as changed.
    static let touch = Statement<OfKind, ID<TimelineEvent>>("timeline_event.touch") { p in
        """
        UPDATE timeline_event SET updated_at = now()
        WHERE tenant_id = \(p.tenant) AND id = \(p.id) AND kind = \(bare: p.kind)
        AND state <> 'ARCHIVED' RETURNING id
        """
    }

    /// Gives an event another start.
    static let start = Statement<(id: ID<TimelineEvent>, startedAt: Time), Void>("timeline_event.start") { p in
        let (id, startedAt) = (p.id, p.startedAt)
        return """
            UPDATE timeline_event SET started_at = \(startedAt), updated_at = now()
            WHERE tenant_id = \(p.tenant) AND id = \(id)
            """
    }

    /// An existing link is updated.
    static let linkExternally = ExternalSystem.insertion(
        "external_link.insert_event", of: TimelineEvent.self, by: "timeline_event_id", readNow: true,
        onConflict: "DO UPDATE SET synced_at = excluded.synced_at, updated_at = now()")
}

/// A kind of event. Its records have the ids of the events, and are read from a view that joins both tables.
protocol EventRecord: Record {
    static var kind: TimelineKind { get }
}

extension EventRecord {
    /// Finds an event, which cannot be deleted until the change is done.
    /// - Parameters:
    ///   - field: The argument that names it, for the error.
    ///   - message: The error message if there is none.
    /// - Returns: Its id as stored.
    /// - Throws: `NOT_FOUND` if there is none.
    static func hold(_ id: ID<Self>, _ field: String, _ message: String, _ change: Changing) async throws -> ID<Self> {
        if !id.isNobody, let found = try await change.run(TimelineEvent.share, (id.event, kind)).first {
            return ID(found)
        }
        throw FieldError(message, code: .notFound, field: field)
    }
}

extension ID where Kind: EventRecord {
    init(_ event: ID<TimelineEvent>) { self.init(event.text) }

    /// The same among the events of all kinds.
    var event: ID<TimelineEvent> { ID<TimelineEvent>(text) }
}
