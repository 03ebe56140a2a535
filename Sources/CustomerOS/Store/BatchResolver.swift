internal import GraphQL
internal import Postgres

/// A resolver that answers a field for all of its parents with statements that go out together with those of the other
/// fields of the level.
class BatchResolver: FieldResolver, @unchecked Sendable {
    var parentColumns: [String] { [] }

    func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)? { nil }

    /// Adds the statements of `call` to the wave, or answers it at once.
    func begin(_ call: FieldCall, _ wave: Wave) {}
}

/// A resolver that changes something. Its statements run in one transaction of its own.
class MutationResolver: FieldResolver, @unchecked Sendable {
    var parentColumns: [String] { [] }

    func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)? { nil }

    /// Does the work, and answers with the value of the field.
    /// - Throws: `FieldError` when the input is refused, `PostgresError` when a statement fails.
    func run(_ call: FieldCall, _ context: RequestContext) async throws -> FieldResult {
        FieldResult(parts: [], items: [.null])
    }
}

extension PlannedField {
    /// A mutation's answer, which is asked for before the change is committed: a change whose answer cannot be written is none.
    func answer(_ result: FieldResult) throws(FieldError) -> FieldResult {
        if let problem = problem(with: result) { throw problem }
        return result
    }

    /// How the field's statement is called in logs, metrics and golden files.
    var statementName: String { "\(parentType.name).\(definition.name)" }
}
