package import GraphQL
package import Postgres

/// An answer that is the record after the change, read back with the selected columns.
package struct Written<R: RecordKind>: ChangeAnswer {
    private let id: ID<R>

    package init(_ id: ID<R>) { self.id = id }

    package static func statement(for field: PlannedField) -> StatementText? {
        guard let selection = field.selections.first else { return nil }
        let type = R.type
        return StatementText(
            field.statementName,
            "SELECT NULL\(type.selectList(selection.columns)) FROM \(type.table) t WHERE t.tenant_id = $1 AND t.id = $2::uuid")
    }

    package static func problem(with field: FieldDefinition) -> String? {
        if field.type.isList { return "is a list, and its change answers with one \(R.type.name)" }
        return field.type.namedType.name == R.type.name
            ? nil : "is a \(field.type.namedType.name), and its change answers with a \(R.type.name)"
    }

    package func result(_ field: PlannedField, _ statement: StatementText?, _ change: Changing) async throws -> FieldResult {
        guard let statement, let selection = field.selections.first else { return .null }
        return FieldResult(first: try await change.read(statement, id.parameter), selection)
    }
}
