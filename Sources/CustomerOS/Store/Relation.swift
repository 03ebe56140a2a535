internal import GraphQL
internal import Postgres

/// How objects are reached from many parents with one statement.
///
/// The statement selects `key`, by which rows find their parents, and the selected columns of the child, called `t`.
struct Relation: Sendable {
    enum Cardinality: Sendable { case one, many }

    /// The column of the parent that `key` must equal.
    let parentColumn: String
    /// The child's table as `t`, joined with what leads to it.
    let from: SQL
    let key: SQL
    /// The tenant column of the table with `key`.
    let tenant: SQL
    let condition: SQL?
    let order: SQL?
    let cardinality: Cardinality
    /// Columns of the child that the link overrides.
    let overrides: [String: SQL]
    /// Whether an empty list is null.
    var emptyIsNull = false

    /// The same, but an empty list is null.
    var nullWhenEmpty: Relation {
        var relation = self
        relation.emptyIsNull = true
        return relation
    }

    /// The object whose id is in the parent's column.
    static func toOne(_ parentColumn: String, _ table: SQL) -> Relation {
        Relation(
            parentColumn: parentColumn, from: "\(table) t", key: "t.id", tenant: "t.tenant_id", condition: nil, order: nil,
            cardinality: .one, overrides: [:])
    }

    /// The object, shared by all tenants, whose id is in the parent's column.
    static func toShared(_ parentColumn: String, _ table: SQL) -> Relation {
        Relation(
            parentColumn: parentColumn, from: "\(table) t", key: "t.id", tenant: "$1::integer", condition: nil, order: nil,
            cardinality: .one, overrides: [:])
    }

    /// The objects whose column `key` holds the parent's id.
    static func toMany(_ table: SQL, by key: SQL, where condition: SQL? = nil, order: SQL) -> Relation {
        Relation(
            parentColumn: "id", from: "\(table) t", key: "t.\(key)", tenant: "t.tenant_id", condition: condition, order: order,
            cardinality: .many, overrides: [:])
    }

    /// The objects joined with the parent by rows of `link`, called `l`.
    static func through(
        _ link: SQL, _ parentKey: SQL, _ childKey: SQL, _ table: SQL, where condition: SQL? = nil, order: SQL? = nil,
        overrides: [String: SQL] = [:], cardinality: Cardinality = .many
    ) -> Relation {
        Relation(
            parentColumn: "id",
            from: "\(link) l JOIN \(table) t ON t.tenant_id = l.tenant_id AND t.id = l.\(childKey)",
            key: "l.\(parentKey)", tenant: "l.tenant_id", condition: condition, order: order, cardinality: cardinality,
            overrides: overrides)
    }
}

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

extension FieldResult {
    /// Makes empty lists null.
    fileprivate func nullEmptyLists() {
        for level in lists.indices {
            let offsets = lists[level].offsets
            lists[level].states = (0..<max(0, offsets.count - 1)).map { offsets[$0] == offsets[$0 + 1] ? -1 : 0 }
        }
    }
}
