internal import Records

/// `contractLineItem_Create`.
struct CreateLineItem: Change {
    static let fields = ["contractLineItem_Create"]

    func perform(_ input: LineItemInput, _ change: Changing) async throws -> Written<ServiceLineItem> {
        let failure = LineItemFailure("Failed to create service line item")
        return Written(
            try await LineItemWriter(change).create(
                LineItemValues(input), of: input.contractId ?? ID(""), end: input.serviceEnded, failure))
    }
}

/// `contractLineItem_NewVersion`.
struct AddLineItemVersion: Change {
    static let fields = ["contractLineItem_NewVersion"]

    func perform(_ input: LineItemInput, _ change: Changing) async throws -> Written<ServiceLineItem> {
        let failure = LineItemFailure("failed to create new contract line item version")
        return Written(try await LineItemWriter(change).newVersion(input.id ?? ID(""), LineItemValues(input), failure))
    }
}

/// `contractLineItem_Update`: the end follows from the other versions, whatever the input says.
struct UpdateLineItem: Change {
    static let fields = ["contractLineItem_Update"]

    func perform(_ input: LineItemInput, _ change: Changing) async throws -> Written<ServiceLineItem> {
        let id = input.id ?? ID("")
        let failure = LineItemFailure("failed to update contract line item {\(id)}")
        return Written(
            try await LineItemWriter(change).update(
                id, LineItemValues(input), isCorrection: input.isRetroactiveCorrection ?? false, failure))
    }
}
