package import GraphQL
package import Postgres

/// Answers with the id of a record alone.
extension ID: ChangeAnswer {
    package static func binding(_ resolver: any FieldResolver) -> FieldBinding { .resolvedLeaf(resolver, .identifier) }

    package static func problem(with field: FieldDefinition) -> String? {
        field.type.isList ? "is a list, and its change answers with one id" : Self.problem(with: field.type.namedType)
    }

    package func result(_: PlannedField, _: StatementText?, _: Changing) async throws -> FieldResult { .leaf(text) }
}
