internal import GraphQL
internal import Postgres
internal import Records

/// `tenant_UpdateSettingsOpportunityStage`: what is absent or null is kept.
struct UpdateOpportunityStage: Change {
    static let fields = ["tenant_UpdateSettingsOpportunityStage"]

    struct Input: Decodable {
        let id: ID<StageConfiguration>
        let values: Patch<StageConfiguration>
    }

    private static let update = Statement<Input, ID<StageConfiguration>>("opportunity_stage.update") { p in
        let id = p.id
        return """
            UPDATE opportunity_stage SET tenant_id = tenant_id\(p.values.assignments)
            WHERE tenant_id = \(p.tenant) AND id = \(id) RETURNING id
            """
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Outcome {
        if !input.id.isNobody, try await !change.run(Self.update, input).isEmpty { return .done }
        return .refused(FieldError("Failed to update tenant settings opportunity stage", code: .notFound, field: "id"))
    }
}
