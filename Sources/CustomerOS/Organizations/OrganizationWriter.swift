internal import GraphQL
internal import Postgres
internal import Records

/// Creates and changes organizations, within one transaction.
struct OrganizationWriter {
    /// Another transaction linked a domain, or merged its organization, between our read and our write: start over.
    struct LostRace: Error {}

    /// What is known about a domain of an input.
    struct JudgedDomain {
        let domain: String
        /// It comes from a shared host, which identifies no company.
        let isRefused: Bool
        let owner: String?
        let ownerName: String
        let ownerState: String?

        var ownerIsVisible: Bool { ownerState == "LIVE" || ownerState == "HIDDEN" }
    }

    let transaction: Transaction
    let context: RequestContext
    /// The message of failures.
    let failure: String

    private var tenant: Parameter { context.tenantParameter }

    // MARK: Change

    /// Locks a visible organization.
    /// - Returns: The stored values that depend on each other, or nil if there is no such organization.
    func lock(_ id: String) async throws -> (relationship: String?, stage: String?)? {
        guard UUIDKey.isValid(id) else { return nil }
        let stored = try await transaction.run(Query(OrganizationTable.lock, [tenant, .text(id)]), context)
        return stored.rowCount == 1 ? (stored.text(0, 0), stored.text(0, 1)) : nil
    }

    /// Changes a locked organization, and links the input's domains.
    /// - Parameter input: The members of `OrganizationSaveInput`.
    /// - Throws: `FieldError` if another organization has one of the domains, `LostRace` if one gets it meanwhile.
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

    /// An engaged organization gets its first opportunity, unless it has one or a contract.
    func engage(_ id: String) async throws {
        try await transaction.run(
            Query(
                OrganizationTable.engage,
                [tenant, .text(id), .text(Identifiers.uuid()), Parameter(text: context.principal.userID)]), context)
    }

    /// The owner to store; an empty text removes it.
    func existingOwner(_ id: String?) async throws -> String? {
        guard let id, !id.isEmpty else { return nil }
        guard UUIDKey.isValid(id),
            try await transaction.run(Query(User.lockOwner.text, [tenant, .text(id)]), context).rowCount == 1
        else { throw FieldError(failure, code: .badUserInput) }
        return id
    }

    // MARK: Domains

    /// The domains in a save's input. A website may be anything.
    /// - Throws: `FieldError` if one of `domains` is invalid.
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

    /// What is known about each domain, once: of several addresses in it, one that identifies a company is enough.
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

    /// The error that names the owners of the requested domains.
    func conflict(_ domains: [JudgedDomain]) -> FieldError {
        let owners = domains.map { domain in
            "\(domain.domain) belongs to \(domain.ownerName.isEmpty ? "the organization" : domain.ownerName) (\(domain.owner ?? ""))"
        }
        return FieldError("\(failure): \(owners.joined(separator: ", "))", code: .conflict)
    }

    /// Links the domains that no visible organization has.
    /// - Returns: Whether all of them could be linked.
    func link(_ domains: [JudgedDomain], to id: String) async throws -> Bool {
        guard !domains.isEmpty else { return true }
        return try await transaction.run(linking(domains, to: id), context).last?.rowCount == domains.count
    }

    /// The statements that link domains. The last returns those it could link.
    func linking(_ domains: [JudgedDomain], to id: String) -> [Query] {
        guard !domains.isEmpty else { return [] }
        let texts = Parameter.text(arrayText(domains.map(\.domain)))
        let link = Query(OrganizationTable.linkDomains, [tenant, .text(id), texts])
        // An archived organization keeps its domains until another one needs them.
        return domains.contains { $0.owner != nil } ? [Query(OrganizationTable.freeDomains, [tenant, texts]), link] : [link]
    }

    /// Shows the owner of a known domain if it was hidden, gives it the free domains, and keeps it from being merged
    /// before it is read. One that will change is locked exclusively at once: two share locks would deadlock.
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
