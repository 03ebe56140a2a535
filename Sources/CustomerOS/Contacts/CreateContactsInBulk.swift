internal import GraphQL
internal import Postgres
internal import Records

/// `contact_CreateBulkByEmailV2` and `contact_CreateBulkByLinkedInV2`: a contact for each input, found or created.
final class CreateContactsInBulk: OutcomeMutation, @unchecked Sendable {
    private let bulk: ContactBulk

    init(_ kind: ContactBulk.Kind) { bulk = ContactBulk(kind) }

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        let (ids, failed) = try await bulk.run(arguments, transaction, context)
        return MutationOutcome(["createdIds": arrayText(ids), "failedInputs": arrayText(failed)])
    }
}

/// `contact_CreateBulkByEmail` and `contact_CreateBulkByLinkedIn`, which return only the failed inputs.
final class FailedContactsInBulk: LeafMutation, @unchecked Sendable {
    private let bulk: ContactBulk

    init(_ kind: ContactBulk.Kind) { bulk = ContactBulk(kind) }

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> [String] {
        try await bulk.run(arguments, transaction, context).failed
    }
}

/// Many contacts at once: the inputs are validated first, then the valid ones are written in sets, in one transaction
/// with a fixed number of statements.
struct ContactBulk: Sendable {
    enum Kind: Sendable {
        case email, linkedIn

        /// The argument with the inputs.
        var argument: String {
            switch self {
            case .email: "emails"
            case .linkedIn: "linkedInUrls"
            }
        }

        func excess(of limit: Int) -> String {
            switch self {
            case .email: "Maximum number of emails exceeded: at most \(limit) at once"
            case .linkedIn: "Maximum number of LinkedIn URLs exceeded: at most \(limit) at once"
            }
        }
    }

    /// An accepted input: what identifies a contact, and the values of a new one.
    fileprivate struct Candidate {
        /// The address, or the profile's key: one contact each.
        let key: String
        let url: String
        let alias: String
        let name: ContactName
    }

    private let kind: Kind

    init(_ kind: Kind) { self.kind = kind }

    /// - Returns: The ids of the contacts, found or created, and the inputs from which none can be created, both in the
    ///   order of the inputs.
    func run(
        _ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext
    ) async throws -> (ids: [String], failed: [String]) {
        var seen: Set<String> = []
        let inputs = arguments.values.texts(kind.argument).filter { !$0.isEmpty && seen.insert($0).inserted }
        let limit = context.limits.bulkLimit
        guard inputs.count <= limit else {
            throw FieldError(
                kind.excess(of: limit), code: .badUserInput,
                details: [
                    GraphQLError.Detail(name: "field", value: .string(kind.argument)),
                    GraphQLError.Detail(name: "limit", value: .integer(Int64(limit))),
                ])
        }
        let flow = try await existingFlow(arguments.text("flowId"), transaction, context)
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
        guard !candidates.isEmpty else { return ([], failed) }
        return (try await contacts(candidates, flow, transaction, context), failed)
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
            return Candidate(key: profile.key, url: profile.url, alias: profile.alias, name: ContactName(name: "", first: "", last: ""))
        }
    }

    private func existingFlow(_ id: String?, _ transaction: Transaction, _ context: RequestContext) async throws -> String? {
        guard let id, !id.isEmpty else { return nil }
        guard UUIDKey.isValid(id),
            try await transaction.run(Query(ContactBulkTable.flow, [context.tenantParameter, .text(id)]), context).rowCount == 1
        else { throw FieldError("Invalid flow id", code: .badUserInput, field: "flowId") }
        return id
    }

    private func contacts(
        _ candidates: [Candidate], _ flow: String?, _ transaction: Transaction, _ context: RequestContext
    ) async throws -> [String] {
        let tenant = context.tenantParameter
        let found = try await find(candidates, transaction, context)
        // Two inputs may lead to the same address or contact.
        var newByLink: [String: String] = [:]
        var ids: [String] = []
        var known: [String] = []
        var made: [(id: String, candidate: Candidate)] = []
        for (candidate, (link, contact)) in zip(candidates, found) {
            if let contact {
                known.append(contact)
                ids.append(contact)
            } else if let id = newByLink[link] {
                ids.append(id)
            } else {
                let id = Identifiers.uuid()
                newByLink[link] = id
                made.append((id, candidate))
                ids.append(id)
            }
        }
        var distinct: Set<String> = []
        ids = ids.filter { distinct.insert($0).inserted }
        var queries = [Query(ContactBulkTable.touch, [tenant, .text(arrayText(known))])]
        if !made.isEmpty { queries += creation(made, tenant) }
        if let flow {
            let participants = arrayText(ids.map { _ in Identifiers.uuid() })
            queries.append(Query(ContactBulkTable.join, [tenant, .text(flow), .text(participants), .text(arrayText(ids))]))
        }
        try await transaction.run(queries, context)
        return ids
    }

    private func creation(_ made: [(id: String, candidate: Candidate)], _ tenant: Parameter) -> [Query] {
        let array = { (text: ((id: String, candidate: Candidate)) -> String) in Parameter.text(arrayText(made.map(text))) }
        let ids = array(\.id)
        let insert = Query(
            ContactBulkTable.insert,
            [tenant, ids, array(\.candidate.name.name), array(\.candidate.name.first), array(\.candidate.name.last)])
        switch kind {
        case .email:
            let addresses = array(\.candidate.key)
            return [
                insert, Query(ContactBulkTable.insertEmails, [tenant, array { _ in Identifiers.uuid() }, addresses]),
                Query(ContactBulkTable.lockEmails, [tenant, addresses]), Query(ContactBulkTable.linkEmails, [tenant, ids, addresses]),
                // The addresses may have earlier events.
                Query(Contact.refreshLinks.text, [tenant, .text(arrayText(made.map(\.id))), .text("{}")]),
            ]
        case .linkedIn:
            return [
                insert,
                Query(
                    ContactBulkTable.linkProfiles,
                    [
                        tenant, ids, array { _ in Identifiers.uuid() }, array(\.candidate.url), array(\.candidate.key),
                        array(\.candidate.alias),
                    ]),
            ]
        }
    }

    /// For each candidate its key, and the existing contact. Until the transaction ends no other can change those
    /// contacts, nor create any of the candidates in bulk.
    private func find(
        _ candidates: [Candidate], _ transaction: Transaction, _ context: RequestContext
    ) async throws -> [(link: String, contact: String?)] {
        let tenant = context.tenantParameter
        let keys = [tenant, Parameter.text(arrayText(candidates.map(\.key)))]
        let find =
            switch kind {
            case .email: Query(ContactBulkTable.findByEmail, keys)
            case .linkedIn: Query(ContactBulkTable.findByLinkedIn, keys + [.text(arrayText(candidates.map(\.alias)))])
            }
        // Contacts are locked before their addresses, as everywhere; so they are looked up twice.
        let seen = contacts(in: try await transaction.run(find, context))
        let results = try await transaction.run(
            [Query(ContactLock.visible.text, [tenant, .text(arrayText(seen))]), Query(ContactBulkTable.lockKeys, keys), find], context)
        let found = results[2]
        guard found.rowCount == candidates.count, Set(contacts(in: found)).isSubset(of: results[0].texts) else {
            // A contact has come or gone meanwhile: restart the transaction.
            throw PostgresError(.serializationFailure)
        }
        return (0..<found.rowCount).map { (found.text($0, 0) ?? "", found.text($0, 1)) }
    }

    private func contacts(in found: QueryResult) -> [String] { (0..<found.rowCount).compactMap { found.text($0, 1) } }
}
