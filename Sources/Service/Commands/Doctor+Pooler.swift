internal import Postgres

extension Doctor {
    /// Behind a pooler in transaction mode, each transaction may have another session, without its prepared statements.
    mutating func examinePreparedStatements() throws {
        guard let url = arguments.text("database-url") else { return }
        let areKept = try PreparedStatementProbe.areKept(DatabaseConfiguration(connectionString: url))
        if arguments.flag("prepared-statements") == false {
            find("prepared statements", .ok, "They are switched off\(areKept ? ", though sessions would keep them" : "").")
        } else if areKept {
            find("prepared statements", .ok, "Sessions keep them.")
        } else {
            find(
                "prepared statements", .warning, "A pooler in transaction mode lends sessions to others: statements are not kept prepared.",
                "Set DATABASE_PREPARED_STATEMENTS=false, or let PgBouncer 1.21 or later keep them (max_prepared_statements).")
        }
    }
}
