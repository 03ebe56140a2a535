import Testing

/// What is shown through HTTP on a server in this process. Most tests work in a tenant of their own; the groups say what the others share.
@Suite("The service", .serialized)
enum ServiceSuite {
    /// Servers of their own, and what measures one. Each takes ten of PostgreSQL's sixty connections, and their limits of time are for a
    /// machine that does nothing else for them.
    @Suite("Servers", .serialized)
    enum Servers {}

    /// Jobs work on all tenants of a database, of which PostgreSQL lets one do so at a time.
    @Suite("Jobs", .serialized)
    enum Jobs {}

    /// Plans depend on what PostgreSQL knows of its tables, which these tests change for all.
    @Suite("Plans", .serialized)
    enum Plans {}

    /// Dozens of clients at once, which share the server's eight connections; PostgreSQL counts deadlocks for all of them.
    @Suite("Races", .serialized)
    enum Races {}

    /// Suites whose cases share a tenant that takes seconds to make: what one case changes there, another one would find changing.
    @Suite("Walks", .serialized)
    enum Walks {}
}
