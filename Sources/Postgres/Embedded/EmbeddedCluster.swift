internal import CLibPQ
internal import EventLoop
internal import Glibc

/// A private PostgreSQL server, run as a child on a Unix socket only. The program uses it if no database is configured.
///
/// The child ends with us, even if we are killed. A data directory serves one program at a time.
public final class EmbeddedCluster: @unchecked Sendable {
    /// Why the cluster is unavailable, and what to do about it.
    public struct Failure: Error, CustomStringConvertible, Sendable {
        public let description: String

        init(_ description: String) { self.description = description }
    }

    /// For libpq.
    public let connectionString: String
    private let lockDescriptor: Int32
    private let supervisor: ClusterSupervisor

    /// How many bytes of the server's log are kept, plus as many older ones.
    public static let standardLogLimit = 10 * 1024 * 1024

    /// Starts the cluster of a data directory, creating it the first time. Waits until it accepts connections.
    /// - Parameter logLimit: The size in bytes from which the server's log is rotated.
    public static func start(dataDirectory: String, logLimit: Int = standardLogLimit) throws -> EmbeddedCluster {
        try start(dataDirectory: dataDirectory, logLimit: logLimit, programFolders: nil)
    }

    /// - Parameter programFolders: Where to look for PostgreSQL's programs; nil looks where packages install.
    static func start(
        dataDirectory: String, logLimit: Int = standardLogLimit, programFolders: [String]?
    ) throws -> EmbeddedCluster {
        try ClusterPlace.makeFolders(dataDirectory)
        let lock = try ownLock(dataDirectory)
        do {
            return try EmbeddedCluster(dataDirectory, lock, logLimit, programFolders)
        } catch {
            close(lock)
            throw error
        }
    }

    /// The connection string of a data directory's cluster that another program is running; nil if none is.
    ///
    /// Fails if one runs but cannot be reached within 30 seconds: it is starting, or belongs to another account.
    public static func running(dataDirectory: String) throws -> String? {
        guard access(dataDirectory + "/lock", F_OK) == 0 else { return nil }
        guard let lock = try takeLock(dataDirectory) else {
            let place = try ClusterPlace(dataDirectory: dataDirectory)
            let server = ClusterServer(place: place, log: ClusterLog(path: dataDirectory + "/postgres.log", limit: standardLogLimit))
            for _ in 0..<3000 {
                if PQping("\(server.connectionText) dbname=customeros") == PQPING_OK { return "\(server.connectionText) dbname=customeros" }
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

    /// The installed PostgreSQL programs that run a data directory's cluster.
    /// - Returns: Their folder, and their version as in `server_version`.
    /// - Throws: `Failure` if there are none.
    public static func programs(dataDirectory: String) throws -> (folder: String, version: String) {
        let major = exists(dataDirectory: dataDirectory) ? try ClusterPlace(dataDirectory: dataDirectory).majorVersion : nil
        let binaries = try PostgresBinaries.find(for: major)
        return (binaries.folder, binaries.version)
    }

    private init(_ dataDirectory: String, _ lock: Int32, _ logLimit: Int, _ programFolders: [String]?) throws {
        let place = try ClusterPlace(dataDirectory: dataDirectory)
        let server = ClusterServer(place: place, log: ClusterLog(path: dataDirectory + "/postgres.log", limit: logLimit))
        let binaries = try PostgresBinaries.find(for: place.majorVersion, among: programFolders)
        if place.majorVersion == nil { try server.initialize(binaries) }
        try place.own(place.cluster)
        let keeper = try server.launch(binaries)
        do {
            try server.makeDatabase()
        } catch {
            keeper.stop()
            throw error
        }
        supervisor = ClusterSupervisor(server, binaries, programFolders, keeper)
        lockDescriptor = lock
        connectionString = "\(server.connectionText) dbname=customeros"
    }

    /// The process id of the server.
    public var processID: Int32 { supervisor.processID }

    // MARK: Supervision

    /// What happens to a supervised server.
    public enum Event: Sendable {
        /// It ended by itself, or was killed.
        case ended
        /// Its programs were updated. It restarts once no transaction is open.
        case updated(from: String, to: String)
        /// It runs again, this long after it ended.
        case started(version: String, after: Duration)
        /// It cannot be started, and supervision has given up.
        case failed(Failure)
    }

    /// Supervises the server from now on: restarts it when it has ended or its programs were updated.
    /// - Parameters:
    ///   - limit: How long to try to restart it.
    ///   - report: Called on a thread of the supervisor's own.
    public func supervise(limit: Duration, report: @escaping @Sendable (Event) -> Void) {
        supervisor.begin(limit: limit, report: report)
    }

    /// Stops the server, closing its sessions; nothing is lost. Waits until it has ended.
    public func stop() {
        supervisor.stop()
        close(lockDescriptor)
    }

    // MARK: The lock

    /// - Throws: `Failure` if another program has it.
    static func ownLock(_ dataDirectory: String) throws -> Int32 {
        guard let lock = try takeLock(dataDirectory) else {
            throw Failure(
                "Another server uses the data directory \(dataDirectory). Stop it, or choose another one with --data-dir or DATA_DIR.")
        }
        return lock
    }

    /// Nil if another program has it. Only the owner can open the file, because opening it is enough to hold the lock.
    private static func takeLock(_ dataDirectory: String) throws -> Int32? {
        let path = dataDirectory + "/lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Failure(
                "\(path) cannot be opened: \(String(cString: strerror(errno))). Run this with the account that the data directory belongs to."
            )
        }
        fchmod(descriptor, 0o600)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }
}

extension ClusterPlace {
    /// Creates the data directory and missing folders above it.
    static func makeFolders(_ path: String) throws(EmbeddedCluster.Failure) {
        var folder = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            folder += "/\(part)"
            if access(folder, F_OK) != 0 { try makeFolder(folder, mode: 0o755) }
        }
    }
}
