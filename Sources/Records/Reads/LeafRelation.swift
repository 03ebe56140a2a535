package import GraphQL
package import Postgres

/// Leaf values reached from many parents with one statement, which selects the parent's key and the value.
package struct LeafRelation: Sendable {
    /// `$1` is the tenant, `$2` the array of the parents' ids.
    let sql: SQL
    let cardinality: Relation.Cardinality
    /// The value of a parent without a row, if there is one value each.
    let absent: String?

    package static func many(_ sql: SQL) -> LeafRelation { LeafRelation(sql: sql.onOneLine, cardinality: .many, absent: nil) }

    package static func one(_ sql: SQL, absent: String? = nil) -> LeafRelation {
        LeafRelation(sql: sql.onOneLine, cardinality: .one, absent: absent)
    }
}

extension RecordField {
    /// Leaf values reached from the row: one statement for all parents of a level.
    package static func leaf(_ name: String, _ relation: LeafRelation, _ encoding: LeafEncoding) -> RecordField {
        RecordField(name, .resolvedLeaf(ReadField.leaves(relation), encoding))
    }
}

extension ReadField {
    static func leaves(_ relation: LeafRelation) -> ReadField {
        ReadField(parentColumns: ["id"]) { field in
            let text = StatementText(field.statementName, relation.sql)
            let isList = relation.cardinality == .many
            return { call, wave in
                let keys = ParentKeys(call, column: 0)
                wave.read(Query(text, [wave.issuer.tenant, .text(keys.arrayText)]), for: call, isList: isList) { result in
                    let found = RowBatch(result, droppingColumns: 1)
                    let answer = keys.result(of: found, keyed: result, type: nil, isList: isList)
                    guard let absent = relation.absent, !isList else { return answer }
                    // Another part holds the value of parents without a row.
                    answer.parts.append(FieldResult.Part(type: nil, rows: RowBatch(texts: [[absent]])))
                    for index in answer.items.indices where answer.items[index] == .null {
                        answer.items[index] = FieldResult.Item(part: 1, row: 0)
                    }
                    return answer
                }
            }
        }
    }
}
