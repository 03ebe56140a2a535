internal import GraphQL
internal import Postgres
internal import Records

/// Writes a new event with its participants, so that it is on their timelines when the transaction ends.
struct EventWriter {
    let id = Identifiers.uuid()
    let kind: TimelineKind
    let transaction: Transaction
    let context: RequestContext
    /// The message of failures.
    let failure: String
    var participants = EventParticipants()
    /// What the event is part of.
    var containers: [String] = []
    /// The owners of an event without participants.
    var contact: String?
    var organization: String?

    /// `$2` id, `$3` kind, `$4` application, `$5` creation and `$6` start, or null for now.
    private static let insertHeader = StatementText(
        "timeline_event.insert",
        """
        INSERT INTO timeline_event (tenant_id, id, kind, app_source, created_at, updated_at, started_at) \
        VALUES ($1, $2::uuid, $3, coalesce(nullif($4, ''), 'customer-os-api'), coalesce($5::timestamptz, now()), \
        coalesce($5::timestamptz, now()), CASE WHEN $3 IN ('MEETING', 'LOG_ENTRY') THEN coalesce($6::timestamptz, now()) END)
        """)

    init(_ kind: TimelineKind, _ failure: String, _ transaction: Transaction, _ context: RequestContext) {
        self.kind = kind
        self.failure = failure
        self.transaction = transaction
        self.context = context
    }

    /// - Parameter details: Writes the kind's own columns, once the event's header exists.
    func write(appSource: String? = nil, createdAt: Parameter = .null, startedAt: Parameter = .null, details: [Query]) async throws {
        var addresses = try await participants.findAddresses(transaction, context)
        var subjects = participants.subjects(addresses)
        subjects.containers = containers
        if let contact { subjects.contacts.append(contact) }
        if let organization { subjects.organizations.append(organization) }
        let lock = try await TimelineLock(subjects, transaction, context)
        try await check()
        addresses = try await participants.makeMissing(addresses, transaction, context)
        let header = Query(
            Self.insertHeader,
            [context.tenantParameter, .text(id), .text(kind.rawValue), Parameter(text: appSource), createdAt, startedAt])
        try await transaction.run(
            [header] + details + participants.insertion(id, addresses, context) + [lock.added(id, context)], context)
    }

    /// Checks that all exist, now that they are locked.
    private func check() async throws {
        var named = participants
        if let contact { named.add(.contact, contact, role: "", field: "contactId") }
        if let organization { named.add(.organization, organization, role: "", field: "organizationId") }
        try await named.check(failure, transaction, context)
    }
}

/// The statements shared by several kinds of events.
enum TimelineTable {
    /// `$3` the kind. No row if there is no such event; it cannot be deleted until the transaction ends.
    static let share = StatementText(
        "timeline_event.share",
        "SELECT id FROM timeline_event WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED' FOR KEY SHARE")

    /// Marks the event as changed. No row if there is no such event.
    static let touch = StatementText(
        "timeline_event.touch",
        """
        UPDATE timeline_event SET updated_at = now() WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED' \
        RETURNING id
        """)

    /// `$3` the new start.
    static let start = StatementText(
        "timeline_event.start",
        """
        UPDATE timeline_event SET started_at = $3::timestamptz, updated_at = now() WHERE tenant_id = $1 AND id = $2::uuid
        """)

    /// `$3` event, `$4` system, `$5` the id there, `$6` its URL, `$7` its kind there, `$8` when it was read or null for
    /// now. An existing link is updated.
    private static let insertExternalLink = StatementText(
        "external_link.insert_event",
        """
        WITH known AS (INSERT INTO external_system (tenant_id, type) VALUES ($1, $4) ON CONFLICT DO NOTHING) \
        INSERT INTO external_link (tenant_id, id, timeline_event_id, system, external_id, external_url, external_source, synced_at) \
        VALUES ($1, $2::uuid, $3::uuid, $4, $5, $6, $7, coalesce($8::timestamptz, now())) \
        ON CONFLICT (tenant_id, system, external_id, owner_id) DO UPDATE SET synced_at = excluded.synced_at, updated_at = now()
        """)

    static func externalLink(of event: String, system: String, _ externalID: String, _ context: RequestContext) -> Query {
        Query(
            insertExternalLink,
            [context.tenantParameter, .text(Identifiers.uuid()), .text(event), .text(system), .text(externalID), .null, .null, .null])
    }

    /// The link of an `ExternalSystemReferenceInput`.
    static func externalLink(of event: String, _ reference: InputObject?, _ context: RequestContext) -> [Query] {
        guard let reference, let system = reference.text("type"), let externalID = reference.text("externalId") else { return [] }
        return [
            Query(
                insertExternalLink,
                [
                    context.tenantParameter, .text(Identifiers.uuid()), .text(event), .text(system), .text(externalID),
                    Parameter(text: reference.text("externalUrl")), Parameter(text: reference.text("externalSource")),
                    Parameter(reference["syncDate"]),
                ])
        ]
    }

    /// Whether there is such an event. It cannot be deleted until the transaction ends.
    static func isThere(
        _ id: String, _ kind: TimelineKind, _ transaction: Transaction, _ context: RequestContext
    ) async throws -> Bool {
        guard UUIDKey.isValid(id) else { return false }
        return try await transaction.run(Query(share, [context.tenantParameter, .text(id), .text(kind.rawValue)]), context).rowCount == 1
    }
}
