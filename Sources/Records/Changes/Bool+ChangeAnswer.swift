package import GraphQL
package import Postgres

/// Answers with a flag alone.
extension Bool: ChangeAnswer {
    package static func binding(_ resolver: any FieldResolver) -> FieldBinding { .resolvedLeaf(resolver, .boolean) }

    package static func problem(with field: FieldDefinition) -> String? {
        field.type.isList ? "is a list, and its change answers with one flag" : Self.problem(with: field.type.namedType)
    }

    package func result(_: PlannedField, _: StatementText?, _: Changing) async throws -> FieldResult { .leaf(self ? "t" : "f") }
}
