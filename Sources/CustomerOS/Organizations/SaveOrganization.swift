internal import GraphQL
internal import Postgres

/// `organization_Save`: creates or updates. An organization is recognised by its domains: a new one with a domain that is
/// already known is the known one, shown again if it was hidden, and otherwise left as it is.
final class SaveOrganization: ObjectMutation, @unchecked Sendable {
    /// Someone else has linked a domain between our look and our write.
    private struct LostRace: Error {}

    override func run(_ call: FieldCall, _ context: RequestContext) async throws -> FieldResult {
        for _ in 0..<3 {
            do {
                return try await super.run(call, context)
            } catch is LostRace {
                continue
            }
        }
        throw FieldError("Failed to save organization", code: .conflict)
    }

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let input = arguments.input
        let save = SaveInput(input)
        if let id = input.text("id"), !id.isEmpty {
            try await update(id, save, transaction, context)
            return id
        }
        return try await create(save, transaction, context)
    }

    // MARK: Create

    private func create(_ save: SaveInput, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let domains = try await judge(save.candidates, transaction, context)
        if let known = domains.first(where: { $0.ownerIsVisible }), let owner = known.owner {
            if known.ownerState == "HIDDEN" {
                try await transaction.run(Query(OrganizationTable.show, [context.tenantParameter, .text(owner)]), context)
            }
            return owner
        }
        let (relationship, stage) = try Relationship.resolve(
            relationship: save.input.text("relationship"), stage: save.input.text("stage"), stored: nil)
        let owner = try await existingOwner(save.input.text("ownerId"), transaction, context)

        let linkable = domains.filter { !$0.isRefused }.map(\.domain)
        var input = save.input
        if (input.text("name") ?? "").trimmingBlanks.isEmpty, let domain = linkable.first {
            input.set("name", .string(WebDomain.name(of: domain)))
        }
        if (input.text("website") ?? "").isEmpty, let domain = linkable.first { input.set("website", .string(domain)) }

        let id = Identifiers.uuid()
        try await insert(id, input, relationship: relationship, stage: stage, owner: owner, transaction, context)
        try await link(linkable, to: id, mustLinkAll: true, transaction, context)
        try await recordCreation(of: id, transaction, context)
        return id
    }

    private func insert(
        _ id: String, _ input: InputObject, relationship: String?, stage: String?, owner: String?, _ transaction: Transaction,
        _ context: RequestContext
    ) async throws {
        // The code is random: that 20 of them are taken means that nearly all are.
        for _ in 0..<20 {
            let parameters: [Parameter] = [
                context.tenantParameter, .text(id), .text(Identifiers.customerOsID()), Parameter(text: relationship),
                Parameter(text: stage), Parameter(text: owner),
            ]
            let result = try await transaction.run(
                Query(OrganizationTable.insert, parameters + OrganizationTable.patch.parameters(input)), context)
            if result.rowCount == 1 { return }
        }
        throw FieldError("Failed to save organization", code: .conflict)
    }

    private func recordCreation(of id: String, _ transaction: Transaction, _ context: RequestContext) async throws {
        let event = Identifiers.uuid()
        let tenant = context.tenantParameter
        try await transaction.run(
            [
                Query(OrganizationTable.created, [tenant, .text(id), .text(event), Parameter(text: context.principal.userID)]),
                Query(OrganizationTable.touch, [tenant, .text(id), .text(event)]),
                Query(SharedStatements.refreshTimeline, [tenant, .text(event)]),
            ], context)
    }

    // MARK: Update

    private func update(_ id: String, _ save: SaveInput, _ transaction: Transaction, _ context: RequestContext) async throws {
        guard UUIDKey.isValid(id) else { throw Self.missing }
        let tenant = context.tenantParameter
        let stored = try await transaction.run(Query(OrganizationTable.lock, [tenant, .text(id)]), context)
        guard stored.rowCount == 1 else { throw Self.missing }
        let (relationship, stage) = try Relationship.resolve(
            relationship: save.input.text("relationship"), stage: save.input.text("stage"),
            stored: (stored.text(0, 0), stored.text(0, 1)))
        let ownerID = save.input.text("ownerId")
        let owner = try await existingOwner(ownerID, transaction, context)
        let domains = try await judge(save.candidates, transaction, context)
        let parameters: [Parameter] = [
            tenant, .text(id), Parameter(text: relationship), Parameter(text: stage), .text(ownerID == nil ? "false" : "true"),
            Parameter(text: owner),
        ]
        try await transaction.run(
            Query(OrganizationTable.update, parameters + OrganizationTable.patch.parameters(save.input)), context)
        let linkable = domains.filter { !$0.isRefused && !$0.ownerIsVisible }.map(\.domain)
        try await link(linkable, to: id, mustLinkAll: false, transaction, context)
    }

    private static var missing: FieldError { FieldError("Failed to save organization", code: .notFound) }

    // MARK: Domains and owner

    private struct JudgedDomain {
        let domain: String
        /// A personal mail provider or a hosting site: it says nothing about who someone is.
        let isRefused: Bool
        let owner: String?
        let ownerState: String?

        var ownerIsVisible: Bool { ownerState == "LIVE" || ownerState == "HIDDEN" }
    }

    private func judge(_ candidates: [String], _ transaction: Transaction, _ context: RequestContext) async throws -> [JudgedDomain] {
        guard !candidates.isEmpty else { return [] }
        let result = try await transaction.run(
            Query(OrganizationTable.judgeDomains, [context.tenantParameter, .text(arrayText(candidates))]), context)
        return (0..<result.rowCount).map { row in
            JudgedDomain(
                domain: result.text(row, 0) ?? "", isRefused: result.text(row, 1) == "t", owner: result.text(row, 2),
                ownerState: result.text(row, 3))
        }
    }

    private func link(
        _ domains: [String], to id: String, mustLinkAll: Bool, _ transaction: Transaction, _ context: RequestContext
    ) async throws {
        guard !domains.isEmpty else { return }
        let texts = Parameter.text(arrayText(domains))
        let results = try await transaction.run(
            [
                Query(OrganizationTable.freeDomains, [context.tenantParameter, texts]),
                Query(OrganizationTable.linkDomains, [context.tenantParameter, .text(id), texts]),
            ], context)
        if mustLinkAll, results[1].rowCount < domains.count { throw LostRace() }
    }

    /// The owner to store; an empty text removes the one there is.
    private func existingOwner(_ id: String?, _ transaction: Transaction, _ context: RequestContext) async throws -> String? {
        guard let id, !id.isEmpty else { return nil }
        guard UUIDKey.isValid(id) else { throw FieldError("Failed to save organization", code: .badUserInput) }
        let found = try await transaction.run(Query(SharedStatements.owner, [context.tenantParameter, .text(id)]), context)
        guard found.rowCount == 1 else { throw FieldError("Failed to save organization", code: .badUserInput) }
        return id
    }
}

/// The input of a save, with the domains that it speaks of.
private struct SaveInput {
    let input: InputObject
    let candidates: [String]

    init(_ input: InputObject) {
        self.input = input
        let texts = [input.text("website")].compactMap { $0 } + input.texts("domains")
        candidates = texts.compactMap(WebDomain.registrable).reduce(into: []) { list, domain in
            if !list.contains(domain) { list.append(domain) }
        }
    }
}

extension InputObject {
    mutating func set(_ name: String, _ value: InputValue) {
        members.removeAll { $0.name == name }
        members.append(Member(name: name, value: value))
    }
}

extension Parameter {
    init(text: String?) { self = text.map { .text($0) } ?? .null }
}
