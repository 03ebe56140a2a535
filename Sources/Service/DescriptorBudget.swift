internal import Glibc
internal import Postgres

/// How the process's file descriptors are shared out: clients get what the database and the server itself leave, so
/// that a crowd of clients never costs others a database session.
struct DescriptorBudget {
    /// What the process may have open (RLIMIT_NOFILE).
    let limit: Int
    /// Reserved for sessions, the loops' own descriptors, and whatever is open briefly, such as certificate files and
    /// resolver sockets.
    let reserved: Int

    /// - Parameter limit: Nil takes the process's limit.
    init(_ database: DatabaseConfiguration, loops: Int, limit: Int? = nil) {
        self.limit = limit ?? Self.processLimit
        reserved = database.sessions(loops: loops) + 4 * loops + 64
    }

    /// The number of client connections there is room for.
    var connections: Int { max(1, limit - reserved) }

    private static var processLimit: Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return .max }
        return Int(clamping: limit.rlim_cur)
    }
}
