package import GraphQL
package import Postgres

/// An object type of the schema and the table with its objects' rows.
///
/// These declarations are the only source of column names in statements, so client text cannot become one. The table is
/// `t` in every expression.
package final class RecordType: Sendable {
    package let name: String
    package let table: SQL
    /// Which rows of the table are visible at all, in lists and through relations.
    package let visible: SQL?
    /// The expression of each column, by its name in plans.
    package let columns: [String: SQL]
    package let bindings: [String: FieldBinding]
    /// The types of the objects behind relations, by field.
    let targets: [String: RecordField.Target]
    /// The declaration's problems, as sentences.
    let problems: [String]

    /// - Parameters:
    ///   - columns: Columns that no field shows, needed by resolvers and embedded objects.
    ///   - fields: Everything that the type's fields show.
    package convenience init(_ name: String, table: SQL, visible: SQL? = nil, columns: [String: SQL] = [:], fields: [RecordField]) {
        self.init(name, table, visible, columns, fields, problems: [])
    }

    /// A type whose objects are the rows of `table`. Its columns show what their facet `field` says; `fields` has
    /// everything else.
    package convenience init<R: Record>(_ name: String, of table: Table<R>, _ fields: [RecordField]) {
        self.init(
            name, table.name, table.visible, Dictionary(table.all.map { ($0.name.text, $0.read) }) { first, _ in first },
            table.all.compactMap(RecordField.init) + fields, problems: table.problems)
    }

    private init(
        _ name: String, _ table: SQL, _ visible: SQL?, _ columns: [String: SQL], _ fields: [RecordField], problems: [String]
    ) {
        self.name = name
        self.table = table
        self.visible = visible
        var columns = columns
        var bindings: [String: FieldBinding] = [:]
        var targets: [String: RecordField.Target] = [:]
        for field in fields {
            bindings[field.name] = field.binding
            targets[field.name] = field.target
            if let column = field.column { columns[column.name] = column.read }
        }
        self.columns = columns
        self.bindings = bindings
        self.targets = targets
        self.problems = problems
    }

    /// ` AND ` with the condition of the visible rows, or nothing.
    package var andVisible: SQL { visible.map { " AND \($0)" } ?? "" }

    /// `, a, b`: what a statement selects for the columns of a selection.
    /// - Parameter overrides: Columns that are read differently, because a link table has them.
    package func selectList(_ names: [String], overrides: [String: SQL] = [:]) -> SQL {
        names.reduce("") { list, name in "\(list), \(overrides[name] ?? columns[name] ?? "NULL")" }
    }
}
