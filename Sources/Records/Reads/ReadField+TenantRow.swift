internal import GraphQL
internal import Postgres

extension ReadField {
    /// The one row of a tenant.
    static func tenantRow<R: RecordKind>(_: R.Type) -> ReadField {
        ReadField { field in
            guard let selection = field.selections.first else { return nil }
            let type = R.type
            let text = StatementText(
                field.statementName, "SELECT NULL\(type.selectList(selection.columns)) FROM \(type.table) t WHERE t.tenant_id = $1")
            return { call, wave in
                wave.read(Query(text, [wave.issuer.tenant]), for: call, isList: false) { FieldResult(first: $0, selection) }
            }
        }
    }
}
