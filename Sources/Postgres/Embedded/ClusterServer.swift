internal import CLibPQ
internal import Glibc

/// The PostgreSQL server of a private cluster: creates, starts and waits for it.
struct ClusterServer: Sendable {
    let place: ClusterPlace
    let log: ClusterLog

    /// For libpq, without the database.
    var connectionText: String { "host='\(place.socketFolder)' port=5432 user=customeros" }

    /// Creates the cluster's files. If killed, it leaves an unfinished folder, but under another name.
    func initialize(_ binaries: PostgresBinaries) throws {
        let unfinished = place.cluster + ".new"
        _ = try ChildProcess.run(["rm", "-rf", "--", unfinished])
        try ClusterPlace.makeFolder(unfinished, mode: 0o700)
        try place.own(unfinished)
        _ = try ChildProcess.run(
            place.command(
                [
                    binaries.folder + "/initdb", "-D", unfinished, "-U", "customeros", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8",
                    "--no-instructions", "--no-sync",
                ], endsWithParent: true))
        guard rename(unfinished, place.cluster) == 0 else {
            throw EmbeddedCluster.Failure("\(place.cluster) cannot be made: \(String(cString: strerror(errno)))")
        }
    }

    /// Starts the server and waits until it accepts connections.
    /// - Parameter isWanted: Called while the server starts; once it returns false, the server is stopped again.
    func launch(_ binaries: PostgresBinaries, while isWanted: () -> Bool = { true }) throws -> ChildKeeper {
        try endPredecessor()
        let start = log.size
        let output = try log.open()
        defer { close(output) }
        let keeper = try ChildKeeper(place.command(arguments(binaries), endsWithParent: true), output: output)
        do {
            try waitUntilReady(keeper, start, isWanted)
        } catch {
            keeper.stop()
            throw error
        }
        return keeper
    }

    private func arguments(_ binaries: PostgresBinaries) -> [String] {
        var settings = [
            // Requests are short, and a hardened service may not create code in memory.
            "jit=off", "listen_addresses=", "unix_socket_directories=\(place.socketFolder)", "unix_socket_permissions=0700", "port=5432",
            "max_connections=60", "shared_buffers=128MB", "timezone=UTC", "log_timezone=UTC",
            // Loaded once, with the server: an update that replaces the library's file does not break the sessions that
            // begin later.
            "shared_preload_libraries=plpgsql",
            // Error texts hold clients' values. Failed statements are in our own log, without values.
            "log_min_messages=log", "log_min_error_statement=panic", "log_error_verbosity=terse", "log_checkpoints=off",
        ]
        // After a crash, sync the whole file system at once: file by file takes seconds in which nothing is answered.
        if binaries.major >= 14 { settings.append("recovery_init_sync_method=syncfs") }
        return [binaries.folder + "/postgres", "-D", place.cluster] + settings.flatMap { ["-c", $0] }
    }

    private func waitUntilReady(_ keeper: ChildKeeper, _ logStart: Int, _ isWanted: () -> Bool) throws {
        var silent = 0
        // A server that says it is starting is replaying its log after a crash, which takes as long as it takes.
        while silent < 3000, isWanted() {
            let answer = PQping("\(connectionText) dbname=postgres")
            if answer == PQPING_OK { return }
            guard keeper.isRunning else {
                let reason = log.lastFailure(after: log.size < logStart ? 0 : logStart)
                throw EmbeddedCluster.Failure(
                    "PostgreSQL exited while starting\(reason.map { ": \($0)" } ?? "."). \(log.path) may say more.")
            }
            if answer != PQPING_REJECT { silent += 1 }
            usleep(10_000)
        }
        throw EmbeddedCluster.Failure("PostgreSQL has not become ready within 30 seconds. \(log.path) may say why.")
    }

    func makeDatabase() throws {
        let connection = try BlockingConnection(DatabaseConfiguration(connectionString: "\(connectionText) dbname=postgres"))
        let exists = try connection.run("SELECT FROM pg_database WHERE datname = 'customeros'").rowCount > 0
        if !exists { try connection.run("CREATE DATABASE customeros") }
    }

    // MARK: What a killed server leaves behind

    /// After our predecessor was killed, its server may need a moment to end, or another signal. Sessions whose server
    /// was killed hold its shared memory, which keeps a new one from starting.
    private func endPredecessor() throws {
        for attempt in 0..<200 {
            guard let pid = runningServer() else { return endSessions() }
            if attempt % 50 == 20 { kill(pid, SIGINT) }
            usleep(50_000)
        }
        throw EmbeddedCluster.Failure(
            "A PostgreSQL server of an earlier run still uses \(place.cluster) and does not stop. Stop it first.")
    }

    /// The process that `postmaster.pid` names, if it is a PostgreSQL server of this folder.
    private func runningServer() -> pid_t? {
        guard let file = fopen(place.cluster + "/postmaster.pid", "re") else { return nil }
        defer { fclose(file) }
        var pid: Int32 = 0
        guard withUnsafeMutablePointer(to: &pid, { pointer in withVaList([pointer]) { vfscanf(file, "%d", $0) } }) == 1, pid > 1 else {
            return nil
        }
        guard let command = fopen("/proc/\(pid)/cmdline", "re") else { return nil }
        defer { fclose(command) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = fread(&bytes, 1, bytes.count, command)
        return String(decoding: bytes[..<count], as: UTF8.self).contains(place.cluster) ? pid : nil
    }

    /// Ends the sessions as their own server would: at once, and by force after five seconds.
    private func endSessions() {
        for attempt in 0..<120 {
            let sessions = self.sessions
            if sessions.isEmpty { return }
            for pid in sessions where attempt == 0 || attempt == 100 { kill(pid, attempt == 0 ? SIGQUIT : SIGKILL) }
            usleep(50_000)
        }
    }

    /// Every process of a server works in the cluster's folder.
    private var sessions: [pid_t] {
        guard let directory = opendir("/proc") else { return [] }
        defer { closedir(directory) }
        var sessions: [pid_t] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            guard let pid = pid_t(name), Self.target("/proc/\(name)/cwd") == place.cluster,
                Self.target("/proc/\(name)/exe")?.contains("/postgres") == true
            else { continue }
            sessions.append(pid)
        }
        return sessions
    }

    private static func target(_ link: String) -> String? {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = readlink(link, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
    }
}
