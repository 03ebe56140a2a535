package import GraphQL
package import Postgres

/// An object type of the schema and the table whose rows its objects are.
///
/// What is declared here is the only source of column names in statements, so no text of a client can become one. The table is `t` in every
/// expression.
package final class RecordType: Sendable {
    package let name: String
    package let table: SQL
    /// Which rows of the table can be seen at all, in lists and through relations.
    package let visible: SQL?
    /// How each column is read, by the name that plans know it by.
    package let columns: [String: SQL]
    package let bindings: [String: FieldBinding]
    /// What the objects behind a relation are read as, by field.
    let targets: [String: any RecordKind.Type]
    /// What is wrong with the declaration, as sentences.
    let problems: [String]

    /// - Parameters:
    ///   - columns: Columns that no field shows: those that resolvers and embedded objects need.
    ///   - fields: Everything that a field of the type shows.
    package convenience init(_ name: String, table: SQL, visible: SQL? = nil, columns: [String: SQL] = [:], fields: [RecordField]) {
        self.init(name, table, visible, columns, fields, problems: [])
    }

    /// A type whose objects are the rows of `table`. Its columns show what their facet `field` says; `fields` is all else.
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
        var targets: [String: any RecordKind.Type] = [:]
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
    /// - Parameter overrides: Columns that are read otherwise, because the table of a link has them.
    package func selectList(_ names: [String], overrides: [String: SQL] = [:]) -> SQL {
        names.reduce("") { list, name in "\(list), \(overrides[name] ?? columns[name] ?? "NULL")" }
    }
}
