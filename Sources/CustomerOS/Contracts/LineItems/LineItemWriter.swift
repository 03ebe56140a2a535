internal import GraphQL
internal import Postgres
internal import Records

/// Operations on services, within one transaction. Each returns the id of the version concerned.
struct LineItemWriter {
    let transaction: Transaction
    let context: RequestContext

    private var tenant: Parameter { context.tenantParameter }
    private var user: Parameter { Parameter(text: context.principal.userID) }

    // MARK: Operations

    func create(_ input: InputObject, failure: String = "Failed to create service line item") async throws -> String {
        var values = LineItemValues(input)
        guard let billed = values.billed, billed != "NONE" else {
            throw FieldError(failure, because: "billed type is not set", .missing, code: .badUserInput, field: "billingCycle")
        }
        let contract = input.text("contractId") ?? ""
        let end = input.text("serviceEnded")
        guard UUIDKey.isValid(contract) else { throw Self.missingContract(failure) }
        let locked = try await transaction.run(
            LineItemTable.locks(nil, contract: contract, day: values.start, nil, tenant: tenant), context)
        guard locked[1].rowCount == 1 else { throw Self.missingContract(failure) }
        try LineItemValues.check(input, billed: billed, currency: locked[1].text(0, 7) ?? "", failure)
        if let end {
            let start = Parameter(text: values.start)
            let judged = try await transaction.run(Query(Self.endsBeforeStart, [.text(end), start]), context)
            guard judged.text(0, 0) != "t" else {
                throw FieldError(
                    failure, because: "endedAt must be after startedAt", .notAllowed, code: .badUserInput, field: "serviceEnded")
            }
        }
        if let sku = values.sku {
            let name = try await skuName(sku, failure)
            if (values.name ?? "").isEmpty { values.name = name }
        }
        let id = Identifiers.uuid()
        try await transaction.run(
            [
                Query(LineItemTable.insertService, [tenant, .text(contract), .text(id)]),
                insertion(
                    id, contract: contract, service: id, values, billed: billed, start: values.start, end: end,
                    application: input.text("appSource")),
                Query(LineItemTable.tellAdded, [tenant, .text(id), user]), refresh(contract),
            ], context)
        return id
    }

    func newVersion(_ input: InputObject, failure: String = "failed to create new contract line item version") async throws -> String {
        let id = input.text("id") ?? ""
        let values = LineItemValues(input)
        guard !id.isEmpty else {
            throw FieldError(
                failure, because: "contract line item id is missing", .missing, code: .badUserInput, field: "id")
        }
        let chain = try await chain(id, values, failure)
        do {
            return try await add(values, input, to: chain, after: chain.newVersion(id), failure)
        } catch let refusal as LineItemChain.Refusal {
            throw refusal.told(as: failure)
        }
    }

    func update(_ input: InputObject, failure given: String? = nil) async throws -> String {
        let id = input.text("id") ?? ""
        let failure = given ?? "failed to update contract line item {\(id)}"
        guard !id.isEmpty else {
            throw FieldError(
                failure, because: "contract line item id is missing", .missing, code: .badUserInput, field: "id")
        }
        var values = LineItemValues(input)
        let chain = try await chain(id, values, failure)
        let version = try Self.version(id, of: chain, failure)
        if let sku = values.sku, sku.lowercased() != version.sku {
            values.name = try await skuName(sku, failure)
        } else {
            values.sku = version.sku
        }
        let isSame =
            (values.name ?? "") == version.name && (values.comments ?? "") == version.comments
            && values.sku?.lowercased() == version.sku
        do {
            let update = try chain.update(
                version, billed: values.billed, isSame: isSame, isCorrection: input.flag("isRetroactiveCorrection") == true)
            if update != .nothing { try LineItemValues.check(input, billed: version.billed, currency: chain.currency, failure) }
            switch update {
            case .nothing: return id
            case .newVersion: return try await add(values, input, to: chain, after: version, failure)
            case .inPlace(let start):
                try await transaction.run(
                    [
                        Query(
                            LineItemTable.update,
                            [
                                tenant, .text(id), Parameter(text: values.name), Parameter(text: values.comments), values.price,
                                values.quantity, values.taxRate, Parameter(text: values.sku), .text(start),
                            ])
                    ] + (start == version.start ? [] : [endsDerived(chain)]) + [
                        Query(LineItemTable.tellCorrected, [tenant, .text(id), user, .text(version.price), .text(version.quantity)]),
                        refresh(chain.contract),
                    ], context)
                return id
            }
        } catch let refusal as LineItemChain.Refusal {
            throw refusal.told(as: failure)
        }
    }

    func close(_ input: InputObject, failure given: String? = nil) async throws -> String {
        let id = input.text("id") ?? ""
        let failure = given ?? "failed to close service line item \(id)"
        let end = input.text("serviceEnded") ?? input.text("endedAt")
        let chain = try await chain(id, nil, day: end, failure)
        // Any version, or the id they share, stands for the service.
        let version = try chain.versions.first { $0.id == id.lowercased() } ?? chain.newestVersion(failure, id)
        do {
            switch try chain.closing(version) {
            case .remove(let version):
                try chain.removalOfUnused(version)
                try await remove([version], chain, tells: true)
            case .end(let version, let gone):
                for version in gone { try chain.removalOfUnused(version) }
                var queries: [Query] = []
                if !gone.isEmpty { queries += Self.removals(gone, tenant) }
                queries += [
                    Query(LineItemTable.close, [tenant, .text(version.id), Parameter(text: end)]), refresh(chain.contract),
                ]
                try await transaction.run(queries, context)
            }
        } catch let refusal as LineItemChain.Refusal {
            throw refusal.told(as: failure)
        }
        return id
    }

    func remove(_ id: String) async throws {
        let failure = "failed to delete service line item \(id)"
        let chain = try await chain(id, nil, failure)
        let version = try Self.version(id, of: chain, failure)
        do {
            try chain.removal(version)
        } catch {
            throw error.told(as: failure)
        }
        try await remove([version], chain, tells: true)
    }

    /// Pausing only affects invoices: the contract's yearly amount stays.
    func pause(_ id: String, _ paused: Bool) async throws {
        let failure = "contract line item \(id) not found"
        let chain = try await chain(id, nil, failure)
        _ = try Self.version(id, of: chain, failure)
        try await transaction.run(
            Query(LineItemTable.pause, [tenant, .text(id), .text(paused ? "true" : "false")]), context)
    }

    // MARK: Parts

    /// Locks the contract of a version and reads the versions of its service.
    private func chain(_ id: String, _ values: LineItemValues?, day: String? = nil, _ failure: String) async throws -> LineItemChain {
        guard UUIDKey.isValid(id) else { throw Self.missing(id, failure) }
        let results = try await transaction.run(
            LineItemTable.locks(id, contract: nil, day: day ?? values?.start, values, tenant: tenant), context)
        let (contract, rows) = (results[1], results[2])
        guard contract.rowCount == 1, rows.rowCount > 0 else { throw Self.missing(id, failure) }
        return LineItemChain(
            service: rows.text(0, 1) ?? "", contract: contract.text(0, 0) ?? "", contractIsDraft: contract.text(0, 1) == "DRAFT",
            today: contract.text(0, 2) ?? "", day: contract.text(0, 3), invoicedUntil: contract.text(0, 4),
            isPostpaid: contract.text(0, 5) == "t", nextInvoice: contract.text(0, 6),
            versions: (0..<rows.rowCount).map { row in
                LineItemChain.Version(
                    id: rows.text(row, 0) ?? "", start: rows.text(row, 2) ?? "", end: rows.text(row, 14), billed: rows.text(row, 3) ?? "",
                    name: rows.text(row, 4) ?? "", comments: rows.text(row, 5) ?? "", sku: rows.text(row, 6),
                    isCanceled: rows.text(row, 7) == "t", isInvoiced: rows.text(row, 8) == "t", price: rows.text(row, 9) ?? "0",
                    quantity: rows.text(row, 10) ?? "0", hasSamePrice: rows.text(row, 11) == "t",
                    hasSameQuantity: rows.text(row, 12) == "t", hasSameTax: rows.text(row, 13) == "t")
            }, currency: contract.text(0, 7) ?? "")
    }

    /// Adds a version. Name and product are those of `base` unless others are given.
    private func add(
        _ given: LineItemValues, _ input: InputObject, to chain: LineItemChain, after base: LineItemChain.Version, _ failure: String
    ) async throws -> String {
        var values = given
        try LineItemValues.check(input, billed: base.billed, currency: chain.currency, failure)
        if let sku = values.sku, sku.lowercased() != base.sku {
            let name = try await skuName(sku, failure)
            if (values.name ?? "").isEmpty { values.name = name }
        } else {
            values.sku = base.sku
        }
        if (values.name ?? "").isEmpty { values.name = base.name }
        let id = Identifiers.uuid()
        try await transaction.run(
            [
                insertion(
                    id, contract: chain.contract, service: chain.service, values, billed: base.billed, start: chain.day, end: nil,
                    application: input.text("appSource")),
                endsDerived(chain), refresh(chain.contract),
            ], context)
        return id
    }

    private func remove(_ versions: [LineItemChain.Version], _ chain: LineItemChain, tells: Bool) async throws {
        let told = tells ? versions.map { Query(LineItemTable.tellRemoved, [tenant, .text($0.id), user]) } : []
        try await transaction.run(
            told + Self.removals(versions, tenant) + [
                Query(LineItemTable.removeService, [tenant, .text(chain.service)]),
                endsDerived(chain), refresh(chain.contract),
            ], context)
    }

    private func insertion(
        _ id: String, contract: String, service: String, _ values: LineItemValues, billed: String, start: String?, end: String?,
        application: String?
    ) -> Query {
        Query(
            LineItemTable.insert,
            [
                tenant, .text(id), .text(contract), .text(service), Parameter(text: values.sku), user, Parameter(text: values.name),
                Parameter(text: values.comments), .text(billed), values.price, values.quantity, values.taxRate, Parameter(text: start),
                Parameter(text: end), Parameter(text: application),
            ])
    }

    private func endsDerived(_ chain: LineItemChain) -> Query {
        Query(LineItemTable.deriveEnds, [tenant, .text(chain.service), Parameter(text: chain.end)])
    }

    private func refresh(_ contract: String) -> Query { ContractEngine.refresh([contract], .items, context) }

    private static func removals(_ versions: [LineItemChain.Version], _ tenant: Parameter) -> [Query] {
        LineItemTable.remove.map { Query($0, [tenant, .text(arrayText(versions.map(\.id)))]) }
    }

    private func skuName(_ id: String, _ failure: String) async throws -> String {
        guard UUIDKey.isValid(id),
            let name = try await transaction.run(Query(LineItemTable.sku, [tenant, .text(id)]), context).text(0, 0)
        else { throw FieldError(failure, because: "sku with id {\(id)} not found", code: .notFound, field: "skuId") }
        return name
    }

    private static let endsBeforeStart = StatementText(
        "line_item.ends_before_start",
        """
        SELECT coalesce(date_trunc('day', $1::timestamptz) < date_trunc('day', coalesce($2::timestamptz, now())), false)
        """)

    private static func version(_ id: String, of chain: LineItemChain, _ failure: String) throws(FieldError) -> LineItemChain.Version {
        guard let version = chain.versions.first(where: { $0.id == id.lowercased() }) else { throw missing(id, failure) }
        return version
    }

    private static func missing(_ id: String, _ failure: String) -> FieldError {
        FieldError(failure, because: "contract line item with id {\(id)} not found", code: .notFound, field: "id")
    }

    private static func missingContract(_ failure: String) -> FieldError {
        FieldError(failure, because: "contract not found", code: .notFound, field: "contractId")
    }
}

extension LineItemChain {
    /// The version that stands for the service if none is named.
    fileprivate func newestVersion(_ failure: String, _ id: String) throws(FieldError) -> Version {
        guard let version = versions.last(where: { $0.start <= today }) ?? versions.last else {
            throw FieldError(failure, because: "contract line item with id {\(id)} not found", code: .notFound, field: "id")
        }
        return version
    }

    /// Checks whether a version that closing makes obsolete may be removed.
    fileprivate func removalOfUnused(_ version: Version) throws(Refusal) {
        if version.isInvoiced {
            throw Refusal("service line item with id {\(version.id)} is included in invoice and cannot be deleted")
        }
    }
}
