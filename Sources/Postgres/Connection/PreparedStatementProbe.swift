internal import CLibPQ

/// Detects whether sessions are the caller's own: a pooler in transaction mode lends them to others between
/// transactions.
public enum PreparedStatementProbe {
    /// Whether statements that a connection prepares are still there when it uses them. Two connections take turns, for
    /// which a pooler has one session or several.
    public static func areKept(_ configuration: DatabaseConfiguration) throws(BlockingConnection.Failure) -> Bool {
        let connections = [try BlockingConnection(configuration), try BlockingConnection(configuration)]
        let name = "probe_\(UInt64.random(in: 0...UInt64.max))"
        do {
            for connection in connections { try connection.check(PQprepare(connection.handle, name, "SELECT 1", 0, nil)) }
            for connection in connections + connections {
                try connection.check(PQexecPrepared(connection.handle, name, 0, nil, nil, nil, 0))
            }
            return true
        } catch {
            guard PostgresError.condition(of: error.sqlState) == .statementNotKept else { throw error }
            // The session goes on without us.
            for connection in connections { PQclear(PQexec(connection.handle, "DEALLOCATE \(name)")) }
            return false
        }
    }
}
