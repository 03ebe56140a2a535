internal import GraphQL
internal import Postgres

extension ReadField {
    /// All objects that meet a condition: for short lists.
    /// - Parameters:
    ///   - order: The sort order. The table is `t`.
    ///   - isSlow: Whether it reads many rows, and so needs a connection of its own.
    ///   - condition: Refers to the input's members as parameters. Nil for all of the tenant's objects.
    static func list<R: RecordKind, Input: Decodable & SendableMetatype>(
        _: R.Type, of _: Input.Type, order: SQL, isSlow: Bool, _ condition: (@Sendable (Parameters<Input>) -> SQL)?
    ) -> ReadField {
        ReadField { field in
            guard let selection = field.selections.first else { return nil }
            let type = R.type
            let statement = Statement<Input, Void>(field.statementName) { p in
                """
                SELECT NULL\(type.selectList(selection.columns)) FROM \(type.table) t
                WHERE t.tenant_id = \(p.tenant)\(condition.map { " AND \($0(p))" } ?? "")\(type.andVisible) ORDER BY \(order)
                """
            }
            let readsInput = field.definition.readsInput
            return { call, wave in
                let query = statement.query(try call.input(Input.self, readsInput: readsInput), for: wave.issuer)
                wave.read([query], isSlow: isSlow, rows: nil, for: call, isList: true) { results in
                    .list(RowBatch(results[0], droppingColumns: 1), of: selection.type)
                }
            }
        }
    }
}
