package import GraphQL
package import Postgres

/// The answer of a change.
package protocol ChangeAnswer: SendableMetatype {
    /// The types of the computed objects it consists of.
    static var reports: [any Report.Type] { get }
    /// The statement that reads the answer back: `$1` is the tenant, `$2` the record. Nil if nothing is read.
    static func statement(for field: PlannedField) -> StatementText?
    static func binding(_ resolver: any FieldResolver) -> FieldBinding
    /// Why a field cannot have such an answer, as the end of a sentence; nil if it can.
    static func problem(with field: FieldDefinition) -> String?

    /// The value of the field.
    /// - Parameter statement: The result of `statement(for:)`.
    func result(_ field: PlannedField, _ statement: StatementText?, _ change: Changing) async throws -> FieldResult
}

extension ChangeAnswer {
    package static var reports: [any Report.Type] { [] }
    package static func statement(for _: PlannedField) -> StatementText? { nil }
    package static func binding(_ resolver: any FieldResolver) -> FieldBinding { .resolved(resolver) }
}
