internal import GraphQL
internal import Postgres
internal import Records

/// What changes of contracts and of their services have in common.
struct ContractWriter {
    let change: Changing

    init(_ change: Changing) { self.change = change }

    /// Locks a contract, with its organization.
    /// - Returns: nil if there is none.
    func lock(_ id: ID<Contract>) async throws -> ContractLock.Stored? {
        guard !id.isNobody else { return nil }
        return try await change.run(ContractLock.organization.with(id), ContractLock.contract.with(id)).1.first
    }

    /// Changes a locked contract.
    func update(_ form: ContractForm) async throws {
        guard !form.isEmpty else { return }
        let failure = "Failed to update contract \(form.id)"
        if let end = form.ended.day,
            [form.signed.day, form.serviceStarted.day].contains(where: { $0.map { end < $0 } ?? false })
        {
            throw FieldError(
                failure, because: "endedAt date must be after both signedAt and serviceStartedAt dates", .notAllowed,
                code: .badUserInput, field: form.endField)
        }
        if let currency = form.values[\.currency], !Currency.hasDecimals(currency),
            try await change.run(ContractStatements.hasDecimals, form.id).contains(true)
        {
            throw FieldError(
                failure, because: "\(currency) has no decimals, but the price of a service has some", .notAllowed,
                code: .badUserInput, field: "input.currency")
        }
        try await change.run(
            ContractStatements.update.with(form), ContractEngine.refresh.with(([form.id], .contract)))
    }
}
