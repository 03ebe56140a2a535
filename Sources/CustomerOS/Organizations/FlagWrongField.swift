internal import GraphQL
internal import Postgres
internal import Records

/// `flagWrongField`: reports a wrong value. An organization's industry can be flagged; a new one clears the flag.
struct FlagWrongField: Change {
    static let fields = ["flagWrongField"]
    /// There is only one.
    static let ignored = ["field"]

    struct Input: Decodable {
        let entityId: ID<Organization>
        let entityType: EntityType
    }

    private static let flag = Statement<ID<Organization>, ID<Organization>>("organization.flag_industry") { id in
        """
        UPDATE organization SET wrong_industry = true,
        updated_at = CASE WHEN wrong_industry THEN updated_at ELSE now() END
        WHERE tenant_id = \(id.tenant) AND id = \(id.value) AND state IN ('LIVE', 'HIDDEN') RETURNING id
        """
    }

    func perform(_ input: Input, _ change: Changing) async throws -> Outcome {
        guard input.entityType == .organization else {
            return .refused(FieldError("Only the industry of an ORGANIZATION can be flagged", code: .badUserInput))
        }
        let id = input.entityId
        guard !id.isNobody, try await !change.run(Self.flag, id).isEmpty else {
            return .refused(FieldError("Organization with id \(id) not found", code: .notFound))
        }
        return .done
    }
}
