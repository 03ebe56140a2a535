internal import GraphQL
internal import Records

/// `serviceLineItem_BulkUpdate`: the items in order, all or none. Answers with the ids of those not closed.
struct ChangeLineItemsInBulk: Change {
    static let fields = ["serviceLineItem_BulkUpdate"]

    struct Input: Decodable {
        let contractId: ID<Contract>
        let serviceLineItems: [Item?]
        let invoiceNote: String?
    }

    /// What to do with one service.
    struct Item: Decodable {
        /// Absent for a new service.
        let serviceLineItemId: ID<ServiceLineItem>?
        let name: String?
        let billed: BilledType?
        let price: Double?
        let quantity: Int64?
        /// Percent.
        let vatRate: Double?
        let comments: String?
        let isRetroactiveCorrection: Bool?
        let serviceStarted: Time?
        let closeVersion: Bool?
        let newVersion: Bool?
    }

    func perform(_ input: Input, _ change: Changing) async throws -> IDs<ServiceLineItem> {
        let contract = input.contractId
        let message = "failed to bulk update service line items"
        let writer = ContractWriter(change)
        guard try await writer.lock(contract) != nil else {
            throw LineItemFailure(message).missing("contract not found", at: .contractId)
        }
        let named = input.serviceLineItems.map { $0?.serviceLineItemId?.unlessEmpty }
        let foreign = try await change.run(LineItemStatements.foreign, (contract, named.compactMap { $0 }))
        if let index = named.firstIndex(where: { $0.map(foreign.contains) ?? false }) {
            throw LineItemFailure(message, in: .item(index))
                .missing("a service line item is none of the contract's", at: .id)
        }
        var ids: [ID<ServiceLineItem>] = []
        for (index, item) in input.serviceLineItems.enumerated() {
            guard let item else { continue }
            let failure = LineItemFailure(message, in: .item(index))
            if let id = try await perform(item, of: contract, LineItemWriter(change), failure) {
                ids.append(ID(id.text.lowercased()))
            }
        }
        if let note = input.invoiceNote { try await writer.update(ContractForm(contract, invoiceNote: note)) }
        return IDs(ids)
    }

    /// - Returns: The id of the version concerned; nil if the service is closed.
    private func perform(
        _ item: Item, of contract: ID<Contract>, _ writer: LineItemWriter, _ failure: LineItemFailure
    ) async throws -> ID<ServiceLineItem>? {
        let closes = item.closeVersion ?? false
        let values = LineItemValues(item)
        guard let id = item.serviceLineItemId?.unlessEmpty else {
            if closes { return nil }
            guard !(item.newVersion ?? false) else { return try await writer.newVersion(ID(""), values, failure) }
            return try await writer.create(values, of: contract, end: nil, failure)
        }
        if closes {
            try await writer.close(id, end: nil, failure)
            return nil
        }
        if item.newVersion ?? false { return try await writer.newVersion(id, values, failure) }
        return try await writer.update(id, values, isCorrection: item.isRetroactiveCorrection ?? false, failure)
    }
}
