internal import Glibc
internal import Postgres

/// How the file descriptors that the process may have are shared out: clients get what the database and the server itself leave, so that
/// a crowd of clients never costs the others a session of the database.
struct DescriptorBudget {
    /// What the process may have open (RLIMIT_NOFILE).
    let limit: Int
    /// What is kept back: for the sessions, the loops' own, and everything that is open for a while, such as files of certificates and
    /// sockets of name servers.
    let reserved: Int

    /// - Parameter limit: That of the process when it is nil.
    init(_ database: DatabaseConfiguration, loops: Int, limit: Int? = nil) {
        self.limit = limit ?? Self.processLimit
        reserved = database.sessions(loops: loops) + 4 * loops + 64
    }

    /// Connections of clients that there is room for.
    var connections: Int { max(1, limit - reserved) }

    private static var processLimit: Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return .max }
        return Int(clamping: limit.rlim_cur)
    }
}
