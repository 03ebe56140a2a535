internal import GraphQL
internal import Postgres
internal import Records

/// How objects of several types, all rows of one table, are reached from many parents with one statement.
///
/// The statement selects `key`, by which rows find their parents, the name of the row's type, and what the selections
/// of all types need.
struct UnionRelation: Sendable {
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
}

/// Resolves a relation to objects of several types: one statement for all parents of a level.
final class UnionRelationResolver: BatchResolver, @unchecked Sendable {
    private let relation: UnionRelation

    init(_ relation: UnionRelation) { self.relation = relation }

    override var parentColumns: [String] { ["id"] }

    /// The statement, and the positions of each type's columns.
    private final class Prepared: Sendable {
        struct Member: Sendable {
            let selection: PlannedObject
            let places: [Int]
        }

        let statement: StatementText
        let members: [String: Member]

        init(_ field: PlannedField, _ relation: UnionRelation) {
            var expressions: [SQL] = []
            var members: [String: Member] = [:]
            for selection in field.selections {
                guard let entity = Catalog.shared.entity(selection.type.name) else { continue }
                let places = selection.columns.map { name in
                    let expression = entity.columns[name] ?? "NULL"
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
    }

    override func prepare(_ field: PlannedField) -> (any AnyObject & Sendable)? { Prepared(field, relation) }

    override func begin(_ call: FieldCall, _ wave: Wave) {
        guard let prepared = call.field.preparation as? Prepared else { return }
        let keys = ParentKeys(call, column: 0)
        let isList = relation.cardinality == .many
        let query = Query(prepared.statement, [wave.tenantParameter, .text(keys.arrayText)])
        wave.add(query, for: call, isList: isList) { result in
            let (parts, items) = Self.split(result, prepared.members)
            return keys.result(of: parts, items: items, keyed: result, isList: isList)
        }
    }

    /// A part for each type with rows, and each row's place in it.
    private static func split(
        _ result: QueryResult, _ members: [String: Prepared.Member]
    ) -> (parts: [FieldResult.Part], items: [FieldResult.Item?]) {
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

extension EntityField {
    /// Objects of several types, reached from the row.
    static func relation(_ name: String, _ relation: UnionRelation) -> EntityField {
        .resolved(name, UnionRelationResolver(relation))
    }
}
