internal import GraphQL
internal import Postgres
internal import Records

/// Resolves a relation: one statement for all parents of a level.
final class RelationResolver: BatchResolver, @unchecked Sendable {
    private let relation: Relation

    init(_ relation: Relation) { self.relation = relation }

    override var parentColumns: [String] { [relation.parentColumn] }

    override func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)? {
        guard let selection = field.selections.first, let entity = Catalog.shared.entity(selection.type.name) else { return nil }
        let columns = entity.selectList(selection.columns, overrides: relation.overrides)
        var sql: SQL =
            "SELECT \(relation.key)\(columns) FROM \(relation.from) WHERE \(relation.tenant) = $1 AND \(relation.key) = ANY ($2::uuid[])"
        if let visible = entity.visible { sql = "\(sql) AND \(visible)" }
        if let condition = relation.condition { sql = "\(sql) AND \(condition)" }
        if let order = relation.order { sql = "\(sql) ORDER BY \(order)" }
        return StatementText(field.statementName, sql)
    }

    override func begin(_ call: FieldCall, _ wave: Wave) {
        guard let statement = call.field.preparation as? StatementText, let selection = call.field.selections.first else { return }
        let keys = ParentKeys(call, column: 0)
        let isList = relation.cardinality == .many
        let emptyIsNull = relation.emptyIsNull
        guard !keys.isEmpty else {
            call.result = keys.result(
                of: RowBatch(rowCount: 0, columnCount: selection.columns.count, owner: nil), keyed: nil, type: selection.type,
                isList: isList)
            if emptyIsNull { call.result?.nullEmptyLists() }
            return
        }
        let query = Query(statement, [wave.tenantParameter, .text(keys.arrayText)])
        wave.add(query, for: call, isList: isList) { result in
            let rows = RowBatch(result, droppingColumns: 1)
            let answer = keys.result(of: rows, keyed: result, type: selection.type, isList: isList)
            if emptyIsNull { answer.nullEmptyLists() }
            return answer
        }
    }
}
