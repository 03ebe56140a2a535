internal import GraphQL
internal import Postgres
internal import Records

/// The contact whose job roles are changed, locked with all organizations that may be affected.
struct JobRoleOwner {
    let contact: String
    /// The organizations of the contact's roles and the one in the input.
    let organizations: [String]
    let tenant: Parameter

    /// Nil if there is no such contact, or `organization` is not a visible one.
    init?(
        contact: String, organization: String?, _ transaction: Transaction, _ context: RequestContext
    ) async throws {
        guard UUIDKey.isValid(contact), organization.map(UUIDKey.isValid) ?? true else { return nil }
        let lock = try await ContactLock([contact], and: organization, transaction, context)
        guard !lock.contacts.isEmpty else { return nil }
        if let organization = organization?.lowercased() {
            guard let state = lock.organizations.first(where: { $0.id == organization })?.state, ["LIVE", "HIDDEN"].contains(state) else {
                return nil
            }
        }
        self.contact = contact
        organizations = lock.organizations.map(\.id)
        tenant = context.tenantParameter
    }

    /// The organization in an input. An empty text means none.
    static func organization(of input: InputObject) -> String? {
        input.text("organizationId").flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Adds a role.
    /// - Returns: Its id.
    func create(_ input: InputObject, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let id = Identifiers.uuid()
        let values = ["jobTitle", "description", "company", "primary", "startedAt", "endedAt", "appSource"].map { Parameter(input[$0]) }
        let insert = Query(
            JobRoleTable.insert,
            [tenant, .text(id), .text(contact), Parameter(text: Self.organization(of: input))] + values)
        try await transaction.run(demotion(of: id, input) + [insert, refreshTimelines], context)
        return id
    }

    /// Changes a role with one of the statements of `JobRoleTable`.
    /// - Returns: Whether the contact has it.
    func update(
        _ id: String, _ input: InputObject, by statement: StatementText, _ transaction: Transaction, _ context: RequestContext
    ) async throws -> Bool {
        let update = Query(
            statement,
            [tenant, .text(id), .text(contact), Parameter(text: Self.organization(of: input))] + JobRoleTable.patch.parameters(input))
        let demotion = demotion(of: id, input)
        let results = try await transaction.run(
            demotion + [update, Query(JobRoleTable.dropEmptyDates, [tenant, .text(id)]), refreshTimelines], context)
        return results[demotion.count].rowCount == 1
    }

    /// Deletes a role, if there is one.
    func delete(_ id: String, _ transaction: Transaction, _ context: RequestContext) async throws {
        let parameters: [Parameter] = [tenant, .text(id), .text(contact)]
        try await transaction.run(
            [Query(JobRoleTable.keepEvents, parameters), Query(JobRoleTable.delete, parameters), refreshTimelines], context)
    }

    private func demotion(of id: String, _ input: InputObject) -> [Query] {
        input.flag("primary") == true ? [Query(JobRoleTable.demote, [tenant, .text(contact), .text(id)])] : []
    }

    var refreshTimelines: Query {
        Query(JobRoleTable.refreshTimelines, [tenant, .text(contact), .text(arrayText(organizations))])
    }
}
