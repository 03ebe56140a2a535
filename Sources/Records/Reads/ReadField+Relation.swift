internal import GraphQL
internal import Postgres

extension RecordField {
    /// The object whose id is in a column of the row.
    package static func toOne<R: RecordKind>(_ name: String, _ target: R.Type, by column: Column) -> RecordField {
        let relation = ReadField.relation(target, parentColumn: column.name.text) { Relation.toOne(column.name.text, $0.table) }
        return RecordField(name, .resolved(relation), target: .objects(target))
    }

    /// The objects that a relation leads to.
    package static func relation<R: RecordKind>(_ name: String, _ target: R.Type, _ relation: Relation) -> RecordField {
        let field = ReadField.relation(target, parentColumn: relation.parentColumn) { _ in relation }
        return RecordField(name, .resolved(field), target: .objects(target))
    }
}

extension ReadField {
    /// Objects reached from many parents: one statement for all parents of a level.
    /// - Parameter relation: Evaluated when a field is planned, since records may refer to each other cyclically.
    static func relation<R: RecordKind>(
        _: R.Type, parentColumn: String, _ relation: @escaping @Sendable (RecordType) -> Relation
    ) -> ReadField {
        ReadField(parentColumns: [parentColumn]) { field in
            guard let selection = field.selections.first else { return nil }
            let relation = relation(R.type)
            let text = StatementText(field.statementName, relation.statement(R.type, selection.columns))
            let (isList, emptyIsNull) = (relation.cardinality == .many, relation.emptyIsNull)
            return { call, wave in
                let keys = ParentKeys(call, column: 0)
                guard !keys.isEmpty else {
                    let rows = RowBatch(rowCount: 0, columnCount: selection.columns.count, owner: nil)
                    let answer = keys.result(of: rows, keyed: nil, type: selection.type, isList: isList)
                    if emptyIsNull { answer.nullEmptyLists() }
                    call.result = answer
                    return
                }
                wave.read(Query(text, [wave.issuer.tenant, .text(keys.arrayText)]), for: call, isList: isList) { result in
                    let rows = RowBatch(result, droppingColumns: 1)
                    let answer = keys.result(of: rows, keyed: result, type: selection.type, isList: isList)
                    if emptyIsNull { answer.nullEmptyLists() }
                    return answer
                }
            }
        }
    }
}

extension Relation {
    /// The text of the statement that finds objects of `type` for many parents. `$1` is the tenant, `$2` the array of
    /// the parents' keys.
    fileprivate func statement(_ type: RecordType, _ columns: [String]) -> SQL {
        var sql: SQL = """
            SELECT \(key)\(type.selectList(columns, overrides: overrides)) FROM \(from) \
            WHERE \(tenant) = $1 AND \(key) = ANY ($2::uuid[])\(type.andVisible)
            """
        if let condition { sql = "\(sql) AND \(condition)" }
        if let order { sql = "\(sql) ORDER BY \(order)" }
        return sql
    }
}
