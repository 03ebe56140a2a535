internal import Postgres
internal import Records

/// The contact whose job roles are changed, locked with all organizations that may be affected.
struct JobRoleOwner {
    let contact: ID<Contact>
    /// The organizations of the contact's roles and the one in the input.
    let organizations: [ID<Organization>]
    private let change: Changing

    /// Nil if there is no such contact, or `organization` is not a visible one.
    init?(_ contact: ID<Contact>, _ organization: ID<Organization>?, _ change: Changing) async throws {
        guard !contact.isNobody, organization.map({ !$0.isNobody }) ?? true else { return nil }
        let lock = try await ContactLock([contact], and: organization, change)
        guard !lock.contacts.isEmpty else { return nil }
        if let organization {
            guard lock.organizations.contains(where: { $0.id == organization && $0.isVisible }) else { return nil }
        }
        self.contact = contact
        organizations = lock.organizations.map(\.id)
        self.change = change
    }

    /// Adds a role.
    /// - Parameter application: The application that creates it.
    /// - Returns: Its id.
    func create(_ values: Patch<JobRole>, at organization: ID<Organization>?, by application: String?) async throws -> ID<JobRole> {
        let id = ID<JobRole>.new()
        try await demoteOthers(than: id, values)
        let insert = JobRoleStatements.Insert(
            id: id, contact: contact, organization: organization, values: values, application: application)
        try await change.run(JobRoleStatements.insert.with(insert), refreshTimelines)
        return id
    }

    /// Changes a role with one of the statements of `JobRoleStatements`.
    /// - Parameter organization: Nil keeps the stored one.
    /// - Returns: Whether the contact has it.
    func update(
        _ id: ID<JobRole>, _ values: Patch<JobRole>, at organization: ID<Organization>?,
        by statement: Statement<JobRoleStatements.Update, ID<JobRole>>
    ) async throws -> Bool {
        try await demoteOthers(than: id, values)
        let update = JobRoleStatements.Update(id: id, contact: contact, organization: organization, values: values)
        let (updated, _, _) = try await change.run(
            statement.with(update), JobRoleStatements.dropEmptyDates.with(id), refreshTimelines)
        return !updated.isEmpty
    }

    /// Deletes a role, if there is one.
    func delete(_ id: ID<JobRole>) async throws {
        guard !id.isNobody else { return }
        try await change.run(
            JobRoleStatements.keepEvents.with((id, contact)), JobRoleStatements.delete.with((id, contact)), refreshTimelines)
    }

    private func demoteOthers(than id: ID<JobRole>, _ values: Patch<JobRole>) async throws {
        if values[\.primary] == "true" { try await change.run(JobRoleStatements.demote, (contact, id)) }
    }

    private var refreshTimelines: BoundStatement<Void> { JobRoleStatements.refreshTimelines.with((contact, organizations)) }
}
