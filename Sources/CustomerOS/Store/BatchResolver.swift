internal import GraphQL
internal import Postgres

/// A resolver that answers a field for all of its parents, with statements sent together with those of the level's
/// other fields.
class BatchResolver: FieldResolver, @unchecked Sendable {
    var parentColumns: [String] { [] }

    func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)? { nil }

    /// Adds the statements of `call` to the wave, or answers it at once.
    func begin(_ call: FieldCall, _ wave: Wave) {}
}

/// A resolver that changes something, in a transaction of its own.
class MutationResolver: FieldResolver, @unchecked Sendable {
    var parentColumns: [String] { [] }

    func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)? { nil }

    /// Does the work, and returns the value of the field.
    /// - Throws: `FieldError` if the input is refused, `PostgresError` if a statement fails.
    func run(_ call: FieldCall, _ context: RequestContext) async throws -> FieldResult {
        FieldResult(parts: [], items: [.null])
    }
}

extension PlannedField {
    /// A mutation's answer, checked before the commit: a change whose answer cannot be written is rolled back.
    func answer(_ result: FieldResult) throws(FieldError) -> FieldResult {
        if let problem = problem(with: result) { throw problem }
        return result
    }
}
