internal import GraphQL
internal import Postgres

/// `contact_CreateBulkByEmailV2` and `contact_CreateBulkByLinkedInV2`: a contact for each input, found or made.
final class CreateContactsInBulk: OutcomeMutation, @unchecked Sendable {
    private let bulk: ContactBulk

    init(_ kind: ContactBulk.Kind) { bulk = ContactBulk(kind) }

    override func run(_ call: FieldCall, _ context: RequestContext) async throws -> FieldResult {
        try await ContactBulk.retrying { try await super.run(call, context) }
    }

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> Outcome {
        let (ids, failed) = try await bulk.run(arguments, transaction, context)
        return Outcome(["createdIds": arrayText(ids), "failedInputs": arrayText(failed)])
    }
}

/// `contact_CreateBulkByEmail` and `contact_CreateBulkByLinkedIn`, which answer with the failed inputs alone.
final class FailedContactsInBulk: LeafMutation, @unchecked Sendable {
    private let bulk: ContactBulk

    init(_ kind: ContactBulk.Kind) { bulk = ContactBulk(kind) }

    override func run(_ call: FieldCall, _ context: RequestContext) async throws -> FieldResult {
        try await ContactBulk.retrying { try await super.run(call, context) }
    }

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> [String] {
        try await bulk.run(arguments, transaction, context).failed
    }
}

/// Many contacts at once: the inputs are judged first, then the good ones are written set by set, in one transaction of a fixed number
/// of statements.
struct ContactBulk: Sendable {
    enum Kind: Sendable {
        case email, linkedIn

        /// The argument that holds the inputs.
        var argument: String {
            switch self {
            case .email: "emails"
            case .linkedIn: "linkedInUrls"
            }
        }

        var excess: String {
            switch self {
            case .email: "Maximum number of emails exceeded"
            case .linkedIn: "Maximum number of LinkedIn URLs exceeded"
            }
        }
    }

    static let limit = 200

    /// A contact that was found is gone before it could be locked.
    private struct Stale: Error {}

    /// An input that was taken: what a contact is recognised by, and what a new one is made of.
    fileprivate struct Candidate {
        /// The address, or the key of the profile: one contact each.
        let key: String
        let url: String
        let alias: String
        let name: ContactName
    }

    private let kind: Kind

    init(_ kind: Kind) { self.kind = kind }

    static func retrying(_ body: () async throws -> FieldResult) async throws -> FieldResult {
        for _ in 0..<5 {
            do {
                return try await body()
            } catch is Stale {
                continue
            }
        }
        throw FieldError("The change conflicts with another one. Try again.", code: .conflict)
    }

    /// - Returns: the ids of the contacts, found or made, and the inputs that no contact can be made of, both in the order of the inputs.
    func run(
        _ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext
    ) async throws -> (ids: [String], failed: [String]) {
        var seen: Set<String> = []
        let inputs = arguments.values.texts(kind.argument).filter { !$0.isEmpty && seen.insert($0).inserted }
        guard inputs.count <= Self.limit else {
            throw FieldError(
                kind.excess, code: .badUserInput, details: [GraphQLError.Detail(name: "limit", value: .integer(Int64(Self.limit)))])
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
        switch kind {
        case .email:
            guard let person = try? PersonalAddress(input) else { return nil }
            var name = ContactName(name: "", first: person.firstName, last: person.lastName)
            name.complete()
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
        else { throw FieldError("Invalid flow id", code: .badUserInput) }
        return id
    }

    private func contacts(
        _ candidates: [Candidate], _ flow: String?, _ transaction: Transaction, _ context: RequestContext
    ) async throws -> [String] {
        let tenant = context.tenantParameter
        let found = try await find(candidates, transaction, context)
        // Two inputs may lead to one address, or to one contact.
        var newByLink: [String: String] = [:]
        var ids: [String] = []
        var known: [String] = []
        var made: [(id: String, link: String, candidate: Candidate)] = []
        for (candidate, (link, contact)) in zip(candidates, found) {
            if let contact {
                known.append(contact)
                ids.append(contact)
            } else if let id = newByLink[link] {
                ids.append(id)
            } else {
                let id = Identifiers.uuid()
                newByLink[link] = id
                made.append((id, link, candidate))
                ids.append(id)
            }
        }
        let locked = try await transaction.run(Query(ContactBulkTable.lock, [tenant, .text(arrayText(known))]), context)
        guard locked.rowCount == Set(known).count else { throw Stale() }

        let newIDs = Parameter.text(arrayText(made.map(\.id)))
        let names = [\ContactName.name, \.first, \.last].map { path in
            Parameter.text(arrayText(made.map { $0.candidate.name[keyPath: path] }))
        }
        var queries = [
            Query(ContactBulkTable.touch, [tenant, .text(arrayText(known))]), Query(ContactBulkTable.insert, [tenant, newIDs] + names),
        ]
        switch kind {
        case .email: queries.append(Query(ContactBulkTable.linkEmails, [tenant, newIDs, .text(arrayText(made.map(\.link)))]))
        case .linkedIn:
            queries.append(
                Query(
                    ContactBulkTable.linkProfiles,
                    [
                        tenant, newIDs, .text(arrayText(made.map { _ in Identifiers.uuid() })), .text(arrayText(made.map(\.candidate.url))),
                        .text(arrayText(made.map(\.candidate.key))), .text(arrayText(made.map(\.candidate.alias))),
                    ]))
        }
        var distinct: Set<String> = []
        ids = ids.filter { distinct.insert($0).inserted }
        if let flow {
            let participants = arrayText(ids.map { _ in Identifiers.uuid() })
            queries.append(Query(ContactBulkTable.join, [tenant, .text(flow), .text(participants), .text(arrayText(ids))]))
        }
        queries.append(ContactTable.refreshLinks(of: made.map(\.id), and: [], tenant))
        try await transaction.run(queries, context)
        return ids
    }

    /// For each candidate what it is linked by, which two candidates may share, and the contact that is there already. Until the
    /// transaction ends nobody else makes a contact in bulk of any of them.
    private func find(
        _ candidates: [Candidate], _ transaction: Transaction, _ context: RequestContext
    ) async throws -> [(link: String, contact: String?)] {
        let tenant = context.tenantParameter
        let keys = Parameter.text(arrayText(candidates.map(\.key)))
        let result: QueryResult
        switch kind {
        case .email:
            let new = Parameter.text(arrayText(candidates.map { _ in Identifiers.uuid() }))
            result = try await transaction.run(
                [
                    Query(ContactBulkTable.insertEmails, [tenant, new, keys]), Query(ContactBulkTable.lockEmails, [tenant, keys]),
                    Query(ContactBulkTable.findByEmail, [tenant, keys]),
                ], context)[2]
        case .linkedIn:
            result = try await transaction.run(
                [
                    Query(ContactBulkTable.lockProfiles, [tenant, keys]),
                    Query(ContactBulkTable.findByLinkedIn, [tenant, keys, .text(arrayText(candidates.map(\.alias)))]),
                ], context)[1]
        }
        guard result.rowCount == candidates.count else { throw Stale() }
        return (0..<result.rowCount).map { (result.text($0, 0) ?? "", result.text($0, 1)) }
    }
}
