internal import GraphQL
internal import Postgres

/// What became of a mutation that answers with no record: the value of `Result`, `ActionResponse` or a plain id.
struct Outcome: Sendable {
    /// The answer of a field that is an id.
    var id: String?
    var isDone = true
    /// An error beside the value, for what was not done.
    var remark: FieldError?

    static let done = Outcome()
    static func id(_ id: String) -> Outcome { Outcome(id: id) }
    static func undone(_ remark: FieldError) -> Outcome { Outcome(isDone: false, remark: remark) }
}

/// A mutation that answers with its outcome. It runs in one transaction.
class OutcomeMutation: MutationResolver, @unchecked Sendable {
    func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> Outcome {
        throw FieldError("Internal server error!", code: .internal)
    }

    override func run(_ call: FieldCall, _ context: RequestContext) async throws -> FieldResult {
        let arguments = call.arguments
        let outcome = try await context.database.transaction { transaction in
            try await self.change(arguments, transaction, context)
        }
        let selection = call.field.selections.first
        // Every column of the outcome types says the same: whether it was done.
        let cells = selection.map { $0.columns.map { _ in outcome.isDone ? "t" : "f" } } ?? [outcome.id]
        let result = FieldResult(
            parts: [FieldResult.Part(type: selection?.type, rows: RowBatch(texts: [cells]))], items: [FieldResult.Item(row: 0)])
        if let remark = outcome.remark { result.remarks = [(0, remark)] }
        return result
    }
}
