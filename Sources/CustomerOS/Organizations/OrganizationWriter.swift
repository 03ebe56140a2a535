internal import GraphQL
internal import Postgres
internal import Records

/// Creates and changes organizations. The whole change restarts if another one linked a domain, or merged its
/// organization, between read and write.
struct OrganizationWriter {
    /// The values of an organization, in whichever form a client gave them.
    struct Values {
        var standing: Standing
        /// An empty text removes the owner; nil keeps it.
        var owner: ID<User>?
        var domains: [String] = []
        var columns: Patch<Organization>
    }

    private static let organizationOfDomain = "organization_domain_tenant_id_organization_id_fkey"

    private let change: Changing
    /// The message of failures.
    private let failure: String
    private let links: WebDomainLinks

    init(_ change: Changing, failure: String) {
        self.change = change
        self.failure = failure
        links = WebDomainLinks(change, failure: failure)
    }

    /// Locks a visible organization.
    /// - Returns: What is stored, or nil if there is no such organization.
    func lock(_ id: ID<Organization>) async throws -> Standing? {
        id.isNobody ? nil : try await change.run(Organization.lock, id).first
    }

    // MARK: Update

    /// Changes a locked organization, and links the domains.
    /// - Throws: `FieldError` if another organization has one of the domains.
    func update(_ id: ID<Organization>, _ values: Values, stored: Standing) async throws {
        let standing = try values.standing.resolved(stored: stored)
        let owner = try await existingOwner(values.owner)
        let domains = try await identifyingDomains(values)
        let taken = domains.filter { $0.ownerIsVisible && $0.owner != id }
        guard taken.isEmpty else { throw links.conflict(taken) }
        try await change.run(
            OrganizationStatements.update,
            OrganizationStatements.Update(
                id: id, relationship: standing.relationship, stage: standing.stage, changesOwner: values.owner != nil,
                owner: owner,
                values: values.columns))
        let free = domains.filter { !$0.ownerIsVisible }
        guard try await links.link(free, to: id) else { try change.again() }
        if let first = free.first, (values.columns[\.website] ?? "").isEmpty {
            try await change.run(OrganizationStatements.fillWebsite, (id, first.name))
        }
        if standing.stage == .engaged, stored.stage != .engaged { try await engage(id) }
    }

    // MARK: Create

    /// Creates an organization. One with a known domain is the known one, which is shown again if it was hidden, gets
    /// the free domains, and is otherwise unchanged.
    /// - Returns: The id of the created or known one.
    func create(_ values: Values) async throws -> ID<Organization> {
        let domains = try await identifyingDomains(values)
        let known = domains.filter(\.ownerIsVisible)
        if let first = known.first, let owner = first.owner {
            guard known.allSatisfy({ $0.owner == owner }) else { throw links.conflict(known) }
            try await recognise(
                owner, isHidden: first.ownerState == "HIDDEN", adding: domains.filter { !$0.ownerIsVisible })
            return owner
        }
        let standing = try values.standing.resolved(stored: nil)
        let owner = try await existingOwner(values.owner)
        var columns = values.columns
        if let first = domains.first?.name {
            if (columns[\.name] ?? "").isEmpty { columns[\.name] = WebDomain.title(of: first) }
            if (columns[\.website] ?? "").isEmpty { columns[\.website] = first }
        }
        let id = ID<Organization>.new()
        try await insert(
            OrganizationStatements.Insert(
                id: id, code: Identifiers.customerOsID(), relationship: standing.relationship, stage: standing.stage,
                owner: owner,
                event: .new(), values: columns),
            domains)
        if standing.stage == .engaged { try await engage(id) }
        return id
    }

    /// Inserts the organization and links its domains, in one round trip.
    private func insert(_ row: OrganizationStatements.Insert, _ domains: [JudgedDomain]) async throws {
        do {
            let (made, _, linked) = try await change.run(
                OrganizationStatements.insert.with(row), WebDomainLinks.freeing(domains),
                WebDomainLinks.linking(domains, to: row.id))
            guard made.count == 1, linked.count == domains.count else { try change.again() }
        } catch let error as PostgresError where error.constraint == Self.organizationOfDomain {
            // The random code was taken, so there was nothing to link the domains to.
            try change.again()
        }
    }

    /// Shows the owner of a known domain if it was hidden, gives it the free domains, and keeps it from being merged
    /// before it is read. One that will change is locked exclusively at once: two share locks would deadlock.
    private func recognise(_ owner: ID<Organization>, isHidden: Bool, adding domains: [JudgedDomain]) async throws {
        let isChanged = isHidden || !domains.isEmpty
        let isThere =
            isChanged
            ? try await !change.run(Organization.lock, owner).isEmpty
            : try await !change.run(Organization.share, owner).isEmpty
        guard isThere else { try change.again() }
        if isHidden { try await change.run(OrganizationStatements.show, owner) }
        guard !domains.isEmpty else { return }
        guard try await links.link(domains, to: owner) else { try change.again() }
        try await change.run(OrganizationStatements.markChanged, owner)
    }

    // MARK: Both

    private func identifyingDomains(_ values: Values) async throws -> [JudgedDomain] {
        let candidates = try links.candidates(website: values.columns[\.website], values.domains)
        return try await links.judge(candidates).filter { !$0.isRefused }
    }

    private func engage(_ id: ID<Organization>) async throws {
        try await change.run(OrganizationStatements.engage, (id, .new()))
    }

    /// The owner to store; an empty text removes it.
    private func existingOwner(_ id: ID<User>?) async throws -> ID<User>? {
        guard let id = id?.unlessEmpty else { return nil }
        guard !id.isNobody, try await !change.run(User.lockOwner, id).isEmpty else {
            throw FieldError(failure, code: .badUserInput)
        }
        return id
    }
}
