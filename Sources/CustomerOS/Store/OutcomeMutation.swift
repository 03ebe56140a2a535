internal import GraphQL
internal import Postgres

/// A mutation's answer other than a stored object.
struct MutationOutcome: Sendable {
    /// The values of the answer's fields, by name, in PostgreSQL's text form: `t`, `{"a","b"}`. Absent ones are null.
    var values: [String: String]
    /// Errors that leave the values intact.
    var remarks: [FieldError]

    init(_ values: [String: String], remarks: [FieldError]) {
        self.values = values
        self.remarks = remarks
    }

    init(_ values: [String: String], remark: FieldError? = nil) {
        self.init(values, remarks: remark.map { [$0] } ?? [])
    }

    /// `Result`.
    static func result(_ isDone: Bool, remark: FieldError? = nil) -> MutationOutcome {
        MutationOutcome(["result": isDone ? "t" : "f"], remark: remark)
    }

    /// `ActionResponse`. Accepted also means completed, since everything is done within the request.
    static func action(_ isDone: Bool, remark: FieldError? = nil) -> MutationOutcome {
        MutationOutcome(["accepted": isDone ? "t" : "f", "completed": isDone ? "t" : "f"], remark: remark)
    }

    /// `Result` or `ActionResponse`, whichever the field has.
    static let done = MutationOutcome(["result": "t", "accepted": "t", "completed": "t"])

    fileprivate func result(of field: PlannedField) -> FieldResult {
        guard let selection = field.selections.first else { return FieldResult(parts: [], items: [.null]) }
        let rows = RowBatch(texts: [selection.columns.map { values[$0] }])
        let result = FieldResult(parts: [FieldResult.Part(type: selection.type, rows: rows)], items: [FieldResult.Item(row: 0)])
        result.remarks = remarks.map { (parent: 0, error: $0) }
        return result
    }
}

/// A mutation that returns an object of plain values: the outcome, not the changed object.
class OutcomeMutation: MutationResolver, @unchecked Sendable {
    func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        throw FieldError("Internal server error!", code: .internal)
    }

    override func run(_ call: FieldCall, _ context: RequestContext) async throws -> FieldResult {
        let arguments = call.arguments
        return try await context.transaction { transaction in
            try call.field.answer(try await self.change(arguments, transaction, context).result(of: call.field))
        }
    }
}

/// A mutation that returns a leaf value or a list of them.
class LeafMutation: MutationResolver, @unchecked Sendable {
    /// Makes the change and returns the values: exactly one if the field is not a list.
    func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> [String] {
        throw FieldError("Internal server error!", code: .internal)
    }

    override func run(_ call: FieldCall, _ context: RequestContext) async throws -> FieldResult {
        let arguments = call.arguments
        return try await context.transaction { transaction in
            try call.field.answer(Self.result(try await self.change(arguments, transaction, context), of: call.field))
        }
    }

    private static func result(_ values: [String], of field: PlannedField) -> FieldResult {
        let part = FieldResult.Part(type: nil, rows: RowBatch(texts: values.map { [$0] }))
        let items = values.indices.map { FieldResult.Item(row: $0) }
        guard field.listDepth > 0 else { return FieldResult(parts: [part], items: items) }
        return FieldResult(parts: [part], items: items, lists: [FieldResult.ListLevel(offsets: [0, Int32(values.count)])])
    }
}
