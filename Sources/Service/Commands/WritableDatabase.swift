internal import Postgres

/// Checks whether a database accepts changes.
enum WritableDatabase {
    /// The database is read-only.
    struct Refusal: Error, CustomStringConvertible {
        let description =
            "The database takes no changes: it is a standby, or set to read only. Name the primary server in DATABASE_URL; libpq finds it among several with target_session_attrs=read-write."
    }

    /// - Throws: `Refusal`, or `BlockingConnection.Failure`.
    static func check(_ connection: BlockingConnection) throws {
        guard try connection.run("SELECT current_setting('transaction_read_only')").text(0, 0) == "off" else { throw Refusal() }
    }
}
