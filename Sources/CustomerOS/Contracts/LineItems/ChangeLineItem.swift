internal import GraphQL
internal import Postgres
internal import Records

/// `contractLineItem_Create`.
final class CreateLineItem: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        try await LineItemWriter(transaction: transaction, context: context).create(arguments.input)
    }
}

/// `contractLineItem_NewVersion`.
final class AddLineItemVersion: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        try await LineItemWriter(transaction: transaction, context: context).newVersion(arguments.input)
    }
}

/// `contractLineItem_Update`.
final class UpdateLineItem: ObjectMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> String {
        try await LineItemWriter(transaction: transaction, context: context).update(arguments.input)
    }
}

/// `contractLineItem_Close`: returns the given id.
final class CloseLineItem: LeafMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> [String] {
        [try await LineItemWriter(transaction: transaction, context: context).close(arguments.input).lowercased()]
    }
}

/// `contractLineItem_Pause` and `contractLineItem_Resume`.
final class PauseLineItem: OutcomeMutation, @unchecked Sendable {
    private let paused: Bool

    init(paused: Bool) { self.paused = paused }

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        do {
            try await LineItemWriter(transaction: transaction, context: context).pause(arguments.text("id") ?? "", paused)
        } catch let error as FieldError {
            return .action(false, remark: error)
        }
        return .action(true)
    }
}

/// `serviceLineItem_Delete`.
final class DeleteLineItem: OutcomeMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        do {
            try await LineItemWriter(transaction: transaction, context: context).remove(arguments.text("id") ?? "")
        } catch let error as FieldError {
            return .action(false, remark: error)
        }
        return .action(true)
    }
}

/// `serviceLineItem_BulkUpdate`: the items in order, all or none. Returns the ids of those not closed.
final class ChangeLineItemsInBulk: LeafMutation, @unchecked Sendable {
    private static let failure = "failed to bulk update service line items"

    private static let foreign = StatementText(
        "line_item.not_of_contract",
        """
        SELECT count(*) FROM unnest($3::uuid[]) given (id) WHERE NOT EXISTS (SELECT FROM service_line_item i \
        WHERE i.tenant_id = $1 AND i.contract_id = $2::uuid AND given.id IN (i.id, i.service_id))
        """)

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> [String] {
        let input = arguments.input
        let contract = input.text("contractId") ?? ""
        let items: [InputObject]
        if case .list(let values)? = input["serviceLineItems"] {
            items = values.compactMap { if case .object(let item) = $0 { item } else { nil } }
        } else {
            items = []
        }
        let named = items.compactMap { $0.text("serviceLineItemId") }.filter { !$0.isEmpty }
        guard UUIDKey.isValid(contract),
            try await transaction.run(ContractTable.locks(contract, tenant: context.tenantParameter), context)[1].rowCount == 1
        else { throw FieldError(Self.failure, because: "contract not found", code: .notFound, field: "contractId") }
        guard named.allSatisfy(UUIDKey.isValid),
            try await transaction.run(
                Query(Self.foreign, [context.tenantParameter, .text(contract), .text(arrayText(named))]), context
            ).text(0, 0) == "0"
        else {
            throw FieldError(
                Self.failure, because: "a service line item is none of the contract's", code: .notFound, field: "serviceLineItemId")
        }
        let writer = LineItemWriter(transaction: transaction, context: context)
        var ids: [String] = []
        for item in items {
            if let id = try await Self.change(item, contract, writer) { ids.append(id.lowercased()) }
        }
        if let note = input.text("invoiceNote") {
            var changes = InputObject()
            changes.set("invoiceNote", .string(note))
            try await UpdateContract.change(contract, try ContractForm(changes), transaction, context)
        }
        return ids
    }

    private static func change(_ item: InputObject, _ contract: String, _ writer: LineItemWriter) async throws -> String? {
        let id = item.text("serviceLineItemId") ?? ""
        let (closes, adds) = (item.flag("closeVersion") == true, item.flag("newVersion") == true)
        var input = InputObject()
        for (member, value) in [
            ("description", item["name"]), ("billingCycle", item["billed"]), ("price", item["price"]), ("quantity", item["quantity"]),
            ("comments", item["comments"]), ("isRetroactiveCorrection", item["isRetroactiveCorrection"]),
            ("serviceStarted", item["serviceStarted"]),
        ] { if let value { input.set(member, value) } }
        if let rate = item["vatRate"] {
            var tax = InputObject()
            tax.set("taxRate", rate)
            input.set("tax", .object(tax))
        }
        input.set(id.isEmpty ? "contractId" : "id", .string(id.isEmpty ? contract : id))
        switch (id.isEmpty, closes, adds) {
        case (true, false, false): return try await writer.create(input, failure: failure)
        case (true, true, _): return nil
        case (false, true, _):
            var closing = InputObject()
            closing.set("id", .string(id))
            _ = try await writer.close(closing, failure: failure)
            return nil
        case (_, false, true): return try await writer.newVersion(input, failure: failure)
        case (false, false, false): return try await writer.update(input, failure: failure)
        }
    }
}
