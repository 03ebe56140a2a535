package import GraphQL
package import Postgres

/// Answers with the ids of records alone, in order.
package struct IDs<Kind>: ChangeAnswer {
    private let ids: [ID<Kind>]

    package init(_ ids: [ID<Kind>]) { self.ids = ids }

    package static func binding(_ resolver: any FieldResolver) -> FieldBinding { .resolvedLeaf(resolver, .identifier) }

    package static func problem(with field: FieldDefinition) -> String? {
        field.type.isList
            ? ID<Kind>.problem(with: field.type.namedType) : "is no list, and its change answers with a list of ids"
    }

    package func result(_: PlannedField, _: StatementText?, _: Changing) async throws -> FieldResult {
        .list(RowBatch(texts: ids.map { [$0.text] }), of: nil)
    }
}
