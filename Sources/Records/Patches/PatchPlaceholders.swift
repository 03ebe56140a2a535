package import Postgres

/// The parameters of a patch in a statement. They are numbered when the first value is used: column names need no
/// numbers.
package struct PatchPlaceholders<R: Record> {
    let first: () -> Int

    /// `, a, b`
    package var columns: SQL { R.table.written.reduce("") { "\($0), \($1.name)" } }

    /// `, coalesce($6::text, ''), …`: what an insert stores.
    package var values: SQL {
        R.table.written.enumerated().reduce("") { list, entry in
            "\(list), coalesce(\(given(entry.offset)), \(entry.element.writing?.initial ?? "NULL"))"
        }
    }

    /// `, a = coalesce($6::text, a), …`
    package var assignments: SQL {
        R.table.written.enumerated().reduce("") { list, entry in
            "\(list), \(entry.element.name) = coalesce(\(given(entry.offset)), \(entry.element.name))"
        }
    }

    /// `, a = coalesce($6::text, o.a), …`
    /// - Parameter table: The table's name in the statement.
    package func assignments(of table: SQL) -> SQL {
        R.table.written.enumerated().reduce("") { list, entry in
            "\(list), \(entry.element.name) = \(value(entry.offset, table))"
        }
    }

    /// `, a = coalesce($6::text, ''), …`: what is absent or null is cleared.
    package var replacements: SQL {
        R.table.written.enumerated().reduce("") { list, entry in
            "\(list), \(entry.element.name) = coalesce(\(given(entry.offset)), \(entry.element.writing?.initial ?? "NULL"))"
        }
    }

    /// A column's value after the update.
    package func value(_ path: KeyPath<R.Columns, Column>, of table: SQL) -> SQL { value(R.table.place(path), table) }

    /// A column's given value, or null.
    package func given(_ path: KeyPath<R.Columns, Column>) -> SQL {
        let place = R.table.place(path)
        return R.table.written.indices.contains(place) ? given(place) : "NULL"
    }

    private func value(_ place: Int, _ table: SQL) -> SQL {
        guard R.table.written.indices.contains(place) else { return "NULL" }
        return "coalesce(\(given(place)), \(table).\(R.table.written[place].name))"
    }

    private func given(_ place: Int) -> SQL { "\(SQL.parameter(first() + place))::\(R.table.written[place].form.cast)" }
}
