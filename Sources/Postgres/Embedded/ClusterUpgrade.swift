internal import CSystem
internal import Glibc

extension EmbeddedCluster {
    /// The outcome of an upgrade.
    public struct Upgrade: Sendable {
        /// Major versions of PostgreSQL.
        public let from: Int
        public let to: Int
        /// The folder of the old cluster, which is left unchanged.
        public let oldCluster: String
        /// How many tables had their row counts compared.
        public let tables: Int
    }

    /// Moves a data directory to a newer PostgreSQL: dumps the old cluster and restores it into a new one, which takes
    /// its place.
    ///
    /// The programs of both versions must be installed. If it fails nothing changes, and the old cluster is always
    /// kept.
    /// - Parameter major: The version to move to; nil is the newest installed.
    /// - Returns: nil if the data have that version already.
    /// - Throws: `Failure` if another program uses the data directory, programs are missing, or dump and restore
    ///   differ.
    public static func upgrade(dataDirectory: String, to major: Int?, report: (String) -> Void = { _ in }) throws -> Upgrade? {
        try upgrade(dataDirectory: dataDirectory, to: major, programFolders: nil, evenToTheSame: false, report: report)
    }

    /// - Parameters:
    ///   - programFolders: Where to look for PostgreSQL's programs; nil looks where packages install.
    ///   - evenToTheSame: Whether to move data that have the version already.
    static func upgrade(
        dataDirectory: String, to major: Int?, programFolders: [String]?, evenToTheSame: Bool, report: (String) -> Void
    ) throws -> Upgrade? {
        let lock = try ownLock(dataDirectory)
        defer { close(lock) }
        let place = try ClusterPlace(dataDirectory: dataDirectory)
        guard let present = place.majorVersion else { throw Failure("\(dataDirectory) has no embedded database.") }
        let new = try major.map { try PostgresBinaries.find(for: $0, among: programFolders) } ?? .newest(among: programFolders)
        guard new.major > present || evenToTheSame else {
            guard new.major == present else { throw Failure("The data are of PostgreSQL \(present), which is newer than \(new.major).") }
            return nil
        }
        let old = try PostgresBinaries.find(for: present, among: programFolders)
        let log = ClusterLog(path: dataDirectory + "/postgres.log", limit: standardLogLimit)
        let move = ClusterMove(
            old: ClusterServer(place: place, log: log), oldBinaries: old,
            new: ClusterServer(place: try place.beside(ClusterPlace.upgradeSuffix), log: log),
            newBinaries: new)
        defer { move.cleanUp() }
        let tables = try move.copy(report)
        return try Upgrade(from: present, to: new.major, oldCluster: move.swap(), tables: tables)
    }
}

/// A move of data from one cluster into another.
private struct ClusterMove {
    let old: ClusterServer
    let oldBinaries: PostgresBinaries
    let new: ClusterServer
    let newBinaries: PostgresBinaries

    private var dumpFolder: String { old.place.cluster + ".dump" }

    /// - Returns: The number of tables. Each has as many rows as before.
    func copy(_ report: (String) -> Void) throws -> Int {
        _ = try ChildProcess.run(["rm", "-rf", "--", dumpFolder, new.place.cluster])
        report("Starting PostgreSQL \(oldBinaries.major)")
        let oldKeeper = try old.launch(oldBinaries)
        defer { oldKeeper.stop() }
        report("Making a cluster of PostgreSQL \(newBinaries.major)")
        try new.initialize(newBinaries)
        let newKeeper = try new.launch(newBinaries)
        defer { newKeeper.stop() }
        try ClusterPlace.makeFolder(dumpFolder, mode: 0o700)
        try old.place.own(dumpFolder)
        report("Dumping the data")
        // The newer program reads the older server's data and writes what the newer server accepts.
        try run("pg_dump", ["--format=directory", "--file=\(dumpFolder)", "\(old.connectionText) dbname=customeros"])
        report("Restoring the data")
        try run("pg_restore", ["--exit-on-error", "--create", "--dbname=\(new.connectionText) dbname=postgres", dumpFolder])
        report("Comparing")
        let (before, after) = try (rowCounts(old), rowCounts(new))
        guard before == after else {
            throw EmbeddedCluster.Failure("The restored data differ from those that were dumped. Nothing has changed.")
        }
        report("Collecting statistics")
        let connection = try connection(new)
        try connection.run("SET statement_timeout = 0")
        try connection.run("ANALYZE")
        return before.count
    }

    /// Replaces the old cluster with the new one. If interrupted at any point, one of the two is in place, whole.
    /// - Returns: Where the old one is.
    func swap() throws -> String {
        let (present, next) = (old.place.cluster, new.place.cluster)
        var kept = "\(present).\(oldBinaries.major)"
        var number = 1
        while access(kept, F_OK) == 0 {
            number += 1
            kept = "\(present).\(oldBinaries.major)-\(number)"
        }
        sync()
        let exchange: UInt32 = 2  // RENAME_EXCHANGE
        guard rename(next, kept) == 0, renameat2(AT_FDCWD, kept, AT_FDCWD, present, exchange) == 0 else {
            let reason = String(cString: strerror(errno))
            rename(kept, next)
            throw EmbeddedCluster.Failure("The new cluster cannot take the place of \(present): \(reason)")
        }
        return kept
    }

    /// Removes what a move, finished or failed, leaves behind: never a cluster in use or kept.
    func cleanUp() {
        let leftovers = [dumpFolder, new.place.cluster, new.place.cluster + ".new", new.place.socketFolder]
        _ = try? ChildProcess.run(["rm", "-rf", "--"] + leftovers)
    }

    private func run(_ program: String, _ arguments: [String]) throws {
        _ = try ChildProcess.run(old.place.command(["\(newBinaries.folder)/\(program)"] + arguments, endsWithParent: true))
    }

    private func connection(_ server: ClusterServer) throws -> BlockingConnection {
        try BlockingConnection(DatabaseConfiguration(connectionString: "\(server.connectionText) dbname=customeros"))
    }

    private func rowCounts(_ server: ClusterServer) throws -> [String: String] {
        let connection = try connection(server)
        try connection.run("SET statement_timeout = 0")
        let rows = try connection.run(
            """
            SELECT c.oid::regclass::text, (xpath('/row/count/text()', query_to_xml(format('SELECT count(*) FROM %s', c.oid::regclass), \
            false, true, '')))[1]::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
            WHERE c.relkind IN ('r', 'm') AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
            """)
        return Dictionary(uniqueKeysWithValues: (0..<rows.rowCount).map { (rows.text($0, 0) ?? "", rows.text($0, 1) ?? "") })
    }
}
