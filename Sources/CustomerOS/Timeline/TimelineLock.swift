internal import GraphQL
internal import Postgres

/// Locks everything that determines an event's timelines until the transaction ends, so that no concurrent link, merge
/// or event is overlooked.
struct TimelineLock {
    /// The subject of the change. Ids must be valid UUIDs.
    struct Subjects {
        var contacts: [String] = []
        var organizations: [String] = []
        var emails: [String] = []
        var phoneNumbers: [String] = []
        /// The events whose participants count too: the event's session, meeting and issue.
        var containers: [String] = []
        /// The events already on timelines.
        var shown: [String] = []
    }

    /// The owners whose timelines may change, as array texts.
    let contacts: Parameter
    let organizations: Parameter

    /// A link was added in between: restart the transaction.
    struct Stale: Error {}

    private static let lock = StatementText(
        "timeline.lock",
        """
        SELECT contacts, organizations, is_held \
        FROM timeline_lock($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[])
        """)

    init(_ subjects: Subjects, _ transaction: Transaction, _ context: RequestContext) async throws {
        let arrays = [
            subjects.contacts, subjects.organizations, subjects.emails, subjects.phoneNumbers, subjects.containers, subjects.shown,
        ]
        let result = try await transaction.run(
            Query(Self.lock, [context.tenantParameter] + arrays.map { .text(arrayText($0)) }), context)
        guard result.text(0, 2) == "t" else { throw Stale() }
        contacts = Parameter(text: result.text(0, 0))
        organizations = Parameter(text: result.text(0, 1))
    }

    /// Restarts a transaction if a link was added in between.
    static func retrying(_ body: () async throws -> FieldResult) async throws -> FieldResult {
        for _ in 0..<10 {
            do {
                return try await body()
            } catch is Stale {
                continue
            }
        }
        throw FieldError("The change conflicts with another one. Try again.", code: .conflict)
    }

    // MARK: What follows the change

    private static let added = StatementText(
        "timeline.event_added", "CALL timeline_event_added($1::integer, $2::uuid, $3::uuid[], $4::uuid[])")
    private static let changed = StatementText(
        "timeline.event_changed", "CALL timeline_event_changed($1::integer, $2::uuid, $3::uuid[], $4::uuid[])")
    private static let moved = StatementText("timeline.event_moved", "CALL timeline_event_moved($1::integer, $2::uuid, $3::uuid[])")

    /// The event is new.
    func added(_ event: String, _ context: RequestContext) -> Query {
        Query(Self.added, [context.tenantParameter, .text(event), contacts, organizations])
    }

    /// A participant was added or removed.
    func changed(_ event: String, _ context: RequestContext) -> Query {
        Query(Self.changed, [context.tenantParameter, .text(event), contacts, organizations])
    }

    /// The event has another time.
    func moved(_ event: String, _ context: RequestContext) -> Query {
        Query(Self.moved, [context.tenantParameter, .text(event), organizations])
    }
}

/// A mutation that writes timeline events and returns one object.
class TimelineMutation: ObjectMutation, @unchecked Sendable {
    override func run(_ call: FieldCall, _ context: RequestContext) async throws -> FieldResult {
        try await TimelineLock.retrying { try await super.run(call, context) }
    }
}
