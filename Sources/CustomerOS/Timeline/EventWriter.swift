internal import GraphQL
internal import Postgres
internal import Records

/// Writes a new event with its participants, so that it is on their timelines when the transaction ends.
struct EventWriter<Event: EventRecord> {
    let id = ID<Event>.new()
    let change: Changing
    /// The message of failures.
    let failure: String
    var participants = EventParticipants()
    /// What the event is part of.
    var containers: [ID<TimelineEvent>] = []
    /// The owners of an event without participants.
    var contact: ID<Contact>?
    var organization: ID<Organization>?

    init(_: Event.Type, _ failure: String, _ change: Changing) {
        self.failure = failure
        self.change = change
    }

    /// - Parameters:
    ///   - appSource: The application; ours if empty.
    ///   - createdAt: Now if nil; so is the start.
    ///   - details: Writes the kind's own columns, once the event's header exists.
    /// - Throws: `NOT_FOUND` if a participant or an owner does not exist.
    func write(
        appSource: String? = nil, createdAt: Time? = nil, startedAt: Time? = nil, details: [BoundStatement<Void>]
    ) async throws {
        var addresses = try await participants.findAddresses(change)
        var subjects = participants.subjects(addresses)
        subjects.containers = containers
        if let contact { subjects.contacts.append(contact) }
        if let organization { subjects.organizations.append(organization) }
        let lock = try await TimelineLock(subjects, change)
        try await check()
        addresses = try await participants.makeMissing(addresses, change)
        let header = EventHeader(
            id: id.event, kind: Event.kind, appSource: appSource, createdAt: createdAt, startedAt: startedAt)
        let statements = [EventHeader.insert.with(header)] + details
        try await change.run(statements + participants.insertion(id.event, addresses) + [lock.added(id.event)])
    }

    /// Checks that all exist, now that they are locked.
    private func check() async throws {
        var named = participants
        if let contact { named.add(.contact, contact.text, role: "", field: "contactId") }
        if let organization { named.add(.organization, organization.text, role: "", field: "organizationId") }
        try await named.check(failure, change)
    }
}

/// What events of all kinds have in common.
struct EventHeader {
    let id: ID<TimelineEvent>
    let kind: TimelineKind
    let appSource: String?
    let createdAt: Time?
    let startedAt: Time?

    static let insert = Statement<EventHeader, Void>("timeline_event.insert") { p in
        let (id, kind, appSource, createdAt, startedAt) = (p.id, p.kind, p.appSource, p.createdAt, p.startedAt)
        return """
            INSERT INTO timeline_event (tenant_id, id, kind, app_source, created_at, updated_at, started_at)
            VALUES (\(p.tenant), \(id), \(bare: kind), coalesce(nullif(\(bare: appSource), ''), 'customer-os-api'),
            coalesce(\(createdAt), now()), coalesce(\(createdAt), now()),
            CASE WHEN \(bare: kind) IN ('MEETING', 'LOG_ENTRY') THEN coalesce(\(startedAt), now()) END)
            """
    }
}
