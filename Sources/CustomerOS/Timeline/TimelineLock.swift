internal import Postgres
internal import Records

/// Locks everything that determines an event's timelines until the transaction ends, so that no concurrent link, merge
/// or event is overlooked.
struct TimelineLock {
    /// The subject of a change.
    struct Subjects {
        var contacts: [ID<Contact>] = []
        var organizations: [ID<Organization>] = []
        var emails: [ID<Email>] = []
        var phoneNumbers: [ID<PhoneNumber>] = []
        /// The events whose participants count too: the event's session, meeting and issue.
        var containers: [ID<TimelineEvent>] = []
        /// The events already on timelines.
        var shown: [ID<TimelineEvent>] = []
    }

    /// The owners whose timelines may change, as the text of an array, which goes back to the database unread.
    struct Owners: CellValue, ParameterValue {
        static let cast: SQL = "uuid[]"

        let parameter: Parameter

        static func read(_ cell: UnsafeBufferPointer<UInt8>?) -> Owners? {
            String.read(cell).map { Owners(parameter: .text($0)) }
        }
    }

    private struct Locked {
        let contacts: Owners
        let organizations: Owners
        /// Whether nothing was linked in between.
        let isHeld: Bool
    }

    private static let lock = Statement<Subjects, Locked>("timeline.lock", row: Locked.init) { p in
        let (contacts, organizations, emails, phoneNumbers) = (p.contacts, p.organizations, p.emails, p.phoneNumbers)
        return """
            SELECT contacts, organizations, is_held
            FROM timeline_lock(\(p.tenant)::integer, \(contacts), \(organizations), \(emails), \(phoneNumbers),
            \(p.containers), \(p.shown))
            """
    }

    private let contacts: Owners
    private let organizations: Owners

    /// Restarts the change if something was linked in between.
    init(_ subjects: Subjects, _ change: Changing) async throws {
        guard let locked = try await change.run(Self.lock, subjects).first, locked.isHeld else { try change.again() }
        contacts = locked.contacts
        organizations = locked.organizations
    }

    // MARK: What follows the change

    private typealias Event = (id: ID<TimelineEvent>, contacts: Owners, organizations: Owners)

    private static let added = Statement<Event, Void>("timeline.event_added") { p in
        "CALL timeline_event_added(\(p.tenant)::integer, \(p.id), \(p.contacts), \(p.organizations))"
    }

    private static let changed = Statement<Event, Void>("timeline.event_changed") { p in
        "CALL timeline_event_changed(\(p.tenant)::integer, \(p.id), \(p.contacts), \(p.organizations))"
    }

    private static let moved = Statement<(id: ID<TimelineEvent>, organizations: Owners), Void>("timeline.event_moved") {
        p in
        "CALL timeline_event_moved(\(p.tenant)::integer, \(p.id), \(p.organizations))"
    }

    /// The event is new.
    func added(_ event: ID<TimelineEvent>) -> BoundStatement<Void> { Self.added.with((event, contacts, organizations)) }

    /// A participant was added or removed.
    func changed(_ event: ID<TimelineEvent>) -> BoundStatement<Void> {
        Self.changed.with((event, contacts, organizations))
    }

    /// The event has another time.
    func moved(_ event: ID<TimelineEvent>) -> BoundStatement<Void> { Self.moved.with((event, organizations)) }
}
