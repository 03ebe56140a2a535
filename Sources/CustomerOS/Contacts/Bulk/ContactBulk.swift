internal import GraphQL
internal import Postgres
internal import Records

/// Many contacts at once: the inputs are validated first, then the valid ones are written in sets, in one transaction
/// with a fixed number of statements.
struct ContactBulk {
    enum Kind {
        case email, linkedIn

        /// The argument with the inputs.
        fileprivate var argument: String {
            switch self {
            case .email: "emails"
            case .linkedIn: "linkedInUrls"
            }
        }

        /// What the inputs are, in messages.
        fileprivate var inputs: String {
            switch self {
            case .email: "emails"
            case .linkedIn: "LinkedIn URLs"
            }
        }
    }

    /// An accepted input: what identifies a contact, and the values of a new one.
    private struct Candidate {
        /// The address, or the profile's key: one contact each.
        let key: String
        let url: String
        let alias: String
        let name: ContactName
    }

    private let kind: Kind
    private let change: Changing

    init(by kind: Kind, _ change: Changing) {
        self.kind = kind
        self.change = change
    }

    /// Finds or creates a contact for each input.
    /// - Parameter flow: The id of the flow that the contacts join. An empty text is none.
    func run(_ inputs: [String], joining flow: String?) async throws -> ContactBulkResult {
        var seen: Set<String> = []
        let inputs = inputs.filter { !$0.isEmpty && seen.insert($0).inserted }
        let limit = change.bulkLimit
        guard inputs.count <= limit else {
            throw FieldError(
                "Maximum number of \(kind.inputs) exceeded: at most \(limit) at once", code: .badUserInput,
                details: [
                    GraphQLError.Detail(name: "field", value: .string(kind.argument)),
                    GraphQLError.Detail(name: "limit", value: .integer(Int64(limit))),
                ])
        }
        let flow = try await existingFlow(flow)
        var candidates: [Candidate] = []
        var failed: [String] = []
        var keys: Set<String> = []
        for input in inputs {
            guard let candidate = candidate(input) else {
                failed.append(input)
                continue
            }
            if keys.insert(candidate.key).inserted { candidates.append(candidate) }
        }
        let created = candidates.isEmpty ? [] : try await contacts(candidates, flow)
        return ContactBulkResult(created: created, failed: failed)
    }

    private func candidate(_ input: String) -> Candidate? {
        // What cannot be stored fails alone, without the others.
        guard !input.utf8.contains(0), input.utf8.count <= 2_000 else { return nil }
        switch kind {
        case .email:
            guard let person = try? PersonalAddress(input) else { return nil }
            let name = ContactName(name: "", first: person.firstName, last: person.lastName).completed
            return Candidate(key: person.address, url: "", alias: "", name: name)
        case .linkedIn:
            guard let profile = SocialURL.person(input) else { return nil }
            return Candidate(
                key: profile.key, url: profile.url, alias: profile.alias,
                name: ContactName(name: "", first: "", last: ""))
        }
    }

    private func existingFlow(_ id: String?) async throws -> ID<Flow>? {
        guard let id, !id.isEmpty else { return nil }
        let flow = ID<Flow>(id)
        if !flow.isNobody, try await !change.run(ContactBulkStatements.flow, flow).isEmpty { return flow }
        throw FieldError("Invalid flow id", code: .badUserInput, field: "flowId")
    }

    private func contacts(_ candidates: [Candidate], _ flow: ID<Flow>?) async throws -> [ID<Contact>] {
        // Two inputs may lead to the same address or contact.
        var newByLink: [String: ID<Contact>] = [:]
        var ids: [ID<Contact>] = []
        var known: [ID<Contact>] = []
        var made: [(id: ID<Contact>, candidate: Candidate)] = []
        for (candidate, found) in zip(candidates, try await find(candidates)) {
            if let contact = found.contact {
                known.append(contact)
                ids.append(contact)
            } else if let id = newByLink[found.link] {
                ids.append(id)
            } else {
                let id = ID<Contact>.new()
                newByLink[found.link] = id
                made.append((id, candidate))
                ids.append(id)
            }
        }
        var distinct: Set<ID<Contact>> = []
        ids = ids.filter { distinct.insert($0).inserted }
        var statements = [ContactBulkStatements.touch.with(known)]
        if !made.isEmpty { statements += creation(made.map(\.id), made.map(\.candidate)) }
        if let flow { statements.append(ContactBulkStatements.join.with((flow, ids.map { _ in .new() }, ids))) }
        try await change.run(statements)
        return ids
    }

    private func creation(_ ids: [ID<Contact>], _ made: [Candidate]) -> [BoundStatement<Void>] {
        let insert = ContactBulkStatements.insert.with(
            ContactBulkStatements.Named(
                ids: ids, names: made.map(\.name.name), firsts: made.map(\.name.first), lasts: made.map(\.name.last)))
        let keys = made.map(\.key)
        switch kind {
        case .email:
            return [
                insert, ContactBulkStatements.insertEmails.with((keys.map { _ in .new() }, keys)),
                ContactBulkStatements.lockEmails.with(keys), ContactBulkStatements.linkEmails.with((ids, keys)),
                // The addresses may have earlier events.
                Contact.refreshLinks.with((ids, [])),
            ]
        case .linkedIn:
            let profiles = ContactBulkStatements.Profiles(
                contacts: ids, ids: keys.map { _ in .new() }, urls: made.map(\.url), keys: keys,
                aliases: made.map(\.alias))
            return [insert, ContactBulkStatements.linkProfiles.with(profiles)]
        }
    }

    /// The existing contacts of the candidates. Until the transaction ends no other can change those contacts, nor
    /// create any of the candidates in bulk.
    private func find(_ candidates: [Candidate]) async throws -> [ContactBulkStatements.Found] {
        let keys = candidates.map(\.key)
        let find =
            switch kind {
            case .email: ContactBulkStatements.findByEmail.with(keys)
            case .linkedIn: ContactBulkStatements.findByLinkedIn.with((keys, candidates.map(\.alias)))
            }
        // Contacts are locked before their addresses, as everywhere; so they are looked up twice.
        let seen = try await change.run(find).compactMap(\.contact)
        let (locked, _, found) = try await change.run(
            ContactLock.visible.with(seen), ContactBulkStatements.lockKeys.with(keys), find)
        // A contact may have come or gone meanwhile.
        guard found.count == candidates.count, Set(found.compactMap(\.contact)).isSubset(of: locked) else {
            try change.again()
        }
        return found
    }
}
