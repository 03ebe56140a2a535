internal import GraphQL
internal import Postgres
internal import Records

/// Recognises organizations by their web domains, and links domains to them. A domain belongs to one visible
/// organization.
struct WebDomainLinks {
    let change: Changing
    /// The message of failures.
    let failure: String

    init(_ change: Changing, failure: String) {
        self.change = change
        self.failure = failure
    }

    /// The domains of an organization. A website may be anything.
    /// - Throws: `FieldError` if one of `domains` is invalid.
    func candidates(website: String?, _ domains: [String]) throws(FieldError) -> [WebDomain] {
        var candidates = [website.flatMap { WebDomain($0) }].compactMap { $0 }
        for text in domains where !text.trimmingBlanks.isEmpty {
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
        let patterns = candidates.enumerated().flatMap { index, domain in
            domain.sharedPatterns.map { (place: Int64(index + 1), pattern: $0) }
        }
        let stored = try await change.run(
            WebDomainStatements.find,
            WebDomainStatements.Candidates(
                domains: candidates.map(\.name), places: patterns.map(\.place), patterns: patterns.map(\.pattern)))
        var judged: [JudgedDomain] = []
        for (stored, candidate) in zip(stored, candidates) {
            let domain = JudgedDomain(
                name: candidate.name, isRefused: candidate.isLent || stored.isShared, owner: stored.owner,
                ownerName: stored.ownerName ?? "", ownerState: stored.ownerState)
            if let known = judged.firstIndex(where: { $0.name == domain.name }) {
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
            let name = domain.ownerName.isEmpty ? "the organization" : domain.ownerName
            return "\(domain.name) belongs to \(name) (\(domain.owner?.text ?? ""))"
        }
        return FieldError("\(failure): \(owners.joined(separator: ", "))", code: .conflict)
    }

    /// Links the domains that no visible organization has.
    /// - Returns: Whether all of them could be linked.
    func link(_ domains: [JudgedDomain], to id: ID<Organization>) async throws -> Bool {
        try await change.run(Self.freeing(domains), Self.linking(domains, to: id)).1.count == domains.count
    }

    /// The statement that frees the domains of archived organizations: one keeps its domains until another needs them.
    static func freeing(_ domains: [JudgedDomain]) -> BoundStatement<Void> {
        WebDomainStatements.free.with(domains.map(\.name), if: domains.contains { $0.owner != nil })
    }

    /// The statement that links free domains, and returns those it could link.
    static func linking(_ domains: [JudgedDomain], to id: ID<Organization>) -> BoundStatement<String> {
        WebDomainStatements.link.with((id, domains.map(\.name)), if: !domains.isEmpty)
    }
}
