internal import GraphQL
internal import Postgres
internal import Records

/// The participants of an event being written.
struct EventParticipants {
    /// How a participant is named: by an id, or by an address or number, created if new.
    enum Subject: String, ParameterValue, CellValue {
        case contact, user, organization, email
        case phoneNumber = "phone_number"

        static func read(_ cell: UnsafeBufferPointer<UInt8>?) -> Subject? { String.read(cell).flatMap(Subject.init) }
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

    // MARK: Input

    mutating func add(_ subject: Subject, _ text: String, role: String, type: String? = nil, field: String) {
        entries.append(Entry(role: role, subject: subject, text: text, type: type, field: field))
    }

    /// Adds the participants that inputs name.
    /// - Throws: `FieldError` for one that names no participant, unless those are to be skipped.
    mutating func add<Input: ParticipantInput>(
        _ inputs: [Input]?, role: String, field: String, skipsEmpty: Bool = false
    ) throws(FieldError) {
        for (index, input) in (inputs ?? []).enumerated() {
            if try !add(input, role: role, field: "\(field).\(index)"), !skipsEmpty {
                throw FieldError(
                    "A participant must be named by one of \(input.choices.map(\.member).joined(separator: ", ")).",
                    code: .badUserInput, field: "\(field).\(index)")
            }
        }
    }

    /// Adds the participant an input names.
    /// - Returns: Whether it names one.
    mutating func add(_ input: some ParticipantInput, role: String, field: String) throws(FieldError) -> Bool {
        for choice in input.choices {
            guard let text = choice.text?.trimmingBlanks, !text.isEmpty else { continue }
            let field = "\(field).\(choice.member)"
            add(
                choice.subject, try Self.normal(choice.subject, text, field), role: role, type: input.type, field: field
            )
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
            case .contact, .user, .organization: return text
            }
        } catch {
            throw FieldError(error, field: field)
        }
    }

    // MARK: Subjects

    private func texts(_ subject: Subject) -> [String] { entries.filter { $0.subject == subject }.map(\.text) }

    private func ids<Kind>(_ subject: Subject) -> [ID<Kind>] { texts(subject).map { ID($0) }.filter { !$0.isNobody } }

    /// What to lock, as far as known.
    func subjects(_ addresses: Addresses) -> TimelineLock.Subjects {
        TimelineLock.Subjects(
            contacts: ids(.contact), organizations: ids(.organization), emails: addresses.emails.ids,
            phoneNumbers: addresses.phoneNumbers.ids)
    }

    // MARK: Addresses

    /// The e-mail addresses and phone numbers that name participants.
    struct Addresses {
        /// Those of one kind.
        struct Group<Kind> {
            fileprivate var idOfText: [String: ID<Kind>] = [:]
            fileprivate var missing: [String] = []

            /// Sorted, each once.
            fileprivate var ids: [ID<Kind>] { Set(idOfText.values).sorted { $0.text < $1.text } }

            fileprivate init() {}

            /// - Parameter found: The number of each text from 1 on, and its id if it is known.
            fileprivate init(_ texts: [String], _ found: [(Int64, ID<Kind>?)]) {
                for (number, id) in found where texts.indices.contains(Int(number) - 1) {
                    let text = texts[Int(number) - 1]
                    if let id { idOfText[text] = id } else { missing.append(text) }
                }
            }
        }

        fileprivate var emails = Group<Email>()
        fileprivate var phoneNumbers = Group<PhoneNumber>()
    }

    /// Looks the addresses up.
    func findAddresses(_ change: Changing) async throws -> Addresses {
        var addresses = Addresses()
        let emails = Self.unique(texts(.email))
        if !emails.isEmpty {
            addresses.emails = Addresses.Group(emails, try await change.run(ParticipantStatements.findEmails, emails))
        }
        let numbers = Self.unique(texts(.phoneNumber))
        if !numbers.isEmpty {
            let found = try await change.run(
                ParticipantStatements.findPhoneNumbers, ParticipantStatements.Numbers(Self.numbers(numbers)))
            addresses.phoneNumbers = Addresses.Group(numbers, found)
        }
        return addresses
    }

    private static func numbers(_ texts: [String]) -> [PhoneNumber] { texts.map { PhoneNumber(comparable: $0) } }

    private static func unique(_ texts: [String]) -> [String] {
        texts.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Creates new addresses. Restarts the change if another one has created such an address and given it to an owner
    /// meanwhile.
    func makeMissing(_ addresses: Addresses, _ change: Changing) async throws -> Addresses {
        let (emails, numbers) = (addresses.emails.missing, addresses.phoneNumbers.missing)
        guard !emails.isEmpty || !numbers.isEmpty else { return addresses }
        if !emails.isEmpty {
            try await change.run(ParticipantStatements.insertEmails, (emails.map { _ in .new() }, emails))
        }
        if !numbers.isEmpty {
            try await change.run(
                ParticipantStatements.insertPhoneNumbers, ParticipantStatements.NewNumbers(Self.numbers(numbers)))
        }
        let found = try await findAddresses(change)
        let newEmails = Set(found.emails.ids).subtracting(addresses.emails.ids)
        let newNumbers = Set(found.phoneNumbers.ids).subtracting(addresses.phoneNumbers.ids)
        guard try await change.run(ParticipantStatements.findOwned, (Array(newEmails), Array(newNumbers))).isEmpty
        else {
            try change.again()
        }
        return found
    }

    // MARK: Checks and rows

    /// Checks that participants named by id exist.
    /// - Throws: `FieldError` with `failure` as the beginning of its message.
    func check(_ failure: String, _ change: Changing) async throws {
        let named = entries.filter { $0.subject != .email && $0.subject != .phoneNumber }
        guard !named.isEmpty else { return }
        let visible = Set(
            try await change.run(ParticipantStatements.visible, (ids(.contact), ids(.user), ids(.organization))))
        for entry in named
        where !visible.contains(ParticipantStatements.Named(subject: entry.subject, id: ID(entry.text))) {
            throw FieldError(
                "\(failure): \(entry.subject.rawValue) with id \(entry.text) not found", code: .notFound,
                field: entry.field)
        }
    }

    /// Writes the participants of an event. Naming one twice in a role is the same as once.
    func insertion(_ event: ID<TimelineEvent>, _ addresses: Addresses) -> [BoundStatement<Void>] {
        guard !entries.isEmpty else { return [] }
        let rows = entries.compactMap { entry -> (entry: Entry, id: String)? in
            switch entry.subject {
            case .email: addresses.emails.idOfText[entry.text].map { (entry, $0.text) }
            case .phoneNumber: addresses.phoneNumbers.idOfText[entry.text].map { (entry, $0.text) }
            case .contact, .user, .organization: (entry, entry.text)
            }
        }
        let new = ParticipantStatements.Rows(
            event: event, roles: rows.map(\.entry.role), subjects: rows.map(\.entry.subject),
            ids: rows.map { ID($0.id) },
            types: rows.map { $0.entry.type ?? "" })
        return [ParticipantStatements.insert.with(new)]
    }

    /// Removes from an event the participants named by id.
    func removal(_ event: ID<TimelineEvent>) -> [BoundStatement<Void>] {
        entries.filter { !ID<Participant>($0.text).isNobody }.map { entry in
            ParticipantStatements.remove.with((event, entry.role, ID(entry.text)))
        }
    }
}
