internal import GraphQL
internal import Postgres

/// What creating and changing an organization have in common, within one transaction.
struct OrganizationWriter {
    /// Someone else has linked a domain, or merged its organization, between our look and our write: the whole is to be done again.
    struct LostRace: Error {}

    /// What is known of a domain that an input speaks of.
    struct JudgedDomain {
        let domain: String
        /// It comes from a host that many share: it says nothing about who someone is.
        let isRefused: Bool
        let owner: String?
        let ownerName: String
        let ownerState: String?

        var ownerIsVisible: Bool { ownerState == "LIVE" || ownerState == "HIDDEN" }
    }

    let transaction: Transaction
    let context: RequestContext
    /// What a failure is called.
    let failure: String

    private var tenant: Parameter { context.tenantParameter }

    // MARK: Change

    /// Locks an organization that can be seen.
    /// - Returns: What is stored of what depends on each other, or nil when there is no such organization.
    func lock(_ id: String) async throws -> (relationship: String?, stage: String?)? {
        guard UUIDKey.isValid(id) else { return nil }
        let stored = try await transaction.run(Query(OrganizationTable.lock, [tenant, .text(id)]), context)
        return stored.rowCount == 1 ? (stored.text(0, 0), stored.text(0, 1)) : nil
    }

    /// Changes an organization that is locked, and links the domains that the input speaks of.
    /// - Parameter input: The members of `OrganizationSaveInput`.
    /// - Throws: `FieldError` when another organization has one of the domains, `LostRace` when one gets it meanwhile.
    func update(
        _ id: String, _ input: InputObject, relationship: String?, stage: String?, stored: (relationship: String?, stage: String?)
    ) async throws {
        let ownerID = input.text("ownerId")
        let owner = try await existingOwner(ownerID)
        let domains = try await judge(candidates(of: input)).filter { !$0.isRefused }
        let taken = domains.filter { $0.ownerIsVisible && $0.owner != id.lowercased() }
        guard taken.isEmpty else { throw conflict(taken) }
        let parameters: [Parameter] = [
            tenant, .text(id), Parameter(text: relationship), Parameter(text: stage), .text(ownerID == nil ? "false" : "true"),
            Parameter(text: owner),
        ]
        try await transaction.run(Query(OrganizationTable.update, parameters + OrganizationTable.patch.parameters(input)), context)
        let free = domains.filter { !$0.ownerIsVisible }
        guard try await link(free, to: id) else { throw LostRace() }
        if let first = free.first, (input.text("website") ?? "").isEmpty {
            try await transaction.run(Query(OrganizationTable.fillWebsite, [tenant, .text(id), .text(first.domain)]), context)
        }
        if stage == "ENGAGED", stored.stage != "ENGAGED" { try await engage(id) }
    }

    /// An organization that one has begun to talk to gets its first opportunity, unless it has one or a contract.
    func engage(_ id: String) async throws {
        try await transaction.run(
            Query(
                OrganizationTable.engage,
                [tenant, .text(id), .text(Identifiers.uuid()), Parameter(text: context.principal.userID)]), context)
    }

    /// The owner to store; an empty text removes the one there is.
    func existingOwner(_ id: String?) async throws -> String? {
        guard let id, !id.isEmpty else { return nil }
        guard UUIDKey.isValid(id),
            try await transaction.run(Query(SharedStatements.owner, [tenant, .text(id)]), context).rowCount == 1
        else { throw FieldError(failure, code: .badUserInput) }
        return id
    }

    // MARK: Domains

    /// The domains that the input of a save speaks of. A website may be anything.
    /// - Throws: `FieldError` when one of `domains` is none.
    func candidates(of input: InputObject) throws(FieldError) -> [WebDomain] {
        var candidates = [input.text("website").flatMap { WebDomain($0) }].compactMap { $0 }
        for text in input.texts("domains") where !text.trimmingBlanks.isEmpty {
            guard let domain = WebDomain(text) else {
                throw FieldError(
                    ValueRefusal(.malformed, "must be a domain, such as acme.com, and \"\(text)\" is none"),
                    field: "input.domains", failure: failure)
            }
            candidates.append(domain)
        }
        return candidates
    }

    /// What is known of each domain, named once: of several addresses within it one that says something is enough.
    func judge(_ candidates: [WebDomain]) async throws -> [JudgedDomain] {
        guard !candidates.isEmpty else { return [] }
        let patterns = candidates.enumerated().flatMap { index, domain in domain.sharedPatterns.map { (place: index + 1, pattern: $0) } }
        let result = try await transaction.run(
            Query(
                OrganizationTable.judgeDomains,
                [
                    tenant, .text(arrayText(candidates.map(\.name))), .text(arrayText(patterns.map { String($0.place) })),
                    .text(arrayText(patterns.map(\.pattern))),
                ]), context)
        var judged: [JudgedDomain] = []
        for (row, candidate) in zip(0..<result.rowCount, candidates) {
            let isRefused = candidate.isLent || result.text(row, 1) == "t"
            let domain = JudgedDomain(
                domain: candidate.name, isRefused: isRefused, owner: result.text(row, 2), ownerName: result.text(row, 3) ?? "",
                ownerState: result.text(row, 4))
            if let known = judged.firstIndex(where: { $0.domain == domain.domain }) {
                if judged[known].isRefused { judged[known] = domain }
            } else {
                judged.append(domain)
            }
        }
        return judged
    }

    /// Says who has the domains that are asked for.
    func conflict(_ domains: [JudgedDomain]) -> FieldError {
        let owners = domains.map { domain in
            "\(domain.domain) belongs to \(domain.ownerName.isEmpty ? "the organization" : domain.ownerName) (\(domain.owner ?? ""))"
        }
        return FieldError("\(failure): \(owners.joined(separator: ", "))", code: .conflict)
    }

    /// Links those domains that nobody has who can be seen.
    /// - Returns: Whether all of them could be linked.
    func link(_ domains: [JudgedDomain], to id: String) async throws -> Bool {
        guard !domains.isEmpty else { return true }
        return try await transaction.run(linking(domains, to: id), context).last?.rowCount == domains.count
    }

    /// The statements that link domains. The last one gives those that it could link.
    func linking(_ domains: [JudgedDomain], to id: String) -> [Query] {
        guard !domains.isEmpty else { return [] }
        let texts = Parameter.text(arrayText(domains.map(\.domain)))
        let link = Query(OrganizationTable.linkDomains, [tenant, .text(id), texts])
        // Whoever has been put away keeps its domains until somebody else comes.
        return domains.contains { $0.owner != nil } ? [Query(OrganizationTable.freeDomains, [tenant, texts]), link] : [link]
    }

    /// Shows the owner of a known domain if it was hidden, gives it the domains that nobody has yet, and keeps it from being merged before
    /// it is read. One that is to be changed is locked for that at once: two who share it would wait for each other.
    func recognise(_ owner: String, state: String?, adding domains: [JudgedDomain]) async throws {
        let isHidden = state == "HIDDEN"
        let statement = isHidden || !domains.isEmpty ? OrganizationTable.lock : OrganizationTable.share
        let found = try await transaction.run(Query(statement, [tenant, .text(owner)]), context)
        guard found.rowCount == 1 else { throw LostRace() }
        if isHidden { try await transaction.run(Query(OrganizationTable.show, [tenant, .text(owner)]), context) }
        guard !domains.isEmpty else { return }
        guard try await link(domains, to: owner) else { throw LostRace() }
        try await transaction.run(Query(OrganizationTable.markChanged, [tenant, .text(owner)]), context)
    }
}
