internal import GraphQL
internal import Postgres

extension ReadField {
    /// An object that is not a row, made from what a statement finds.
    /// - Parameters:
    ///   - key: What the statement looks for; nil if it is not needed.
    ///   - make: The object's values by column; absent ones are null.
    static func made<Input: Decodable & SendableMetatype, Key, Row>(
        of _: Input.Type, from statement: Statement<Key, Row>, by key: @escaping @Sendable (Input) -> Key?,
        _ make: @escaping @Sendable (Input, [Row]) -> [String: any ParameterValue]
    ) -> ReadField {
        ReadField { field in
            guard let selection = field.selections.first else { return nil }
            let readsInput = field.definition.readsInput
            return { call, wave in
                let input = try call.input(Input.self, readsInput: readsInput)
                let answer = { (rows: [Row]) in FieldResult.object(selection, make(input, rows)) }
                guard let key = key(input) else {
                    call.result = answer([])
                    return
                }
                wave.read(statement.query(key, for: wave.issuer), for: call, isList: false) {
                    try answer(statement.rows($0))
                }
            }
        }
    }
}

extension FieldResult {
    /// One object, for a root field's only parent.
    /// - Parameter values: Its values by column; absent ones are null.
    fileprivate static func object(_ selection: PlannedObject, _ values: [String: any ParameterValue]) -> FieldResult {
        let texts = selection.columns.map { column -> String? in
            guard case .text(let text)? = values[column]?.parameter else { return nil }
            return text
        }
        return FieldResult(parts: [Part(type: selection.type, rows: RowBatch(texts: [texts]))], items: [Item(row: 0)])
    }
}
