internal import Records

/// `contractLineItem_Close`: answers with the given id.
struct CloseLineItem: Change {
    static let fields = ["contractLineItem_Close"]

    struct Input: Decodable {
        let id: ID<ServiceLineItem>
        let endedAt: Time?
        let serviceEnded: Time?
    }

    func perform(_ input: Input, _ change: Changing) async throws -> ID<ServiceLineItem> {
        let failure = LineItemFailure(
            "failed to close service line item \(input.id)",
            in: input.serviceEnded == nil && input.endedAt != nil ? .inputWithOlderEnd : .input)
        try await LineItemWriter(change).close(input.id, end: input.serviceEnded ?? input.endedAt, failure)
        return ID(input.id.text.lowercased())
    }
}
