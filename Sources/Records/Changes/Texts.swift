package import GraphQL
package import Postgres

/// Answers with a list of texts alone.
package struct Texts: ChangeAnswer {
    private let texts: [String]

    package init(_ texts: [String]) { self.texts = texts }

    package static func binding(_ resolver: any FieldResolver) -> FieldBinding { .resolvedLeaf(resolver, .text) }

    package static func problem(with field: FieldDefinition) -> String? {
        field.type.isList
            ? String.problem(with: field.type.namedType) : "is no list, and its change answers with a list of texts"
    }

    package func result(_: PlannedField, _: StatementText?, _: Changing) async throws -> FieldResult {
        .list(RowBatch(texts: texts.map { [$0] }), of: nil)
    }
}
