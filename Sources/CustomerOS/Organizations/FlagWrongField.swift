internal import GraphQL
internal import Postgres
internal import Records

/// `flagWrongField`: reports a wrong value. An organization's industry can be flagged; a new one clears the flag.
final class FlagWrongField: OutcomeMutation, @unchecked Sendable {
    private static let flag = StatementText(
        "organization.flag_industry",
        """
        UPDATE organization SET wrong_industry = true, updated_at = CASE WHEN wrong_industry THEN updated_at ELSE now() END \
        WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN') RETURNING id
        """)

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        let input = arguments.input
        let id = input.text("entityId") ?? ""
        guard input.text("entityType") == "ORGANIZATION" else {
            return .result(false, remark: FieldError("Only the industry of an ORGANIZATION can be flagged", code: .badUserInput))
        }
        guard UUIDKey.isValid(id),
            try await transaction.run(Query(Self.flag, [context.tenantParameter, .text(id)]), context).rowCount == 1
        else { return .result(false, remark: FieldError("Organization with id \(id) not found", code: .notFound)) }
        return .result(true)
    }
}
