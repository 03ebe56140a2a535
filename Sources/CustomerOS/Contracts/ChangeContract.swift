internal import GraphQL
internal import Postgres
internal import Records

/// `contract_Create`: with a length, its renewal is created with it.
final class CreateContract: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let input = arguments.input
        let form = try ContractForm(input)
        let organization = input.text("organizationId") ?? ""
        let tenant = context.tenantParameter
        guard UUIDKey.isValid(organization),
            try await transaction.run(Query(ContractTable.lockOrganization, [tenant, .text(organization)]), context).rowCount == 1
        else { throw FieldError("Failed to create contract", code: .notFound, field: "organizationId") }
        let id = Identifiers.uuid()
        let parameters: [Parameter] = [tenant, .text(id), .text(organization), Parameter(text: context.principal.userID)]
        var queries = [
            Query(ContractTable.insert, parameters + form.dateParameters + ContractTable.patch.parameters(form.values))
        ]
        if let link = ContractReference.link(input, to: id, tenant: tenant) { queries.append(link) }
        try await transaction.run(queries + [ContractEngine.refresh([id], .contract, context)], context)
        return id
    }
}

/// `contract_Update`: what is absent is kept. Status, renewal and figures follow.
final class UpdateContract: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let input = arguments.input
        let id = input.text("contractId") ?? ""
        guard UUIDKey.isValid(id),
            try await transaction.run(ContractTable.locks(id, tenant: context.tenantParameter), context)[1].rowCount == 1
        else {
            throw FieldError(
                "Failed to update contract \(id)", because: id.isEmpty ? "contract id is missing" : "contract with id {\(id)} not found",
                code: .notFound)
        }
        try await Self.change(id, try ContractForm(input), transaction, context)
        return id
    }

    /// Changes a locked contract.
    static func change(_ id: String, _ form: ContractForm, _ transaction: Transaction, _ context: RequestContext) async throws {
        guard !form.values.members.isEmpty else { return }
        if let end = form.values.text("contractEnded"), !end.isEmpty {
            let others = ["contractSigned", "serviceStarted"].map { Parameter(text: form.values.text($0)) }
            let judged = try await transaction.run(Query(ContractTable.endsTooEarly, [.text(end)] + others), context)
            guard judged.text(0, 0) != "t" else {
                throw FieldError(
                    "Failed to update contract \(id)", because: "endedAt date must be after both signedAt and serviceStartedAt dates",
                    .notAllowed,
                    code: .badUserInput, field: "contractEnded")
            }
        }
        let parameters: [Parameter] = [context.tenantParameter, .text(id)]
        if let currency = form.values.text("currency"), !Currency.hasDecimals(currency) {
            let priced = try await transaction.run(Query(ContractTable.hasDecimals, parameters), context)
            guard priced.text(0, 0) != "t" else {
                throw FieldError(
                    "Failed to update contract \(id)", because: "\(currency) has no decimals, but the price of a service has some",
                    .notAllowed, code: .badUserInput, field: "input.currency")
            }
        }
        try await transaction.run(
            [
                Query(ContractTable.update, parameters + form.dateParameters + ContractTable.patch.parameters(form.values)),
                ContractEngine.refresh([id], .contract, context),
            ], context)
    }
}

/// `contract_Delete`: it and its renewals become invisible. One that has been invoiced is refused.
final class DeleteContract: OutcomeMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        let id = arguments.text("id") ?? ""
        let parameters: [Parameter] = [context.tenantParameter, .text(id)]
        let failure = "failed to delete contract \(id)"
        guard UUIDKey.isValid(id) else { return .action(false, remark: Self.missing(id, failure)) }
        let found = try await transaction.run(
            ContractTable.locks(id, tenant: context.tenantParameter) + [Query(ContractTable.isInvoiced, parameters)], context)
        guard found[1].rowCount == 1 else { return .action(false, remark: Self.missing(id, failure)) }
        guard found[2].text(0, 0) != "t" else {
            return .action(
                false,
                remark: FieldError(failure, because: "contract with id {\(id)} has invoices", .notAllowed, code: .badUserInput, field: "id")
            )
        }
        try await transaction.run(
            ContractTable.archive.map { Query($0, parameters) }
                + [ContractEngine.refresh(organization: found[1].text(0, 0), context)], context)
        return .action(true)
    }

    private static func missing(_ id: String, _ failure: String) -> FieldError {
        FieldError(failure, because: "contract with id {\(id)} not found", code: .notFound)
    }
}

/// `contract_Renew`: a future renewal is approved; one that is due is won, and the next begins.
final class RenewContract: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        let input = arguments.input
        let id = input.text("contractId") ?? ""
        let parameters: [Parameter] = [context.tenantParameter, .text(id)]
        guard UUIDKey.isValid(id) else { throw Self.missing(id) }
        let found = try await transaction.run(
            ContractTable.locks(id, tenant: context.tenantParameter) + [Query(ContractTable.renewal, parameters)], context)
        guard found[1].rowCount == 1 else { throw Self.missing(id) }
        let (status, length, isActive, isDue) = (
            found[1].text(0, 1), found[1].text(0, 2), found[2].rowCount == 1, found[2].text(0, 1) == "t"
        )
        guard length != "0", status != "ENDED", !(isActive && isDue && status == "DRAFT") else { return id }
        let date = Parameter(text: input.text("renewalDate").flatMap { $0 == Moment.none ? nil : $0 })
        var queries: [Query] = []
        if !isActive { queries.append(ContractEngine.refresh([id], .contract, context)) }
        queries.append(Query(ContractTable.decideRenewal, parameters + [date, .text(isDue ? "false" : "true")]))
        // An approval alone does not affect likelihood and amount, a new day does.
        queries.append(ContractEngine.refresh([id], isDue ? .roll : date == .null ? .amount : .contract, context))
        try await transaction.run(queries, context)
        return id
    }

    private static func missing(_ id: String) -> FieldError { FieldError("Failed to renew contract \(id)", code: .notFound) }
}

/// The same contract in another system.
private enum ContractReference {
    /// `$2` the link, `$3` the contract, `$4` the system, `$5` the id there, `$6` URL, `$7` kind, `$8` when it was
    /// read.
    private static let insert = StatementText(
        "contract.link_external",
        """
        WITH known AS (INSERT INTO external_system (tenant_id, type) VALUES ($1, $4) ON CONFLICT DO NOTHING) \
        INSERT INTO external_link (tenant_id, id, contract_id, system, external_id, external_url, external_source, synced_at) \
        VALUES ($1, $2::uuid, $3::uuid, $4, $5, $6, $7, $8::timestamptz)
        """)

    static func link(_ input: InputObject, to id: String, tenant: Parameter) -> Query? {
        guard let reference = input.object("externalReference"), let system = reference.text("type"),
            let external = reference.text("externalId"), !external.isEmpty
        else { return nil }
        return Query(
            insert,
            [
                tenant, .text(Identifiers.uuid()), .text(id), .text(system), .text(external), Parameter(reference["externalUrl"]),
                Parameter(reference["externalSource"]), Parameter(reference["syncDate"]),
            ])
    }
}
