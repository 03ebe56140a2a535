internal import Records

/// `contractLineItem_Pause`.
struct PauseLineItem: Change {
    static let fields = ["contractLineItem_Pause"]

    func perform(_ input: ByID<ServiceLineItem>, _ change: Changing) async throws -> Outcome {
        try await Outcome.of { try await LineItemWriter(change).pause(input.id, true) }
    }
}

/// `contractLineItem_Resume`.
struct ResumeLineItem: Change {
    static let fields = ["contractLineItem_Resume"]

    func perform(_ input: ByID<ServiceLineItem>, _ change: Changing) async throws -> Outcome {
        try await Outcome.of { try await LineItemWriter(change).pause(input.id, false) }
    }
}
