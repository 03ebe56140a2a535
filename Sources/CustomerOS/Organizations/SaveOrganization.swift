internal import GraphQL
internal import Postgres

/// `organization_Save`: creates or updates. An organization is recognised by its domains: a new one with a domain that is
/// already known is the known one, shown again if it was hidden, and otherwise left as it is.
final class SaveOrganization: ObjectMutation, @unchecked Sendable {
    private static let domainOfOrganization = "organization_domain_tenant_id_organization_id_fkey"

    override func run(_ call: FieldCall, _ context: RequestContext) async throws -> FieldResult {
        for _ in 0..<5 {
            do {
                return try await super.run(call, context)
            } catch is OrganizationWriter.LostRace {
                continue
            } catch let error as PostgresError where error.constraint == Self.domainOfOrganization {
                // The random code was taken, so there was nothing to link the domains to.
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

        let linkable = domains.filter { !$0.isRefused }
        var input = input
        if let first = linkable.first?.domain {
            if (input.text("name") ?? "").isEmpty { input.set("name", .string(WebDomain.name(of: first))) }
            if (input.text("website") ?? "").isEmpty { input.set("website", .string(first)) }
        }
        let id = Identifiers.uuid()
        let parameters: [Parameter] = [
            writer.context.tenantParameter, .text(id), .text(Identifiers.customerOsID()), Parameter(text: relationship),
            Parameter(text: stage), Parameter(text: owner), .text(Identifiers.uuid()), Parameter(text: writer.context.principal.userID),
        ]
        let insert = Query(OrganizationTable.insert, parameters + OrganizationTable.patch.parameters(input))
        try await make(insert, linkable, id, writer)
        if stage == "ENGAGED" { try await writer.engage(id) }
        return id
    }

    /// Inserts the organization and links its domains, in one round trip.
    private func make(
        _ insert: Query, _ domains: [OrganizationWriter.JudgedDomain], _ id: String, _ writer: OrganizationWriter
    ) async throws {
        let results = try await writer.transaction.run([insert] + writer.linking(domains, to: id), writer.context)
        guard results[0].rowCount == 1, domains.isEmpty || results.last?.rowCount == domains.count else {
            throw OrganizationWriter.LostRace()
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
