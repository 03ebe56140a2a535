internal import Postgres
internal import Records

extension FilterProperty.Related {
    /// Rows joined to their owners by a link table.
    /// - Parameter owner: As in the name of the link table.
    init(linked table: SQL, as alias: SQL, to owner: SQL) {
        self.init(
            rows: """
                \(owner)_\(table) l JOIN \(table) \(alias) ON \(alias).tenant_id = $1 AND \(alias).id = l.\(table)_id \
                WHERE l.tenant_id = $1
                """, owner: "l.\(owner)_id")
    }
}
