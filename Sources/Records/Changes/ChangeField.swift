package import GraphQL
internal import Postgres

/// Resolves a root field with a change.
package final class ChangeField: FieldResolver {
    /// What is known once the field is planned.
    private final class Plan: Sendable {
        let statement: StatementText?
        /// Whether only the argument `input` is decoded, rather than all arguments.
        let readsInput: Bool

        init(statement: StatementText?, readsInput: Bool) {
            self.statement = statement
            self.readsInput = readsInput
        }
    }

    private let statement: @Sendable (PlannedField) -> StatementText?
    private let withoutInput: FieldError?
    private let perform: @Sendable (InputObject, PlannedField, StatementText?, any RequestHost) async throws -> FieldResult

    init<C: Change>(_: C.Type) {
        statement = { C.Answer.statement(for: $0) }
        withoutInput = C.withoutInput
        perform = { object, field, statement, request in
            let input = try C.Input(from: InputDecoder(object))
            return try await Attempts.run {
                try await request.database.transaction(attempts: 1) { transaction in
                    let change = Changing(transaction, request)
                    let result = try await C().perform(input, change).result(field, statement, change)
                    // A change whose answer cannot be written is rolled back.
                    if let problem = field.problem(with: result) { throw problem }
                    return result
                }
            }
        }
    }

    package func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)? {
        Plan(statement: statement(field), readsInput: field.definition.readsInput)
    }

    /// Makes the change.
    /// - Throws: `FieldError` if the input is refused, `PostgresError` if a statement fails.
    package func run(_ call: FieldCall, _ request: any RequestHost) async throws -> FieldResult {
        let plan = call.field.preparation as? Plan
        var object = call.arguments.values
        if plan?.readsInput ?? false {
            if case .object(let input)? = object["input"] {
                object = input
            } else if let withoutInput {
                throw withoutInput
            } else {
                object = InputObject()
            }
        }
        return try await perform(object, call.field, plan?.statement, request)
    }
}

extension FieldDefinition {
    /// Whether its only argument is an object called `input`, whose members a change or read decodes directly.
    var readsInput: Bool {
        guard arguments.count == 1, let argument = argument("input"), case .inputObject = argument.type.namedType else { return false }
        return true
    }
}
