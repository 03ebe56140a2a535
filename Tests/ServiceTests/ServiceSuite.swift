import Testing

/// Tests over HTTP on a server in this process. They have their own tenants and run in parallel; those that share more are in `OneByOne`.
@Suite("The service", .onTestThreads)
enum ServiceSuite {
    /// Tests that share something outside the process; the groups say what. One group also waits for the other: they share the machine,
    /// and several measure its time.
    @Suite("One by one", .serialized)
    enum OneByOne {
        /// Separate servers, and tests that measure one. Each takes ten of PostgreSQL's sixty connections, and their time
        /// limits assume that the machine does little else.
        @Suite("Servers")
        enum Servers {}

        /// Jobs work on all tenants of a database, and PostgreSQL lets one do so at a time.
        @Suite("Jobs")
        enum Jobs {}

        /// Plans depend on PostgreSQL's statistics, which these tests change for all.
        @Suite("Plans")
        enum Plans {}

        /// Dozens of clients that share the server's eight connections; PostgreSQL counts deadlocks for all of them.
        @Suite("Races")
        enum Races {}

        /// Suites whose cases share a tenant that takes seconds to create: concurrent cases would see each other's changes.
        @Suite("Walks")
        enum Walks {}
    }
}
