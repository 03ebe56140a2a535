internal import GraphQL
internal import Postgres
internal import Records

/// Resolves a root field whose object is the tenant's only row in the entity's table.
final class TenantRowResolver: BatchResolver, @unchecked Sendable {
    override func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)? {
        guard let selection = field.selections.first, let entity = Catalog.shared.entity(selection.type.name) else { return nil }
        return StatementText(
            field.statementName, "SELECT NULL\(entity.selectList(selection.columns)) FROM \(entity.table) t WHERE t.tenant_id = $1")
    }

    override func begin(_ call: FieldCall, _ wave: Wave) {
        guard let statement = call.field.preparation as? StatementText, let selection = call.field.selections.first else { return }
        wave.add(Query(statement, [wave.tenantParameter]), for: call, isList: false) { result in
            guard result.rowCount > 0 else { return FieldResult(parts: [], items: [.null]) }
            let rows = RowBatch(result, droppingColumns: 1)
            return FieldResult(parts: [FieldResult.Part(type: selection.type, rows: rows)], items: [FieldResult.Item(row: 0)])
        }
    }
}
