internal import GraphQL
internal import Postgres
internal import Records

/// What creating, changing, closing and giving away an opportunity have in common.
struct OpportunityWriter {
    let change: Changing

    init(_ change: Changing) { self.change = change }

    // MARK: Save

    /// Creates an opportunity, or changes the one the input names.
    /// - Returns: Its id.
    func save(_ input: OpportunityInput) async throws -> ID<Opportunity> {
        let id = input.opportunityId?.unlessEmpty
        if let id, id.isNobody { throw Self.missing(id) }
        let organization = input.organizationId?.unlessEmpty
        if let organization, organization.isNobody { throw Self.missingOrganization(organization) }
        let (organizations, stored) = try await lock(id, organization)
        if let id, stored == nil { throw Self.missing(id) }
        if let organization, !organizations.contains(where: { $0.id == organization && $0.isVisible }) {
            throw Self.missingOrganization(organization)
        }
        var input = input
        if let name = input.values[\.name] { input.values[\.name] = Name.normal(name) }
        if let stage = input.values[\.externalStage], !stage.isEmpty, stage != stored?.externalStage {
            input.values[\.externalStage] = try await existingStage(stage)
        }
        let owner = try await existingOwner(input.ownerId)
        let task = try await existingTask(input.taskId)
        let saved: ID<Opportunity>
        if let id, let stored {
            try await update(id, input, stored, organization, owner, organizations)
            saved = id
        } else {
            saved = try await create(input, organization, owner, organizations)
        }
        if let task { try await change.run(OpportunityStatements.linkTask, (task, saved)) }
        return saved
    }

    private func create(
        _ input: OpportunityInput, _ organization: ID<Organization>?, _ owner: ID<User>?, _ organizations: [OpportunityLock.Organization]
    ) async throws -> ID<Opportunity> {
        // A renewal belongs to a contract, which creates it.
        guard input.internalType != .renewal else {
            throw FieldError("A renewal opportunity is created by its contract", .notAllowed, field: "input.internalType")
        }
        let id = ID<Opportunity>.new()
        let written = try await change.run(OpportunityStatements.insert, (id, organization, owner, input.values)).first
        try Self.checkAmounts(written)
        if let stage = input.internalStage, stage != .open {
            try await close(id, stage, organizations.first { $0.id == organization })
        }
        return id
    }

    private func update(
        _ id: ID<Opportunity>, _ input: OpportunityInput, _ stored: OpportunityLock.Stored, _ organization: ID<Organization>?,
        _ owner: ID<User>?, _ organizations: [OpportunityLock.Organization]
    ) async throws {
        if let type = input.internalType, (type == .renewal) != stored.isRenewal {
            throw FieldError("A renewal opportunity stays one, and no other becomes one", .notAllowed, field: "input.internalType")
        }
        if stored.isRenewal, let organization, organization != stored.organization {
            throw FieldError("A renewal belongs to the organization of its contract", .notAllowed, field: "input.organizationId")
        }
        let external = input.values[\.externalStage] ?? ""
        let movesOn = !external.isEmpty && external != stored.externalStage
        let stage = try stored.stage.next(asked: input.internalStage, movesOn: movesOn, isRenewal: stored.isRenewal)
        var values = input.values
        if stored.isRenewal { values.keep(\.maxAmount) }
        let written = try await change.run(
            OpportunityStatements.update,
            OpportunityStatements.Update(
                id: id, organization: stored.isRenewal ? nil : organization, changesOwner: input.ownerId != nil, owner: owner,
                opens: stage == .open && stored.stage != .open, values: values)
        ).first
        if !stored.isRenewal || values[\.amount] != nil { try Self.checkAmounts(written) }
        if stage != .open, stage != stored.stage {
            let buyer = organization ?? stored.organization
            try await close(id, stage, organizations.first { $0.id == buyer })
        }
        guard let contract = stored.contract else { return }
        if stage != stored.stage {
            try await refresh(contract, stage == .won ? .renewal : .lost)
        } else if written?.hasOtherAmount ?? false, stage == .open {
            try await refresh(contract, .amount)
        }
    }

    // MARK: Close

    /// Closes an opportunity: won new business makes the organization a customer, lost business gives it up.
    private func close(_ id: ID<Opportunity>, _ stage: OpportunityStage, _ organization: OpportunityLock.Organization?) async throws {
        let closed = try await change.run(OpportunityStatements.close, (id, stage)).first
        guard closed?.0 == .new, let organization else { return }
        let moved: (relationship: String?, stage: String?)
        if stage == .won {
            guard organization.relationship != "CUSTOMER", organization.stage != "TRIAL" else { return }
            moved = ("CUSTOMER", OrganizationRelationship.customer.stages.first?.rawValue)
        } else {
            guard organization.relationship == "PROSPECT", organization.stage == "ENGAGED" else { return }
            moved = ("PROSPECT", "TARGET")
        }
        try await change.run(OpportunityStatements.moveOrganization, (organization.id, moved.relationship, moved.stage))
    }

    // MARK: One opportunity

    /// Locks an opportunity, with its contract and its organization.
    /// - Returns: nil if there is none.
    func lock(_ id: ID<Opportunity>) async throws -> OpportunityLock.Stored? {
        id.isNobody ? nil : try await lock(id, nil).stored
    }

    /// For a new one, that is at most its organization.
    private func lock(
        _ id: ID<Opportunity>?, _ organization: ID<Organization>?
    ) async throws -> (organizations: [OpportunityLock.Organization], stored: OpportunityLock.Stored?) {
        guard let id else {
            guard let organization else { return ([], nil) }
            return (try await change.run(OpportunityLock.organizations, (nil, organization)), nil)
        }
        let (organizations, contracts, opportunities) = try await change.run(
            OpportunityLock.organizations.with((id, organization)), OpportunityLock.contract.with(id), OpportunityLock.opportunity.with(id))
        guard var stored = opportunities.first else { return (organizations, nil) }
        if stored.organization == nil { stored.organization = contracts.first?.organization }
        return (organizations, stored)
    }

    /// Updates a contract after a change of its renewal.
    func refresh(_ contract: ID<Contract>, _ cause: ContractCause) async throws {
        try await change.run(ContractEngine.refresh, ([contract], cause))
    }

    /// The owner to store; an empty text removes it.
    func existingOwner(_ id: ID<User>?) async throws -> ID<User>? {
        guard let id = id?.unlessEmpty else { return nil }
        guard try await mayOwn(id) else { throw Self.missingUser(id) }
        return id
    }

    /// Whether a user may own things, who then stays until the change is done.
    func mayOwn(_ id: ID<User>) async throws -> Bool { id.isNobody ? false : try await !change.run(User.lockOwner, id).isEmpty }

    /// The stage in the tenant's spelling.
    private func existingStage(_ given: String) async throws -> String {
        let stages = try await change.run(OpportunityStatements.stages, ())
        do throws(ValueRefusal) { return try ExternalStage.normal(given, of: stages) } catch {
            throw FieldError(error, field: "input.externalStage")
        }
    }

    /// The currency is known only after the write: it may be the stored one, or the tenant's.
    private static func checkAmounts(_ written: OpportunityStatements.Figures?) throws(FieldError) {
        for (amount, member) in [(written?.amount, "amount"), (written?.maxAmount, "maxAmount")] {
            do throws(ValueRefusal) { try Amount.check(amount ?? 0, in: written?.currency ?? "") } catch {
                throw FieldError(error, field: "input.\(member)")
            }
        }
    }

    private func existingTask(_ id: ID<UserTask>?) async throws -> ID<UserTask>? {
        guard let id = id?.unlessEmpty else { return nil }
        if !id.isNobody, try await !change.run(OpportunityStatements.task, id).isEmpty { return id }
        throw FieldError("Task with id \(id) not found", code: .notFound)
    }

    // MARK: What is missing

    static func missing(_ id: ID<Opportunity>) -> FieldError { FieldError("Opportunity with id \(id) not found", code: .notFound) }

    static func missingOrganization(_ id: ID<Organization>) -> FieldError {
        FieldError("Organization with id \(id) not found", code: .notFound)
    }

    static func missingUser(_ id: ID<User>) -> FieldError { FieldError("User with id \(id) not found", code: .notFound) }
}
