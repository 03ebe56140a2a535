internal import GraphQL
internal import Postgres

/// Creates, changes, closes and reassigns opportunities, within one transaction.
struct OpportunityWriter {
    let transaction: Transaction
    let context: RequestContext

    private var tenant: Parameter { context.tenantParameter }
    private var user: Parameter { Parameter(text: context.principal.userID) }

    /// The stored values of a locked opportunity.
    struct Stored {
        let stage: OpportunityStage
        let externalStage: String
        let isRenewal: Bool
        let contract: String?
        /// The organization that may buy or renew.
        let organization: String?
    }

    /// A locked organization.
    private struct LockedOrganization {
        let id: String
        let isVisible: Bool
        let relationship: String?
        let stage: String?
    }

    static func missing(_ id: String) -> FieldError { FieldError("Opportunity with id \(id) not found", code: .notFound) }

    // MARK: Save

    /// Creates an opportunity, or changes the one the input names.
    /// - Returns: Its id.
    func save(_ input: InputObject) async throws -> String {
        let id = input.text("opportunityId").flatMap { $0.isEmpty ? nil : $0 }
        if let id, !UUIDKey.isValid(id) { throw Self.missing(id) }
        let organizationID = input.text("organizationId").flatMap { $0.isEmpty ? nil : $0 }
        if let organizationID, !UUIDKey.isValid(organizationID) { throw Self.missingOrganization(organizationID) }
        let locks = OpportunityTable.locks(id, organization: organizationID, tenant: tenant)
        let results = locks.isEmpty ? [] : try await transaction.run(locks, context)
        let stored = id == nil ? nil : Self.stored(results)
        if let id, stored == nil { throw Self.missing(id) }
        let organizations = results.first.map(Self.organizations) ?? []
        if let organizationID, !organizations.contains(where: { $0.id == organizationID.lowercased() && $0.isVisible }) {
            throw Self.missingOrganization(organizationID)
        }
        var input = input
        input.normalizeNames("name")
        if let stage = input.text("externalStage"), !stage.isEmpty, stage != stored?.externalStage {
            input.set("externalStage", .string(try await existingStage(stage)))
        }
        let owner = try await existingOwner(input.text("ownerId"))
        let task = try await existingTask(input.text("taskId"))
        let saved: String
        if let id, let stored {
            try await update(id, input, stored, organizationID, owner, organizations)
            saved = id
        } else {
            saved = try await create(input, organizationID, owner, organizations)
        }
        if let task { try await transaction.run(Query(OpportunityTable.linkTask, [tenant, .text(task), .text(saved)]), context) }
        return saved
    }

    private func create(
        _ input: InputObject, _ organization: String?, _ owner: String?, _ organizations: [LockedOrganization]
    ) async throws -> String {
        // A renewal belongs to a contract, which creates it.
        guard input.text("internalType") != "RENEWAL" else {
            throw FieldError("A renewal opportunity is created by its contract", code: .badUserInput, field: "internalType")
        }
        let id = Identifiers.uuid()
        let parameters: [Parameter] = [tenant, .text(id), Parameter(text: organization), Parameter(text: owner), user]
        let written = try await transaction.run(
            Query(OpportunityTable.insert, parameters + OpportunityTable.patch.parameters(input)), context)
        try Self.checkAmounts(written)
        if let stage = Self.stage(input), stage != .open {
            try await close(id, stage, organizations.first { $0.id == organization?.lowercased() })
        }
        return id
    }

    private func update(
        _ id: String, _ input: InputObject, _ stored: Stored, _ organization: String?, _ owner: String?,
        _ organizations: [LockedOrganization]
    ) async throws {
        if let type = input.text("internalType"), (type == "RENEWAL") != stored.isRenewal {
            throw FieldError("A renewal opportunity stays one, and no other becomes one", code: .badUserInput, field: "internalType")
        }
        if stored.isRenewal, let organization, organization.lowercased() != stored.organization {
            throw FieldError("A renewal belongs to the organization of its contract", code: .badUserInput, field: "organizationId")
        }
        let external = input.text("externalStage") ?? ""
        let movesOn = !external.isEmpty && external != stored.externalStage
        let stage = try stored.stage.next(asked: Self.stage(input), movesOn: movesOn, isRenewal: stored.isRenewal)
        var changes = input
        if stored.isRenewal { changes.set("maxAmount", .null) }
        let parameters: [Parameter] = [
            tenant, .text(id), stored.isRenewal ? .null : Parameter(text: organization),
            .text(input.text("ownerId") == nil ? "false" : "true"), Parameter(text: owner),
            .text(stage == .open && stored.stage != .open ? "true" : "false"), user,
        ]
        let written = try await transaction.run(
            Query(OpportunityTable.update, parameters + OpportunityTable.patch.parameters(changes)), context)
        if !stored.isRenewal || input["amount"] != nil { try Self.checkAmounts(written) }
        if stage != .open, stage != stored.stage {
            let buyer = organization?.lowercased() ?? stored.organization
            try await close(id, stage, organizations.first { $0.id == buyer })
        }
        guard let contract = stored.contract else { return }
        if stage != stored.stage {
            try await refresh(contract, stage == .won ? .renewal : .lost)
        } else if written.text(0, 3) == "t", stage == .open {
            try await refresh(contract, .amount)
        }
    }

    // MARK: Close

    /// Closes an opportunity: won new business makes the organization a customer, lost business gives it up.
    private func close(_ id: String, _ stage: OpportunityStage, _ organization: LockedOrganization?) async throws {
        let closed = try await transaction.run(
            Query(OpportunityTable.close, [tenant, .text(id), .text(stage.rawValue)]), context)
        guard closed.text(0, 0) == "NBO", let organization else { return }
        let moved: (relationship: String?, stage: String?)
        if stage == .won {
            guard organization.relationship != "CUSTOMER", organization.stage != "TRIAL" else { return }
            moved = ("CUSTOMER", Relationship.defaultStage(of: "CUSTOMER"))
        } else {
            guard organization.relationship == "PROSPECT", organization.stage == "ENGAGED" else { return }
            moved = ("PROSPECT", "TARGET")
        }
        try await transaction.run(
            Query(
                OpportunityTable.moveOrganization,
                [tenant, .text(organization.id), Parameter(text: moved.relationship), Parameter(text: moved.stage)]), context)
    }

    // MARK: One opportunity

    /// Locks an opportunity, with its contract and its organization.
    /// - Returns: nil if there is none.
    func lock(_ id: String) async throws -> Stored? {
        guard UUIDKey.isValid(id) else { return nil }
        return Self.stored(try await transaction.run(OpportunityTable.locks(id, organization: nil, tenant: tenant), context))
    }

    /// Updates a contract after a change of its renewal.
    func refresh(_ contract: String, _ cause: ContractCause) async throws {
        try await transaction.run(ContractEngine.refresh([contract], cause, context), context)
    }

    /// The owner to store; an empty text removes it.
    func existingOwner(_ id: String?) async throws -> String? {
        guard let id, !id.isEmpty else { return nil }
        guard UUIDKey.isValid(id),
            try await transaction.run(Query(SharedStatements.owner, [tenant, .text(id)]), context).rowCount == 1
        else { throw FieldError("User with id \(id) not found", code: .notFound) }
        return id
    }

    /// The stage in the tenant's spelling.
    private func existingStage(_ given: String) async throws -> String {
        let rows = try await transaction.run(Query(OpportunityTable.stages, [tenant]), context)
        do throws(ValueRefusal) {
            return try ExternalStage.normal(given, of: (0..<rows.rowCount).compactMap { rows.text($0, 0) })
        } catch {
            throw FieldError(error, field: "input.externalStage")
        }
    }

    /// The currency is known only after the write: it may be the stored one, or the tenant's.
    private static func checkAmounts(_ written: QueryResult) throws(FieldError) {
        for (place, member) in [(1, "amount"), (2, "maxAmount")] {
            do throws(ValueRefusal) {
                try Amount.check(written.text(0, place).flatMap(Double.init) ?? 0, in: written.text(0, 0) ?? "")
            } catch {
                throw FieldError(error, field: "input.\(member)")
            }
        }
    }

    private func existingTask(_ id: String?) async throws -> String? {
        guard let id, !id.isEmpty else { return nil }
        guard UUIDKey.isValid(id),
            try await transaction.run(Query(OpportunityTable.task, [tenant, .text(id)]), context).rowCount == 1
        else { throw FieldError("Task with id \(id) not found", code: .notFound) }
        return id
    }

    private static func missingOrganization(_ id: String) -> FieldError {
        FieldError("Organization with id \(id) not found", code: .notFound)
    }

    private static func stage(_ input: InputObject) -> OpportunityStage? {
        input.text("internalStage").flatMap(OpportunityStage.init(rawValue:))
    }

    private static func organizations(_ rows: QueryResult) -> [LockedOrganization] {
        (0..<rows.rowCount).map { row in
            LockedOrganization(
                id: rows.text(row, 0) ?? "", isVisible: ["LIVE", "HIDDEN"].contains(rows.text(row, 1)), relationship: rows.text(row, 2),
                stage: rows.text(row, 3))
        }
    }

    private static func stored(_ results: [QueryResult]) -> Stored? {
        let row = results[2]
        guard row.rowCount == 1, let stage = row.text(0, 0).flatMap(OpportunityStage.init(rawValue:)) else { return nil }
        return Stored(
            stage: stage, externalStage: row.text(0, 1) ?? "", isRenewal: row.text(0, 2) == "RENEWAL", contract: row.text(0, 3),
            organization: row.text(0, 4) ?? results[1].text(0, 1))
    }
}
