internal import GraphQL
internal import Postgres

/// Leaf values reached from many parents with one statement, which selects the parent's key and the value.
struct LeafRelation: Sendable {
    /// `$1` is the tenant, `$2` the array of the parents' ids.
    let sql: SQL
    let cardinality: Relation.Cardinality
    /// The value of a parent without a row, if there is one value each.
    let absent: String?

    static func many(_ sql: SQL) -> LeafRelation { LeafRelation(sql: sql, cardinality: .many, absent: nil) }

    static func one(_ sql: SQL, absent: String? = nil) -> LeafRelation {
        LeafRelation(sql: sql, cardinality: .one, absent: absent)
    }
}

/// Resolves leaf values: one statement for all parents of a level.
final class LeafRelationResolver: BatchResolver, @unchecked Sendable {
    private let relation: LeafRelation

    init(_ relation: LeafRelation) { self.relation = relation }

    override var parentColumns: [String] { ["id"] }

    override func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)? {
        StatementText(field.statementName, relation.sql)
    }

    override func begin(_ call: FieldCall, _ wave: Wave) {
        guard let statement = call.field.preparation as? StatementText else { return }
        let keys = ParentKeys(call, column: 0)
        let isList = relation.cardinality == .many
        let absent = relation.absent
        wave.add(Query(statement, [wave.tenantParameter, .text(keys.arrayText)]), for: call, isList: isList) { result in
            let found = RowBatch(result, droppingColumns: 1)
            let answer = keys.result(of: found, keyed: result, type: nil, isList: isList)
            guard let absent, !isList else { return answer }
            // Another part holds the value of parents without a row.
            answer.parts.append(FieldResult.Part(type: nil, rows: RowBatch(texts: [[absent]])))
            for index in answer.items.indices where answer.items[index] == .null {
                answer.items[index] = FieldResult.Item(part: 1, row: 0)
            }
            return answer
        }
    }
}
