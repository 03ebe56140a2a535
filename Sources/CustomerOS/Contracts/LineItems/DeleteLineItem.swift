internal import Records

/// `serviceLineItem_Delete`.
struct DeleteLineItem: Change {
    static let fields = ["serviceLineItem_Delete"]

    func perform(_ input: ByID<ServiceLineItem>, _ change: Changing) async throws -> Outcome {
        try await Outcome.of { try await LineItemWriter(change).remove(input.id) }
    }
}
