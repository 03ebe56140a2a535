internal import CLibPQ
internal import Glibc

/// A private PostgreSQL server, run as a child on a Unix socket only: what the program uses when it is given no database.
///
/// The child ends with us, also when we are killed. A data directory serves one program at a time.
public final class EmbeddedCluster: @unchecked Sendable {
    /// Why there is no cluster, and what to do about it.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String

        init(_ description: String) { self.description = description }
    }

    /// For libpq.
    public let connectionString: String
    /// The process id of the server.
    public let processID: Int32
    private let lock: Int32
    private let keeper: ChildKeeper

    /// Starts the cluster of a data directory; the first time it is made. Waits until it accepts connections.
    public static func start(dataDirectory: String) throws -> EmbeddedCluster {
        try ClusterPlace.makeFolders(dataDirectory)
        guard let lock = try takeLock(dataDirectory) else {
            throw Failure(
                "Another server uses the data directory \(dataDirectory). Stop it, or choose another one with --data-dir or DATA_DIR.")
        }
        do {
            return try EmbeddedCluster(dataDirectory: dataDirectory, lock: lock)
        } catch {
            close(lock)
            throw error
        }
    }

    /// The cluster of a data directory that another program runs now, for libpq; nil when none does.
    ///
    /// Fails when one runs but cannot be reached within 30 seconds: it starts just now, or belongs to another account.
    public static func running(dataDirectory: String) throws -> String? {
        guard access(dataDirectory + "/lock", F_OK) == 0 else { return nil }
        guard let lock = try takeLock(dataDirectory) else {
            let server = server(of: try ClusterPlace(dataDirectory: dataDirectory))
            for _ in 0..<3000 {
                if PQping("\(server) dbname=customeros") == PQPING_OK { return "\(server) dbname=customeros" }
                usleep(10_000)
            }
            throw Failure(
                "A server uses the data directory \(dataDirectory), and its PostgreSQL cannot be reached. Is it another account's?")
        }
        close(lock)
        return nil
    }

    /// Whether a data directory has a cluster already.
    public static func exists(dataDirectory: String) -> Bool {
        access(dataDirectory + "/postgres/PG_VERSION", F_OK) == 0 || access(dataDirectory + "/cluster", F_OK) == 0
    }

    /// The folder of the installed PostgreSQL programs.
    /// - Throws: `Failure` when there is none.
    public static func programFolder() throws(Failure) -> String { try PostgresBinaries.folder() }

    private static func server(of place: ClusterPlace) -> String { "host='\(place.socketFolder)' port=5432 user=customeros" }

    private init(dataDirectory: String, lock: Int32) throws {
        let place = try ClusterPlace(dataDirectory: dataDirectory)
        let binaries = try PostgresBinaries.folder()
        try Self.endOrphan(of: place.cluster)
        if access(place.cluster + "/PG_VERSION", F_OK) != 0 { try Self.initialize(place, binaries) }
        try place.own(place.cluster)

        let logPath = dataDirectory + "/postgres.log"
        let log = open(logPath, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o640)
        guard log >= 0 else { throw Failure("\(logPath) cannot be written: \(String(cString: strerror(errno)))") }
        defer { close(log) }
        keeper = try ChildKeeper(place.command(Self.serverArguments(place, binaries), endsWithParent: true), output: log)
        processID = keeper.processID
        self.lock = lock
        let server = Self.server(of: place)
        connectionString = "\(server) dbname=customeros"
        do {
            try Self.waitUntilReady(server, keeper, logPath)
            try Self.makeDatabase(server)
        } catch {
            keeper.stop()
            throw error
        }
    }

    /// Ends the server: sessions are closed, nothing is lost. Waits for its end.
    public func stop() {
        keeper.stop()
        close(lock)
    }

    /// Nil when another program has it.
    private static func takeLock(_ dataDirectory: String) throws -> Int32? {
        let path = dataDirectory + "/lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Failure("\(path) cannot be opened: \(String(cString: strerror(errno)))") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    /// A first start that was killed leaves an unfinished folder under another name only.
    private static func initialize(_ place: ClusterPlace, _ binaries: String) throws {
        let unfinished = place.cluster + ".new"
        _ = try ChildProcess.run(["rm", "-rf", "--", unfinished])
        try ClusterPlace.makeFolder(unfinished, mode: 0o700)
        try place.own(unfinished)
        _ = try ChildProcess.run(
            place.command(
                [
                    binaries + "/initdb", "-D", unfinished, "-U", "customeros", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8",
                    "--no-instructions", "--no-sync",
                ], endsWithParent: true))
        guard rename(unfinished, place.cluster) == 0 else {
            throw Failure("\(place.cluster) cannot be made: \(String(cString: strerror(errno)))")
        }
    }

    private static func serverArguments(_ place: ClusterPlace, _ binaries: String) -> [String] {
        let settings = [
            // Requests are short, and a hardened service may not make code in memory.
            "jit=off", "listen_addresses=", "unix_socket_directories=\(place.socketFolder)", "unix_socket_permissions=0700", "port=5432",
            "max_connections=60", "shared_buffers=128MB", "log_min_messages=warning", "timezone=UTC", "log_timezone=UTC",
        ]
        return [binaries + "/postgres", "-D", place.cluster] + settings.flatMap { ["-c", $0] }
    }

    /// After our predecessor was killed its server may need a moment to end, or be asked once more.
    private static func endOrphan(of cluster: String) throws {
        for attempt in 0..<200 {
            guard let pid = runningServer(of: cluster) else { return }
            if attempt % 50 == 20 { kill(pid, SIGINT) }
            usleep(50_000)
        }
        throw Failure("A PostgreSQL server of an earlier run still uses \(cluster) and does not end. Stop it first.")
    }

    /// The process that `postmaster.pid` names, if it is a PostgreSQL server of this very folder.
    private static func runningServer(of cluster: String) -> pid_t? {
        guard let file = fopen(cluster + "/postmaster.pid", "re") else { return nil }
        defer { fclose(file) }
        var pid: Int32 = 0
        guard withUnsafeMutablePointer(to: &pid, { pointer in withVaList([pointer]) { vfscanf(file, "%d", $0) } }) == 1, pid > 1 else {
            return nil
        }
        guard let command = fopen("/proc/\(pid)/cmdline", "re") else { return nil }
        defer { fclose(command) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = fread(&bytes, 1, bytes.count, command)
        return String(decoding: bytes[..<count], as: UTF8.self).contains(cluster) ? pid : nil
    }

    private static func waitUntilReady(_ server: String, _ keeper: ChildKeeper, _ logPath: String) throws {
        for _ in 0..<3000 {
            if PQping("\(server) dbname=postgres") == PQPING_OK { return }
            guard keeper.isRunning else { throw Failure("PostgreSQL ended while it was starting. \(logPath) says why.") }
            usleep(10_000)
        }
        throw Failure("PostgreSQL has not become ready within 30 seconds. \(logPath) may say why.")
    }

    private static func makeDatabase(_ server: String) throws {
        let connection = try BlockingConnection(DatabaseConfiguration(connectionString: "\(server) dbname=postgres"))
        let exists = try connection.run("SELECT FROM pg_database WHERE datname = 'customeros'").rowCount > 0
        if !exists { try connection.run("CREATE DATABASE customeros") }
    }
}

extension ClusterPlace {
    /// The data directory and what is missing above it.
    static func makeFolders(_ path: String) throws(EmbeddedCluster.Failure) {
        var folder = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            folder += "/\(part)"
            if access(folder, F_OK) != 0 { try makeFolder(folder, mode: 0o755) }
        }
    }
}
