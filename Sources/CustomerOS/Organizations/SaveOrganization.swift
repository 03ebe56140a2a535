internal import GraphQL
internal import Postgres
internal import Records

/// `organization_Save`: creates or updates. An organization is recognised by its domains: a new one with a known domain
/// is the known one, which is shown again if it was hidden, gets the free domains, and is otherwise unchanged.
final class SaveOrganization: OrganizationMutation, @unchecked Sendable {
    private static let failure = "Failed to save organization"

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let writer = OrganizationWriter(transaction: transaction, context: context, failure: Self.failure)
        var input = arguments.input
        if let name = input.text("name") { input.set("name", .string(Name.normal(name))) }
        if let id = input.text("id"), !id.isEmpty {
            try await update(id, input, writer)
            return id
        }
        return try await create(input, writer)
    }

    // MARK: Update

    private func update(_ id: String, _ input: InputObject, _ writer: OrganizationWriter) async throws {
        guard let stored = try await writer.lock(id) else { throw FieldError(Self.failure, code: .notFound) }
        let (relationship, stage) = try Relationship.resolve(
            relationship: input.text("relationship"), stage: input.text("stage"), stored: stored)
        try await writer.update(id, input, relationship: relationship, stage: stage, stored: stored)
    }

    // MARK: Create

    private func create(_ input: InputObject, _ writer: OrganizationWriter) async throws -> String {
        let domains = try await writer.judge(writer.candidates(of: input)).filter { !$0.isRefused }
        let known = domains.filter(\.ownerIsVisible)
        if let first = known.first, let owner = first.owner {
            guard known.allSatisfy({ $0.owner == owner }) else { throw writer.conflict(known) }
            try await writer.recognise(owner, state: first.ownerState, adding: domains.filter { !$0.ownerIsVisible })
            return owner
        }
        let (relationship, stage) = try Relationship.resolve(
            relationship: input.text("relationship"), stage: input.text("stage"), stored: nil)
        let owner = try await writer.existingOwner(input.text("ownerId"))

        var input = input
        if let first = domains.first?.domain {
            if (input.text("name") ?? "").isEmpty { input.set("name", .string(WebDomain.title(of: first))) }
            if (input.text("website") ?? "").isEmpty { input.set("website", .string(first)) }
        }
        let id = Identifiers.uuid()
        let parameters: [Parameter] = [
            writer.context.tenantParameter, .text(id), .text(Identifiers.customerOsID()), Parameter(text: relationship),
            Parameter(text: stage), Parameter(text: owner), .text(Identifiers.uuid()), Parameter(text: writer.context.principal.userID),
        ]
        let insert = Query(OrganizationTable.insert, parameters + OrganizationTable.patch.parameters(input))
        try await make(insert, domains, id, writer)
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
