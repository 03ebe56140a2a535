internal import GraphQL
package import Postgres

extension Feature.Part {
    /// The one row of the tenant, with what is selected.
    /// - Parameters:
    ///   - isSlow: Whether it may take long, and so needs a connection of its own.
    ///   - from: If it is not the table: a query as `t`, with the tenant in `tenant_id`.
    package static func tenantRow<R: RecordKind>(
        _ name: String, _ record: R.Type, isSlow: Bool = false, from: (@Sendable (Parameters<Void>) -> SQL)? = nil
    ) -> Feature.Part {
        let field = ReadField { field in
            guard let selection = field.selections.first else { return nil }
            let type = R.type
            let statement = Statement<Void, Void>(field.statementName) { p in
                """
                SELECT NULL\(type.selectList(selection.columns)) FROM \(from?(p) ?? "\(type.table) t")
                WHERE t.tenant_id = \(p.tenant)\(type.andVisible)
                """
            }
            return { call, wave in
                let query = statement.query((), for: wave.issuer)
                wave.read([query], isSlow: isSlow, rows: 1, for: call, isList: false) { FieldResult(first: $0[0], selection) }
            }
        }
        return Feature.Part(
            fields: [.query(name)], binding: .resolved(field), input: NoInput.self, answer: { $0.isReadAsOne(R.type.name) })
    }
}
