internal import GraphQL
internal import Postgres
internal import Records

/// The participants of an event being written.
struct EventParticipants {
    /// How a participant is named: by an id, or by an address or number, created if new.
    enum Subject: String {
        case contact, user, organization, email
        case phoneNumber = "phone_number"
    }

    private struct Entry {
        let role: String
        let subject: Subject
        let text: String
        let type: String?
        /// The argument it came from.
        let field: String
    }

    private var entries: [Entry] = []

    var isEmpty: Bool { entries.isEmpty }

    // MARK: Input

    mutating func add(_ subject: Subject, _ text: String, role: String, type: String? = nil, field: String) {
        entries.append(Entry(role: role, subject: subject, text: text, type: type, field: field))
    }

    /// Adds the members of an input list: of each, the first one given of `choices`, which map members to what they
    /// name.
    /// - Throws: `FieldError` for one that names no participant, unless those are to be skipped.
    mutating func add(
        _ list: InputValue?, _ choices: [(member: String, subject: Subject)], role: String, field: String, skipsEmpty: Bool = false
    ) throws(FieldError) {
        guard case .list(let values)? = list else { return }
        for (index, value) in values.enumerated() {
            guard case .object(let input) = value else { continue }
            if try !add(input, choices, role: role, field: "\(field).\(index)"), !skipsEmpty {
                throw FieldError(
                    "A participant must be named by one of \(choices.map(\.member).joined(separator: ", ")).",
                    code: .badUserInput,
                    field: "\(field).\(index)")
            }
        }
    }

    /// Adds the participant an input names.
    /// - Returns: Whether it names one.
    mutating func add(
        _ input: InputObject, _ choices: [(member: String, subject: Subject)], role: String, field: String
    ) throws(FieldError) -> Bool {
        for choice in choices {
            guard let text = input.text(choice.member)?.trimmingBlanks, !text.isEmpty else { continue }
            add(
                choice.subject, try Self.normal(choice.subject, text, "\(field).\(choice.member)"), role: role, type: input.text("type"),
                field: "\(field).\(choice.member)")
            return true
        }
        return false
    }

    /// An address in stored form. A number must be valid, and keeps its text.
    /// - Throws: `FieldError` if it is invalid.
    private static func normal(_ subject: Subject, _ text: String, _ field: String) throws(FieldError) -> String {
        do throws(ValueRefusal) {
            switch subject {
            case .email: return try EmailAddress(text).text
            case .phoneNumber: return try PhoneNumber(text, country: nil).raw
            default: return text
            }
        } catch {
            throw FieldError(error, field: field)
        }
    }

    // MARK: Subjects

    private func texts(_ subject: Subject) -> [String] { entries.filter { $0.subject == subject }.map(\.text) }

    /// What to lock, as far as known.
    func subjects(_ addresses: Addresses) -> TimelineLock.Subjects {
        TimelineLock.Subjects(
            contacts: texts(.contact).filter(UUIDKey.isValid), organizations: texts(.organization).filter(UUIDKey.isValid),
            emails: addresses.ids(.email), phoneNumbers: addresses.ids(.phoneNumber))
    }

    /// The e-mail addresses and phone numbers that name participants.
    struct Addresses {
        fileprivate var idOfText: [Subject: [String: String]] = [:]
        fileprivate var missing: [Subject: [String]] = [:]

        fileprivate func ids(_ subject: Subject) -> [String] { Array(Set((idOfText[subject] ?? [:]).values)).sorted() }
        var isComplete: Bool { missing.values.allSatisfy(\.isEmpty) }
    }

    /// Looks the addresses up.
    func findAddresses(_ transaction: Transaction, _ context: RequestContext) async throws -> Addresses {
        var addresses = Addresses()
        for subject in [Subject.email, .phoneNumber] {
            let texts = texts(subject).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
            guard !texts.isEmpty else { continue }
            let rows = try await transaction.run(ParticipantTable.find(subject, texts, context), context)
            for row in 0..<rows.rowCount {
                guard let place = rows.text(row, 0).flatMap({ Int($0) }), texts.indices.contains(place - 1) else { continue }
                if let id = rows.text(row, 1) {
                    addresses.idOfText[subject, default: [:]][texts[place - 1]] = id
                } else {
                    addresses.missing[subject, default: []].append(texts[place - 1])
                }
            }
        }
        return addresses
    }

    /// Creates new addresses.
    /// - Throws: `TimelineLock.Stale` if another transaction has created one and given it to an owner meanwhile.
    func makeMissing(_ addresses: Addresses, _ transaction: Transaction, _ context: RequestContext) async throws -> Addresses {
        guard !addresses.isComplete else { return addresses }
        for subject in [Subject.email, .phoneNumber] {
            guard let texts = addresses.missing[subject] else { continue }
            try await transaction.run(ParticipantTable.insert(subject, texts, context), context)
        }
        let found = try await findAddresses(transaction, context)
        let known = Set(addresses.ids(.email) + addresses.ids(.phoneNumber))
        let new = (found.ids(.email) + found.ids(.phoneNumber)).filter { !known.contains($0) }
        let owned = try await transaction.run(
            Query(ParticipantTable.findOwned, [context.tenantParameter, .text(arrayText(new))]), context)
        guard owned.rowCount == 0 else { throw TimelineLock.Stale() }
        return found
    }

    // MARK: Checks and rows

    /// Checks that participants named by id exist.
    /// - Throws: `FieldError` with `failure` as the beginning of its message.
    func check(_ failure: String, _ transaction: Transaction, _ context: RequestContext) async throws {
        let named = entries.filter { $0.subject != .email && $0.subject != .phoneNumber }
        guard !named.isEmpty else { return }
        let ids = { (subject: Subject) in Parameter.text(arrayText(self.texts(subject).filter(UUIDKey.isValid))) }
        let found = try await transaction.run(
            Query(ParticipantTable.visible, [context.tenantParameter, ids(.contact), ids(.user), ids(.organization)]), context)
        let there = Set((0..<found.rowCount).map { "\(found.text($0, 0) ?? "") \(found.text($0, 1) ?? "")" })
        for entry in named where !there.contains("\(entry.subject.rawValue) \(entry.text.lowercased())") {
            throw FieldError("\(failure): \(entry.subject.rawValue) with id \(entry.text) not found", code: .notFound, field: entry.field)
        }
    }

    /// Writes the participants of `event`. Naming one twice in a role is the same as once.
    func insertion(_ event: String, _ addresses: Addresses, _ context: RequestContext) -> [Query] {
        guard !entries.isEmpty else { return [] }
        let rows = entries.compactMap { entry -> (Entry, String)? in
            switch entry.subject {
            case .email, .phoneNumber: addresses.idOfText[entry.subject]?[entry.text].map { (entry, $0) }
            default: (entry, entry.text)
            }
        }
        let columns = [rows.map { $0.0.role }, rows.map { $0.0.subject.rawValue }, rows.map(\.1), rows.map { $0.0.type ?? "" }]
        return [Query(ParticipantTable.insertAll, [context.tenantParameter, .text(event)] + columns.map { .text(arrayText($0)) })]
    }

    /// Removes from `event` the participants named by id.
    func removal(_ event: String, _ context: RequestContext) -> [Query] {
        entries.filter { UUIDKey.isValid($0.text) }.map { entry in
            Query(ParticipantTable.remove, [context.tenantParameter, .text(event), .text(entry.role), .text(entry.text)])
        }
    }
}

/// The statements about participants of events.
private enum ParticipantTable {
    static func find(_ subject: EventParticipants.Subject, _ texts: [String], _ context: RequestContext) -> Query {
        guard subject == .phoneNumber else { return Query(findEmails, [context.tenantParameter, .text(arrayText(texts))]) }
        let numbers = texts.map { PhoneNumber(comparable: $0) }
        return Query(
            findPhoneNumbers,
            [
                context.tenantParameter, .text(arrayText(numbers.map(\.line))), .text(arrayText(numbers.map(\.raw))),
                .text(arrayText(numbers.map(\.extension))),
            ])
    }

    static func insert(_ subject: EventParticipants.Subject, _ texts: [String], _ context: RequestContext) -> Query {
        let ids = Parameter.text(arrayText(texts.map { _ in Identifiers.uuid() }))
        guard subject == .phoneNumber else {
            return Query(insertEmails, [context.tenantParameter, ids, .text(arrayText(texts))])
        }
        let numbers = texts.map { PhoneNumber(comparable: $0) }
        return Query(
            insertPhoneNumbers,
            [
                context.tenantParameter, ids, .text(arrayText(numbers.map(\.raw))), .text(arrayText(numbers.map { $0.e164 ?? "" })),
                .text(arrayText(numbers.map(\.extension))), .text(arrayText(numbers.map { $0.country ?? "" })),
            ])
    }

    /// The index of each address of `$2`, and the id of its row or null.
    private static let findEmails = StatementText(
        "participant.find_emails",
        """
        SELECT given.place, e.id FROM unnest($2::text[]) WITH ORDINALITY given (address, place) LEFT JOIN LATERAL (\
        SELECT id FROM email WHERE tenant_id = $1 AND (fold(raw_email) = fold(given.address) \
        OR (email <> '' AND fold(email) = fold(given.address))) ORDER BY created_at, id LIMIT 1) e ON true ORDER BY given.place
        """)

    /// The same for numbers by their lines, texts and extensions.
    private static let findPhoneNumbers = StatementText(
        "participant.find_phone_numbers",
        """
        SELECT given.place, p.id FROM unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY given (line, raw, extension, place) \
        LEFT JOIN LATERAL (SELECT n.id FROM phone_number n WHERE n.tenant_id = $1 \
        AND \(PhoneNumber.match("n", line: "given.line", raw: "given.raw", extension: "given.extension")) \
        ORDER BY n.e164 IS NULL, n.created_at, n.id LIMIT 1) p ON true ORDER BY given.place
        """)

    private static let insertEmails = StatementText(
        "participant.insert_emails",
        """
        INSERT INTO email (tenant_id, id, raw_email, email) SELECT $1, id, address, fold(address) \
        FROM unnest($2::uuid[], $3::text[]) given (id, address) ORDER BY fold(address), address \
        ON CONFLICT (tenant_id, fold(raw_email)) DO NOTHING
        """)

    private static let insertPhoneNumbers = StatementText(
        "participant.insert_phone_numbers",
        """
        INSERT INTO phone_number (tenant_id, id, raw_phone_number, e164, extension, country_id, validated) \
        SELECT $1, given.id, number, nullif(line, ''), extension, c.id, false \
        FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[]) given (id, number, line, extension, country) \
        LEFT JOIN country c ON c.code_a2 = given.country ORDER BY coalesce(nullif(line, ''), number), extension, number \
        ON CONFLICT (tenant_id, coalesce(e164, raw_phone_number), extension) DO NOTHING
        """)

    /// Those of the addresses `$2` that have an owner.
    static let findOwned = StatementText(
        "participant.find_owned",
        """
        SELECT email_id FROM contact_email WHERE tenant_id = $1 AND email_id = ANY ($2::uuid[]) UNION ALL \
        SELECT email_id FROM organization_email WHERE tenant_id = $1 AND email_id = ANY ($2::uuid[]) UNION ALL \
        SELECT phone_number_id FROM contact_phone_number WHERE tenant_id = $1 AND phone_number_id = ANY ($2::uuid[]) UNION ALL \
        SELECT phone_number_id FROM organization_phone_number WHERE tenant_id = $1 AND phone_number_id = ANY ($2::uuid[])
        """)

    /// Those of the contacts `$2`, users `$3` and organizations `$4` that exist.
    static let visible = StatementText(
        "participant.visible",
        """
        SELECT 'contact', id FROM contact WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state IN ('LIVE', 'HIDDEN') UNION ALL \
        SELECT 'user', id FROM app_user WHERE tenant_id = $1 AND id = ANY ($3::uuid[]) AND state = 'LIVE' UNION ALL \
        SELECT 'organization', id FROM organization WHERE tenant_id = $1 AND id = ANY ($4::uuid[]) AND state IN ('LIVE', 'HIDDEN')
        """)

    /// `$2` the event; `$3` roles, `$4` kinds of subjects, `$5` their ids, `$6` types.
    static let insertAll = StatementText(
        "participant.insert",
        """
        INSERT INTO timeline_event_participant \
        (tenant_id, timeline_event_id, role, email_id, phone_number_id, contact_id, user_id, organization_id, type, position) \
        SELECT $1, $2::uuid, role, CASE WHEN subject = 'email' THEN id END, CASE WHEN subject = 'phone_number' THEN id END, \
        CASE WHEN subject = 'contact' THEN id END, CASE WHEN subject = 'user' THEN id END, \
        CASE WHEN subject = 'organization' THEN id END, nullif(type, ''), place + (SELECT coalesce(max(p.position), 0) \
        FROM timeline_event_participant p WHERE p.tenant_id = $1 AND p.timeline_event_id = $2::uuid) \
        FROM unnest($3::text[], $4::text[], $5::uuid[], $6::text[]) WITH ORDINALITY given (role, subject, id, type, place) \
        ORDER BY place ON CONFLICT (tenant_id, timeline_event_id, role, subject_id) DO NOTHING
        """)

    /// `$3` the role, `$4` the id of the subject.
    static let remove = StatementText(
        "participant.remove",
        "DELETE FROM timeline_event_participant WHERE tenant_id = $1 AND timeline_event_id = $2::uuid AND role = $3 AND subject_id = $4::uuid"
    )
}
