internal import GraphQL
internal import Postgres

/// The argument `id`, of a look-up or a change.
package struct ByID<R: RecordKind>: Decodable {
    package let id: ID<R>
}

extension ReadField {
    /// One object by its primary key, the argument `id`: null if there is none, or an error if the field is non-null.
    /// - Parameter miss: The error message; called with the argument's text.
    static func lookup<R: RecordKind>(_: R.Type, miss: (@Sendable (String) -> String)?) -> ReadField {
        ReadField { field in
            guard let selection = field.selections.first else { return nil }
            let type = R.type
            // NULL comes first because a selection may need no column at all.
            let text = StatementText(
                field.statementName,
                """
                SELECT NULL\(type.selectList(selection.columns)) FROM \(type.table) t \
                WHERE t.tenant_id = $1 AND t.id = $2::uuid\(type.andVisible) LIMIT 1
                """)
            return { call, wave in
                let id = ID<R>(call.arguments["id"]?.text ?? "")
                let missed: () -> FieldResult = {
                    guard let miss else { return .null }
                    return .failure(FieldError(miss(id.text), code: .notFound), parents: 1, isList: false)
                }
                guard !id.isNobody else {
                    call.result = missed()
                    return
                }
                wave.read(Query(text, [wave.issuer.tenant, .text(id.text)]), for: call, isList: false) { result in
                    result.rowCount > 0 ? FieldResult(first: result, selection) : missed()
                }
            }
        }
    }
}
