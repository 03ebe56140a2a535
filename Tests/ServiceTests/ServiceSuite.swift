import Testing

/// Tests over HTTP on a server in this process. Most have their own tenant; the groups say what the others share.
@Suite("The service", .serialized)
enum ServiceSuite {
    /// Separate servers, and tests that measure one. Each takes ten of PostgreSQL's sixty connections, and their time
    /// limits assume that the machine does nothing else for them.
    @Suite("Servers", .serialized)
    enum Servers {}

    /// Jobs work on all tenants of a database, and PostgreSQL lets one do so at a time.
    @Suite("Jobs", .serialized)
    enum Jobs {}

    /// Plans depend on PostgreSQL's statistics, which these tests change for all.
    @Suite("Plans", .serialized)
    enum Plans {}

    /// Dozens of clients that share the server's eight connections; PostgreSQL counts deadlocks for all of them.
    @Suite("Races", .serialized)
    enum Races {}

    /// Suites whose cases share a tenant that takes seconds to create: concurrent cases would see each other's changes.
    @Suite("Walks", .serialized)
    enum Walks {}
}
