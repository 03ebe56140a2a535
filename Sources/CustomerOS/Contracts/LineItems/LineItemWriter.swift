internal import GraphQL
internal import Postgres
internal import Records

/// Operations on services. Each returns the id of the version concerned.
struct LineItemWriter {
    let change: Changing

    init(_ change: Changing) { self.change = change }

    // MARK: Operations

    /// Adds a service to a contract.
    func create(
        _ given: LineItemValues, of contract: ID<Contract>, end: Time?, _ failure: LineItemFailure
    ) async throws -> ID<ServiceLineItem> {
        var values = given
        guard let billed = values.billed, billed != .none else {
            throw failure.because("billed type is not set", .missing, at: .billingCycle)
        }
        guard !contract.isNobody, let locked = try await lock(contract, day: values.start) else {
            throw failure.missing("contract not found", at: .contractId)
        }
        try values.check(billed: billed, currency: locked.currency, failure)
        if let end, end.day < values.start?.day ?? locked.today[...] {
            throw failure.because("endedAt must be after startedAt", .notAllowed, at: .serviceEnded)
        }
        if let sku = values.sku {
            let name = try await name(of: sku, failure)
            if (values.name ?? "").isEmpty { values.name = name }
        }
        let version = LineItemStatements.Version(values, of: contract, billed: billed, start: values.start, end: end)
        try await change.run(
            LineItemStatements.insertService.with((contract, version.id)), LineItemStatements.insert.with(version),
            LineItemStatements.tellAdded.with(version.id), refresh(contract))
        return version.id
    }

    /// Adds a version to a service.
    func newVersion(
        _ id: ID<ServiceLineItem>, _ values: LineItemValues, _ failure: LineItemFailure
    ) async throws -> ID<ServiceLineItem> {
        let chain = try await givenChain(id, values, failure)
        let base = try Self.allowed(chain.newVersion(id), failure)
        return try await add(values, to: chain, after: base, failure)
    }

    /// Changes a version, or adds one.
    func update(
        _ id: ID<ServiceLineItem>, _ given: LineItemValues, isCorrection: Bool, _ failure: LineItemFailure
    ) async throws -> ID<ServiceLineItem> {
        var values = given
        let chain = try await givenChain(id, values, failure)
        let version = try Self.version(id, of: chain, failure)
        if let sku = values.sku, sku != version.sku {
            values.name = try await name(of: sku, failure)
        } else {
            values.sku = version.sku
        }
        let isSame =
            (values.name ?? "") == version.name && (values.comments ?? "") == version.comments
            && values.sku == version.sku
        let update = try Self.allowed(
            chain.update(version, billed: values.billed, isSame: isSame, isCorrection: isCorrection), failure)
        if update != .nothing { try values.check(billed: version.billed, currency: chain.contract.currency, failure) }
        switch update {
        case .nothing: break
        case .newVersion: return try await add(values, to: chain, after: version, failure)
        case .inPlace(let start):
            let update = LineItemStatements.Update(
                id: id, name: values.name, comments: values.comments, price: values.price, quantity: values.quantity,
                taxRate: values.taxRate, sku: values.sku, start: Time(start))
            try await change.run(
                LineItemStatements.update.with(update), endsDerived(chain, if: start != version.start),
                LineItemStatements.tellCorrected.with((id, version.price, version.quantity)),
                refresh(chain.contract.id))
        }
        return id
    }

    /// Ends a service. Any of its versions, or the id they share, stands for it.
    func close(_ id: ID<ServiceLineItem>, end: Time?, _ failure: LineItemFailure) async throws {
        let chain = try await chain(id, day: end, failure)
        let version = chain[id] ?? chain.representative
        let closing = try Self.allowed(chain.closing(version), failure)
        switch closing {
        case .remove(let version): try await remove(version, chain)
        case .end(let version, let gone):
            let ids = gone.map(\.id)
            try await change.run(
                LineItemStatements.removeRehearsals.with(ids, if: !ids.isEmpty),
                LineItemStatements.remove.with(ids, if: !ids.isEmpty), LineItemStatements.close.with((version.id, end)),
                refresh(chain.contract.id))
        }
    }

    func remove(_ id: ID<ServiceLineItem>) async throws {
        let failure = LineItemFailure("failed to delete service line item \(id)", in: .arguments)
        let chain = try await chain(id, failure)
        let version = try Self.version(id, of: chain, failure)
        try Self.allowed(chain.removal(version), failure)
        try await remove(version, chain)
    }

    /// Pausing only affects invoices: the contract's yearly amount stays.
    func pause(_ id: ID<ServiceLineItem>, _ paused: Bool) async throws {
        let failure = LineItemFailure("contract line item \(id) not found", in: .arguments)
        _ = try Self.version(id, of: try await chain(id, failure), failure)
        try await change.run(LineItemStatements.pause, (id, paused))
    }

    // MARK: Parts

    /// Locks a contract, with its organization.
    private func lock(_ contract: ID<Contract>, day: Time?) async throws -> LineItemChain.Contract? {
        let target = LineItemLock.Target(contract: contract, day: day)
        return try await change.run(LineItemLock.organization.with(target), LineItemLock.contract.with(target)).1.first
    }

    /// The same as `chain`, for an id that clients may leave out.
    private func givenChain(
        _ id: ID<ServiceLineItem>, _ values: LineItemValues, _ failure: LineItemFailure
    ) async throws -> LineItemChain {
        guard !id.text.isEmpty else { throw failure.because("contract line item id is missing", .missing, at: .id) }
        return try await chain(id, comparing: values, day: values.start, failure)
    }

    /// Locks the contract of a version and reads the versions of its service.
    private func chain(
        _ id: ID<ServiceLineItem>, comparing values: LineItemValues? = nil, day: Time? = nil, _ failure: LineItemFailure
    ) async throws -> LineItemChain {
        guard !id.isNobody else { throw Self.missing(id, failure) }
        let target = LineItemLock.Target(id: id, day: day)
        let compared = LineItemLock.Comparison(
            id: id, price: values?.price, quantity: values?.quantity, taxRate: values?.taxRate)
        let (_, contracts, versions) = try await change.run(
            LineItemLock.organization.with(target), LineItemLock.contract.with(target),
            LineItemLock.versions.with(compared))
        guard let chain = contracts.first.flatMap({ LineItemChain(of: $0, versions) }) else {
            throw Self.missing(id, failure)
        }
        return chain
    }

    /// Adds a version. Name and product are those of `base` unless others are given.
    private func add(
        _ given: LineItemValues, to chain: LineItemChain, after base: LineItemChain.Version, _ failure: LineItemFailure
    ) async throws -> ID<ServiceLineItem> {
        var values = given
        try values.check(billed: base.billed, currency: chain.contract.currency, failure)
        if let sku = values.sku, sku != base.sku {
            let name = try await name(of: sku, failure)
            if (values.name ?? "").isEmpty { values.name = name }
        } else {
            values.sku = base.sku
        }
        if (values.name ?? "").isEmpty { values.name = base.name }
        let version = LineItemStatements.Version(
            values, of: chain.contract.id, service: chain.id, billed: base.billed,
            start: chain.contract.day.map { Time($0) })
        try await change.run(LineItemStatements.insert.with(version), endsDerived(chain), refresh(chain.contract.id))
        return version.id
    }

    private func remove(_ version: LineItemChain.Version, _ chain: LineItemChain) async throws {
        try await change.run(
            LineItemStatements.tellRemoved.with(version.id), LineItemStatements.removeRehearsals.with([version.id]),
            LineItemStatements.remove.with([version.id]), LineItemStatements.removeService.with(chain.id),
            endsDerived(chain), refresh(chain.contract.id))
    }

    private func endsDerived(_ chain: LineItemChain, if isNeeded: Bool = true) -> BoundStatement<Void> {
        LineItemStatements.deriveEnds.with((chain.id, chain.end.map { Time($0) }), if: isNeeded)
    }

    private func refresh(_ contract: ID<Contract>) -> BoundStatement<Void> {
        ContractEngine.refresh.with(([contract], .items))
    }

    private func name(of sku: ID<Sku>, _ failure: LineItemFailure) async throws -> String {
        guard !sku.isNobody, let name = try await change.run(LineItemStatements.sku, sku).first else {
            throw failure.missing("sku with id {\(sku)} not found", at: .skuId)
        }
        return name
    }

    /// Runs a rule of the chain, and turns its refusal into the operation's error.
    @discardableResult
    private static func allowed<Value>(
        _ rule: @autoclosure () throws(LineItemChain.Refusal) -> Value, _ failure: LineItemFailure
    ) throws(FieldError) -> Value {
        do throws(LineItemChain.Refusal) { return try rule() } catch { throw failure.because(error) }
    }

    private static func version(
        _ id: ID<ServiceLineItem>, of chain: LineItemChain, _ failure: LineItemFailure
    ) throws(FieldError) -> LineItemChain.Version {
        guard let version = chain[id] else { throw missing(id, failure) }
        return version
    }

    private static func missing(_ id: ID<ServiceLineItem>, _ failure: LineItemFailure) -> FieldError {
        failure.missing("contract line item with id {\(id)} not found", at: .id)
    }
}
