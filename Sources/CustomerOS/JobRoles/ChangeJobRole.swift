internal import GraphQL
internal import Postgres
internal import Records

/// `jobRole_Create`: adds a role to a contact.
struct CreateJobRole: Change {
    static let fields = ["jobRole_Create"]

    struct Input: Decodable {
        let contactId: ID<Contact>
        let input: Role
    }

    struct Role: Decodable {
        /// An empty text means none.
        let organizationId: ID<Organization>?
        let appSource: String?
        let values: Patch<JobRole>
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<JobRole> {
        let organization = input.input.organizationId?.unlessEmpty
        guard let owner = try await JobRoleOwner(input.contactId, organization, change) else {
            throw FieldError("Failed add job role to contact \(input.contactId)", code: .notFound)
        }
        return Written(try await owner.create(input.input.values, at: organization, by: input.input.appSource))
    }
}

/// `jobRole_Update`: replaces a contact's role. What is absent is cleared, except the organization.
struct UpdateJobRole: Change {
    static let fields = ["jobRole_Update"]

    struct Input: Decodable {
        let contactId: ID<Contact>
        let input: Role
    }

    struct Role: Decodable {
        let id: ID<JobRole>
        /// An empty text keeps the stored one.
        let organizationId: ID<Organization>?
        let values: Patch<JobRole>
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Written<JobRole> {
        let role = input.input
        let organization = role.organizationId?.unlessEmpty
        guard !role.id.isNobody, let owner = try await JobRoleOwner(input.contactId, organization, change),
            try await owner.update(role.id, role.values, at: organization, by: JobRoleStatements.overwrite)
        else { throw FieldError("Failed update role \(role.id)", code: .notFound) }
        return Written(role.id)
    }
}

/// `jobRole_Delete`: deletes a contact's role. Succeeds even if there is none.
struct DeleteJobRole: Change {
    static let fields = ["jobRole_Delete"]

    struct Input: Decodable {
        let contactId: ID<Contact>
        let roleId: ID<JobRole>
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Outcome {
        guard let owner = try await JobRoleOwner(input.contactId, nil, change) else {
            throw FieldError(
                "Failed remove job role \(input.roleId) from contact \(input.contactId)", code: .notFound, field: "contactId")
        }
        try await owner.delete(input.roleId)
        return .done
    }
}

/// `jobRole_Save`: adds a role, or changes the given values of one.
struct SaveJobRole: Change {
    static let fields = ["jobRole_Save"]

    struct Input: Decodable {
        /// An empty text means none, as in the other ids.
        let id: ID<JobRole>?
        let contactId: ID<Contact>?
        let organizationId: ID<Organization>?
        let values: Patch<JobRole>
    }

    func perform(_ input: Input, _ change: Changing) async throws -> ID<JobRole> {
        let organization = input.organizationId?.unlessEmpty
        let given = input.contactId?.unlessEmpty
        guard let id = input.id?.unlessEmpty else {
            guard let given else {
                throw FieldError("Failed to save job role: a contact is needed", code: .badUserInput, field: "input.contactId")
            }
            guard let owner = try await JobRoleOwner(given, organization, change) else {
                throw FieldError("Failed add job role to contact \(given)", code: .notFound)
            }
            return try await owner.create(input.values, at: organization, by: nil)
        }
        guard !id.isNobody, let contact = try await change.run(JobRoleStatements.find, id).first, given == nil || given == contact,
            let owner = try await JobRoleOwner(contact, organization, change),
            try await owner.update(id, input.values, at: organization, by: JobRoleStatements.change)
        else { throw FieldError("Failed update role \(id)", code: .notFound) }
        return id
    }
}
