internal import GraphQL
internal import Postgres

/// `organization_Save`: creates or updates. An organization is recognised by its domains: a new one with a domain that is
/// already known is the known one, shown again if it was hidden, and otherwise left as it is.
final class SaveOrganization: ObjectMutation, @unchecked Sendable {
    override func run(_ call: FieldCall, _ context: RequestContext) async throws -> FieldResult {
        for _ in 0..<5 {
            do {
                return try await super.run(call, context)
            } catch is OrganizationWriter.LostRace {
                continue
            }
        }
        throw FieldError("Failed to save organization", code: .conflict)
    }

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let writer = OrganizationWriter(transaction: transaction, context: context, failure: "Failed to save organization")
        var input = arguments.input
        if let name = input.text("name") { input.set("name", .string(name.trimmingBlanks)) }
        if let id = input.text("id"), !id.isEmpty {
            try await update(id, input, writer)
            return id
        }
        return try await create(input, writer)
    }

    // MARK: Update

    private func update(_ id: String, _ input: InputObject, _ writer: OrganizationWriter) async throws {
        guard let stored = try await writer.lock(id) else { throw FieldError("Failed to save organization", code: .notFound) }
        let (relationship, stage) = try Relationship.resolve(
            relationship: input.text("relationship"), stage: input.text("stage"), stored: stored)
        try await writer.update(id, input, relationship: relationship, stage: stage, stored: stored)
    }

    // MARK: Create

    private func create(_ input: InputObject, _ writer: OrganizationWriter) async throws -> String {
        let domains = try await writer.judge(OrganizationWriter.candidates(of: input))
        if let known = domains.first(where: { $0.ownerIsVisible }), let owner = known.owner {
            try await writer.recognise(owner, state: known.ownerState)
            return owner
        }
        let (relationship, stage) = try Relationship.resolve(
            relationship: input.text("relationship"), stage: input.text("stage"), stored: nil)
        let owner = try await writer.existingOwner(input.text("ownerId"))

        let linkable = domains.filter { !$0.isRefused }.map(\.domain)
        var input = input
        if (input.text("name") ?? "").isEmpty, let domain = linkable.first {
            input.set("name", .string(WebDomain.name(of: domain)))
        }
        if (input.text("website") ?? "").isEmpty, let domain = linkable.first { input.set("website", .string(domain)) }

        let id = Identifiers.uuid()
        try await insert(id, input, relationship: relationship, stage: stage, owner: owner, writer)
        guard try await writer.link(linkable, to: id) else { throw OrganizationWriter.LostRace() }
        try await recordCreation(of: id, writer)
        if stage == "ENGAGED" { try await writer.engage(id) }
        return id
    }

    private func insert(
        _ id: String, _ input: InputObject, relationship: String?, stage: String?, owner: String?, _ writer: OrganizationWriter
    ) async throws {
        // The code is random: that 20 of them are taken means that nearly all are.
        for _ in 0..<20 {
            let parameters: [Parameter] = [
                writer.context.tenantParameter, .text(id), .text(Identifiers.customerOsID()), Parameter(text: relationship),
                Parameter(text: stage), Parameter(text: owner),
            ]
            let result = try await writer.transaction.run(
                Query(OrganizationTable.insert, parameters + OrganizationTable.patch.parameters(input)), writer.context)
            if result.rowCount == 1 { return }
        }
        throw FieldError("Failed to save organization", code: .conflict)
    }

    private func recordCreation(of id: String, _ writer: OrganizationWriter) async throws {
        let event = Identifiers.uuid()
        let tenant = writer.context.tenantParameter
        try await writer.transaction.run(
            [
                Query(OrganizationTable.created, [tenant, .text(id), .text(event), Parameter(text: writer.context.principal.userID)]),
                Query(OrganizationTable.touch, [tenant, .text(id), .text(event)]),
                Query(SharedStatements.refreshTimeline, [tenant, .text(event)]),
            ], writer.context)
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
