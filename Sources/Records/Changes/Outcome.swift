package import GraphQL
package import Postgres

/// An answer that says whether something was done: an object whose fields are all flags, such as `Result` and
/// `ActionResponse`. Accepted also means completed, since everything is done within the request.
package struct Outcome: ChangeAnswer {
    private let isDone: Bool
    /// Errors that leave the answer intact.
    private let remarks: [FieldError]

    package static let done = Outcome(isDone: true, remarks: [])

    /// Nothing was done, and `remark` says why.
    package static func refused(_ remark: FieldError) -> Outcome { Outcome(isDone: false, remarks: [remark]) }

    /// Done, or refused with the `FieldError` that `operation` throws, which must not have written anything then.
    package static func of(_ operation: () async throws -> Void) async throws -> Outcome {
        do { try await operation() } catch let refusal as FieldError { return .refused(refusal) }
        return .done
    }

    /// Done as far as possible.
    /// - Parameter remarks: Why it was not entirely possible.
    package static func partly(_ isDone: Bool, remarks: [FieldError]) -> Outcome { Outcome(isDone: isDone, remarks: remarks) }

    package static func problem(with field: FieldDefinition) -> String? {
        guard !field.type.isList, case .object(let type) = field.type.namedType,
            type.fields.allSatisfy({ $0.type.namedType.name == "Boolean" })
        else { return "has other fields than flags, and its change answers with whether it was done" }
        return nil
    }

    package func result(_ field: PlannedField, _: StatementText?, _: Changing) async throws -> FieldResult {
        guard let selection = field.selections.first else { return .null }
        let rows = RowBatch(texts: [selection.columns.map { _ in isDone ? "t" : "f" }])
        let result = FieldResult(parts: [FieldResult.Part(type: selection.type, rows: rows)], items: [FieldResult.Item(row: 0)])
        result.remarks = remarks.map { (parent: 0, error: $0) }
        return result
    }
}
