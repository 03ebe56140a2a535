internal import GraphQL
package import Postgres

/// How objects of several types, all rows of one table, are reached from many parents with one statement.
///
/// The statement selects `key`, by which rows find their parents, the name of the row's type, and what the selections
/// of all types need.
package struct UnionRelation: Sendable {
    /// The table as `t`, joined with what leads to it.
    let from: SQL
    let key: SQL
    /// The tenant column of the table with `key`.
    let tenant: SQL
    /// The name of a row's object type. Rows of types that the field cannot have are left out.
    let typeName: SQL
    let condition: SQL
    let order: SQL
    let cardinality: Relation.Cardinality

    package init(
        from: SQL, key: SQL, tenant: SQL, typeName: SQL, condition: SQL, order: SQL, cardinality: Relation.Cardinality = .many
    ) {
        self.from = from.onOneLine
        self.key = key
        self.tenant = tenant
        self.typeName = typeName.onOneLine
        self.condition = condition.onOneLine
        self.order = order
        self.cardinality = cardinality
    }
}

extension RecordField {
    /// Objects of several types, reached from the row.
    package static func relation(_ name: String, oneOf targets: [any RecordKind.Type], _ relation: UnionRelation) -> RecordField {
        let field = ReadField.union(relation) { name in targets.lazy.map { $0.type }.first { $0.name == name } }
        return RecordField(name, .resolved(field), target: .union(targets))
    }
}

extension ReadField {
    /// Objects of several types: one statement for all parents of a level.
    /// - Parameter type: The type with a name. Evaluated when a field is planned, since records may refer to each other
    ///   cyclically.
    static func union(_ relation: UnionRelation, _ type: @escaping @Sendable (String) -> RecordType?) -> ReadField {
        ReadField(parentColumns: ["id"]) { field in
            let planned = PlannedUnion(field, relation, type)
            let isList = relation.cardinality == .many
            return { call, wave in
                let keys = ParentKeys(call, column: 0)
                wave.read(Query(planned.statement, [wave.issuer.tenant, .text(keys.arrayText)]), for: call, isList: isList) { result in
                    let (parts, items) = planned.split(result)
                    return keys.result(of: parts, items: items, keyed: result, isList: isList)
                }
            }
        }
    }
}

/// The statement, and the positions of each type's columns.
private struct PlannedUnion: Sendable {
    private struct Member: Sendable {
        let selection: PlannedObject
        let places: [Int]
    }

    let statement: StatementText
    private let members: [String: Member]

    init(_ field: PlannedField, _ relation: UnionRelation, _ type: (String) -> RecordType?) {
        var expressions: [SQL] = []
        var members: [String: Member] = [:]
        for selection in field.selections {
            guard let type = type(selection.type.name) else { continue }
            let places = selection.columns.map { name in
                let expression = type.columns[name] ?? "NULL"
                if let place = expressions.firstIndex(of: expression) { return place }
                expressions.append(expression)
                return expressions.count - 1
            }
            members[selection.type.name] = Member(selection: selection, places: places)
        }
        let columns: SQL = expressions.reduce("") { "\($0), \($1)" }
        statement = StatementText(
            field.statementName,
            """
            SELECT \(relation.key), \(relation.typeName)\(columns) FROM \(relation.from) \
            WHERE \(relation.tenant) = $1 AND \(relation.key) = ANY ($2::uuid[]) AND \(relation.condition) ORDER BY \(relation.order)
            """)
        self.members = members
    }

    /// A part for each type with rows, and each row's place in it.
    func split(_ result: QueryResult) -> (parts: [FieldResult.Part], items: [FieldResult.Item?]) {
        var rowsOfType: [String: [Int]] = [:]
        for row in 0..<result.rowCount {
            let name = result.text(row, 1) ?? ""
            if members[name] != nil { rowsOfType[name, default: []].append(row) }
        }
        var items = [FieldResult.Item?](repeating: nil, count: result.rowCount)
        var parts: [FieldResult.Part] = []
        // In a fixed order, so that the same statements follow whatever the rows are.
        for name in rowsOfType.keys.sorted() {
            guard let member = members[name], let rows = rowsOfType[name] else { continue }
            let batch = RowBatch(rowCount: rows.count, columnCount: member.places.count, owner: result)
            for (index, row) in rows.enumerated() {
                for (column, place) in member.places.enumerated() {
                    guard let bytes = result[row, place + 2] else { continue }
                    batch[index, column] = Cell(start: bytes.baseAddress, count: bytes.count)
                }
                items[row] = FieldResult.Item(part: parts.count, row: index)
            }
            parts.append(FieldResult.Part(type: member.selection.type, rows: batch))
        }
        return (parts, items)
    }
}
