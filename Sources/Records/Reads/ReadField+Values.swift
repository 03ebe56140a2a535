internal import GraphQL
internal import Postgres

extension ReadField {
    /// Leaf values: a statement's only column.
    /// - Parameter isSlow: Whether it reads many rows, and so needs a connection of its own.
    static func values<Input: Decodable & SendableMetatype>(
        of _: Input.Type, isSlow: Bool, _ sql: @escaping @Sendable (Parameters<Input>) -> SQL
    ) -> ReadField {
        ReadField { field in
            let statement = Statement<Input, Void>(field.statementName, sql)
            let readsInput = field.definition.readsInput
            return { call, wave in
                let query = statement.query(try call.input(Input.self, readsInput: readsInput), for: wave.issuer)
                wave.read([query], isSlow: isSlow, rows: nil, for: call, isList: true) { results in
                    .list(RowBatch(results[0], droppingColumns: 0), of: nil)
                }
            }
        }
    }
}
