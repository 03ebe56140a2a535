internal import GraphQL
package import Postgres

/// How one object is found by something other than its id.
package struct Finder<R: RecordKind, Input: Decodable & SendableMetatype, Key>: Sendable {
    let key: @Sendable (Input) -> Key?
    let condition: @Sendable (Parameters<Key>) -> SQL
    let order: (@Sendable (Parameters<Key>) -> SQL)?
    let miss: (@Sendable (Input) -> String)?

    /// - Parameters:
    ///   - key: What the statement compares with; nil if nothing can match the input.
    ///   - miss: The error message if nothing matches a non-null field.
    ///   - condition: Whether a row, `t`, matches the key.
    ///   - order: Which of several comes first.
    package init(
        _: R.Type, by key: @escaping @Sendable (Input) -> Key?, miss: (@Sendable (Input) -> String)? = nil,
        where condition: @escaping @Sendable (Parameters<Key>) -> SQL,
        order: (@Sendable (Parameters<Key>) -> SQL)? = nil
    ) {
        self.key = key
        self.condition = condition
        self.order = order
        self.miss = miss
    }

    /// ` FROM … WHERE …`: the rows that match.
    fileprivate func rows(_ p: Parameters<Key>) -> SQL {
        " FROM \(R.type.table) t WHERE t.tenant_id = \(p.tenant) AND \(condition(p))\(R.type.andVisible)"
    }
}

extension ReadField {
    /// One object: null if nothing matches, or an error if the field is non-null.
    static func first<R, Input, Key>(_ finder: Finder<R, Input, Key>) -> ReadField {
        ReadField { field in
            guard let selection = field.selections.first else { return nil }
            let statement = Statement<Key, Void>(field.statementName) { p in
                let rows = finder.rows(p)
                let order: SQL = finder.order.map { " ORDER BY \($0(p))" } ?? ""
                return "SELECT NULL\(R.type.selectList(selection.columns))\(rows)\(order) LIMIT 1"
            }
            let readsInput = field.definition.readsInput
            return { call, wave in
                let input = try call.input(Input.self, readsInput: readsInput)
                let missed: () -> FieldResult = {
                    guard let miss = finder.miss else { return .null }
                    return .failure(FieldError(miss(input), code: .notFound), parents: 1, isList: false)
                }
                guard let key = finder.key(input) else {
                    call.result = missed()
                    return
                }
                wave.read(statement.query(key, for: wave.issuer), for: call, isList: false) { result in
                    result.rowCount > 0 ? FieldResult(first: result, selection) : missed()
                }
            }
        }
    }

    /// Whether anything matches.
    static func exists<R, Input, Key>(_ finder: Finder<R, Input, Key>) -> ReadField {
        ReadField { field in
            let statement = Statement<Key, Bool>(field.statementName) { p in "SELECT EXISTS (SELECT\(finder.rows(p)))" }
            let readsInput = field.definition.readsInput
            return { call, wave in
                guard let key = finder.key(try call.input(Input.self, readsInput: readsInput)) else {
                    call.result = .leaf("f")
                    return
                }
                wave.read(statement.query(key, for: wave.issuer), for: call, isList: false) { result in
                    FieldResult(
                        parts: [FieldResult.Part(type: nil, rows: RowBatch(result, droppingColumns: 0))],
                        items: [FieldResult.Item(row: 0)])
                }
            }
        }
    }
}
