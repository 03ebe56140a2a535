import EventLoop
import Foundation
import TestSupport
import Testing

@testable import Postgres

/// The embedded PostgreSQL in long use: killed, out of space, updated, with an older version.
@Suite("The embedded database", .serialized)
struct EmbeddedClusterTests {
    /// A supervisor's reports.
    private final class Reports: Sendable {
        private let events = Lock<[EmbeddedCluster.Event]>([])

        func add(_ event: EmbeddedCluster.Event) { events.withLock { $0.append(event) } }

        var names: [String] {
            events.withLock { $0 }.map { event in
                switch event {
                case .ended: "ended"
                case .updated: "updated"
                case .started: "started"
                case .failed: "failed"
                }
            }
        }

        var failure: String? {
            for case .failed(let failure) in events.withLock({ $0 }) { return failure.description }
            return nil
        }

        func wait(for names: [String]) throws {
            for _ in 0..<1200 where self.names != names { usleep(50_000) }
            #expect(self.names == names)
        }
    }

    private static func withFolder(_ body: (_ data: String, _ folder: String) throws -> Void) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try body(folder.path + "/data", folder.path)
    }

    private static func connect(_ cluster: EmbeddedCluster) throws -> BlockingConnection {
        try BlockingConnection(DatabaseConfiguration(connectionString: cluster.connectionString))
    }

    /// Calls PL/pgSQL in a new session.
    private static func change(_ cluster: EmbeddedCluster) throws { try connect(cluster).runScript("DO $$ BEGIN END $$") }

    private static func mode(_ path: String) throws -> mode_t {
        var information = stat()
        try #require(stat(path, &information) == 0)
        return information.st_mode & 0o777
    }

    @Test("restarts when killed, even while sessions are at work")
    func killed() throws {
        try Self.withFolder { data, _ in
            let cluster = try EmbeddedCluster.start(dataDirectory: data)
            defer { cluster.stop() }
            let reports = Reports()
            cluster.supervise(limit: .seconds(60)) { reports.add($0) }
            try Self.connect(cluster).runScript("CREATE TABLE kept AS SELECT 1 AS value")
            let first = cluster.processID
            // A busy session does not notice that its server is gone, and holds its shared memory.
            Thread {
                let query: SQL = "SELECT count(*) FROM generate_series(1, 100000000) a, generate_series(1, 100) b"
                _ = try? Self.connect(cluster).run(query)
            }.start()
            usleep(300_000)
            kill(first, SIGKILL)
            try reports.wait(for: ["ended", "started"])
            #expect(cluster.processID != first)
            #expect(try Self.connect(cluster).run("SELECT value FROM kept").text(0, 0) == "1")
            #expect(try Self.connect(cluster).run("SHOW recovery_init_sync_method").text(0, 0) == "syncfs")
            // Each end is reported, even soon after a start.
            kill(cluster.processID, SIGKILL)
            try reports.wait(for: ["ended", "started", "ended", "started"])
        }
    }

    @Test("that cannot be restarted is given up with the reason")
    func hopeless() throws {
        try Self.withFolder { data, _ in
            let cluster = try EmbeddedCluster.start(dataDirectory: data)
            defer { cluster.stop() }
            let reports = Reports()
            cluster.supervise(limit: .seconds(1)) { reports.add($0) }
            try FileManager.default.moveItem(atPath: data + "/postgres/global/pg_control", toPath: data + "/pg_control")
            kill(cluster.processID, SIGKILL)
            try reports.wait(for: ["ended", "failed"])
            let failure = try #require(reports.failure)
            #expect(failure.contains("cannot be restarted") && failure.contains("pg_control") && failure.contains("postgres.log"))
        }
    }

    private static var mayMount: Bool {
        guard geteuid() == 0, let folder = try? TemporaryFolder() else { return false }
        defer { folder.remove() }
        guard (try? Tool.run("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.path]))?.status == 0 else { return false }
        _ = try? Tool.run("umount", [folder.path])
        return true
    }

    @Test("restarts when its full disk has room again", .enabled(if: mayMount, "needs the right to mount"))
    func fullDisk() throws {
        try Self.withFolder { data, folder in
            let disk = folder + "/disk"
            try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
            #expect(try Tool.run("mount", ["-t", "tmpfs", "-o", "size=110m,mode=755", "tmpfs", disk]).status == 0)
            defer { _ = try? Tool.run("umount", ["--lazy", disk]) }
            let cluster = try EmbeddedCluster.start(dataDirectory: disk + "/data")
            defer { cluster.stop() }
            let reports = Reports()
            cluster.supervise(limit: .seconds(60)) { reports.add($0) }
            try Self.connect(cluster).runScript("CREATE TABLE kept AS SELECT 1 AS value")
            // The write-ahead log finds no room, which no PostgreSQL survives.
            _ = try Tool.run("sh", ["-c", "head -c 200m /dev/zero >\(disk)/ballast"])
            for _ in 0..<100 where reports.names.isEmpty {
                _ = try? Self.connect(cluster).run("SELECT pg_logical_emit_message(false, '', repeat('x', 1000000))")
            }
            for _ in 0..<100 where reports.names.isEmpty { usleep(50_000) }
            #expect(reports.names == ["ended"])
            usleep(500_000)
            #expect(reports.names == ["ended"])
            unlink(disk + "/ballast")
            try reports.wait(for: ["ended", "started"])
            #expect(try Self.connect(cluster).run("SELECT value FROM kept").text(0, 0) == "1")
        }
    }

    // MARK: Updates

    /// A copy of the installed programs, which finds its own libraries.
    private static func copiedPrograms(in folder: String) throws -> (programs: String, libraries: String) {
        let installed = try PostgresBinaries.find(for: nil).folder
        let root = folder + "/installed"
        let version = try #require(installed.split(separator: "/").dropLast().last)
        let (library, share) = ("\(root)/lib/postgresql/\(version)", "\(root)/share/postgresql")
        let script = """
            set -e
            mkdir -p '\(library)/lib' '\(share)' && cp -a '\(installed)' '\(library)/bin'
            cp -a '\(installed)/../lib/'*.so '\(library)/lib'
            ln -s "$(pg_config --sharedir)" '\(share)/\(version)'
            """
        try #require(Tool.run("sh", ["-c", script]).status == 0)
        return (library + "/bin", library + "/lib")
    }

    @Test("serves new sessions while its libraries are replaced, and restarts once its programs are and no transaction is open")
    func updated() throws {
        try Self.withFolder { data, folder in
            let (programs, libraries) = try Self.copiedPrograms(in: folder)
            let cluster = try EmbeddedCluster.start(dataDirectory: data, programFolders: [programs])
            defer { cluster.stop() }
            let reports = Reports()
            cluster.supervise(limit: .seconds(60)) { reports.add($0) }
            let first = cluster.processID

            // As packages do: another file takes the name.
            let library = libraries + "/plpgsql.so"
            try Data("no library".utf8).write(to: URL(filePath: library + ".new"))
            rename(library, library + ".old")
            rename(library + ".new", library)
            try Self.change(cluster)
            rename(library + ".old", library)

            let working = try Self.connect(cluster)
            try working.run("BEGIN")
            try working.run("SELECT 1")
            let version = "\(try PostgresBinaries.find(for: nil).major).99"
            let script =
                "#!/bin/sh\n[ \"$1\" = --version ] && { echo 'postgres (PostgreSQL) \(version) (Test)'; exit; }\nexec \"$0.real\" \"$@\"\n"
            rename(programs + "/postgres", programs + "/postgres.real")
            try Data(script.utf8).write(to: URL(filePath: programs + "/postgres.new"))
            chmod(programs + "/postgres.new", 0o755)
            rename(programs + "/postgres.new", programs + "/postgres")
            try reports.wait(for: ["updated"])
            usleep(1_500_000)
            #expect(reports.names == ["updated"] && cluster.processID == first)
            try working.run("COMMIT")
            try reports.wait(for: ["updated", "started"])
            #expect(cluster.processID != first)
            try Self.change(cluster)
            // Once is enough.
            usleep(2_500_000)
            #expect(reports.names == ["updated", "started"])
        }
    }

    // MARK: Major versions

    /// A folder of programs that only report a version.
    private static func programs(_ version: String, in folder: String) throws -> String {
        let place = "\(folder)/\(version)"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        for name in ["postgres", "initdb"] {
            try Data("#!/bin/sh\necho '\(name) (PostgreSQL) \(version)'\n".utf8).write(to: URL(filePath: "\(place)/\(name)"))
            chmod("\(place)/\(name)", 0o755)
        }
        return place
    }

    @Test("runs with the programs of its own version, not the first or newest installed")
    func fitting() throws {
        try Self.withFolder { data, folder in
            let folders = try ["17.6 (Debian 17.6-0+deb13u1)", "15.18", "18beta1", "16.1"].map { try Self.programs($0, in: folder) }
            let found = try PostgresBinaries.find(for: 15, among: [folder + "/none"] + folders)
            #expect(found.folder == folders[1] && found.version == "15.18")
            #expect(try PostgresBinaries.find(for: nil, among: folders).major == 17)
            #expect(try PostgresBinaries.newest(among: folders).major == 18)
            let missing = #expect(throws: EmbeddedCluster.Failure.self) { try PostgresBinaries.find(for: 14, among: folders) }
            let text = missing?.description ?? ""
            #expect(text.contains("postgresql-14") && text.contains("15, 16, 17, 18") && text.contains("customeros-api database upgrade"))

            try EmbeddedCluster.start(dataDirectory: data).stop()
            let installed = try PostgresBinaries.find(for: nil)
            let (other, version) = installed.major == 17 ? (folders[3], 16) : (folders[0], 17)
            try EmbeddedCluster.start(dataDirectory: data, programFolders: [other, installed.folder]).stop()
            let refused = #expect(throws: EmbeddedCluster.Failure.self) {
                try EmbeddedCluster.start(dataDirectory: data, programFolders: [other])
            }
            #expect(refused?.description.contains("installed is \(version)") == true)
        }
    }

    @Test("moves to another version with all its data, and keeps the old files")
    func upgraded() throws {
        try Self.withFolder { data, folder in
            let cluster = try EmbeddedCluster.start(dataDirectory: data)
            do {
                let connection = try Self.connect(cluster)
                try connection.runScript(
                    "CREATE TABLE kept (id int GENERATED ALWAYS AS IDENTITY, value text); INSERT INTO kept (value) VALUES ('Zoë'), ('b')")
                try connection.runScript("CREATE MATERIALIZED VIEW counted AS SELECT count(*) FROM kept")
            }
            // Not while a server runs.
            #expect(throws: EmbeddedCluster.Failure.self) { try EmbeddedCluster.upgrade(dataDirectory: data, to: nil) }
            cluster.stop()
            #expect(try EmbeddedCluster.upgrade(dataDirectory: data, to: nil) == nil)
            let older = try Self.programs("14.1", in: folder)
            #expect(throws: EmbeddedCluster.Failure.self) {
                try EmbeddedCluster.upgrade(dataDirectory: data, to: 14, programFolders: [older], evenToTheSame: false) { _ in }
            }

            // Only one version is installed here: moving to the same one takes the same steps.
            let upgrade = try #require(
                try EmbeddedCluster.upgrade(dataDirectory: data, to: nil, programFolders: nil, evenToTheSame: true) { _ in })
            #expect(upgrade.tables == 2)
            let major = try String(contentsOfFile: data + "/postgres/PG_VERSION", encoding: .utf8).trimmingCharacters(in: .newlines)
            #expect(upgrade.oldCluster.hasSuffix("/data/postgres.\(major)"))
            #expect(FileManager.default.fileExists(atPath: upgrade.oldCluster + "/PG_VERSION"))
            let left = try FileManager.default.contentsOfDirectory(atPath: data).sorted()
            #expect(left.filter { $0.contains("dump") || $0.contains("upgrade") || $0.contains("new") } == [])
            let again = try EmbeddedCluster.start(dataDirectory: data)
            defer { again.stop() }
            let connection = try Self.connect(again)
            #expect(try connection.run("SELECT string_agg(value, ',' ORDER BY id) FROM kept").text(0, 0) == "Zoë,b")
            #expect(try connection.run("INSERT INTO kept (value) VALUES ('c') RETURNING id").text(0, 0) == "3")
        }
    }

    @Test("keeps its data where they are when an upgrade fails")
    func failedUpgrade() throws {
        try Self.withFolder { data, folder in
            try EmbeddedCluster.start(dataDirectory: data).stop()
            // With the socket's folder, unless the path is too long for a socket: then that is in /tmp.
            let before = try FileManager.default.contentsOfDirectory(atPath: data).sorted()
            #expect(Set(before).isSuperset(of: ["lock", "postgres", "postgres.log"]))
            let installed = try PostgresBinaries.find(for: nil)
            // Programs of a newer version that cannot create a cluster.
            let newer = try Self.programs("\(installed.major + 1).0", in: folder)
            #expect(throws: (any Error).self) {
                try EmbeddedCluster.upgrade(
                    dataDirectory: data, to: nil, programFolders: [installed.folder, newer], evenToTheSame: false
                ) { _ in }
            }
            let left = try FileManager.default.contentsOfDirectory(atPath: data).sorted()
            #expect(left == before)
            try EmbeddedCluster.start(dataDirectory: data).stop()
        }
    }

    @Test("has a socket with a path that is short enough, even during an upgrade, however long its own path is")
    func socketAddresses() throws {
        try Self.withFolder { _, folder in
            for length in 1...40 {
                let data = "\(folder)/" + String(repeating: "x", count: length)
                try ClusterPlace.makeFolders(data)
                let place = try ClusterPlace(dataDirectory: data)
                let beside = try place.beside(ClusterPlace.upgradeSuffix)
                defer { for folder in [place, beside].map(\.socketFolder) { rmdir(folder) } }
                #expect((beside.socketFolder + "/.s.PGSQL.5432").utf8.count <= 107)
            }
        }
    }

    // MARK: What others can see

    @Test("lets no other account hold its lock or read its log, even if the files were open before")
    func closed() throws {
        try Self.withFolder { data, _ in
            try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
            for name in ["lock", "postgres.log"] {
                _ = FileManager.default.createFile(atPath: "\(data)/\(name)", contents: nil)
                chmod("\(data)/\(name)", 0o644)
            }
            try EmbeddedCluster.start(dataDirectory: data).stop()
            for name in ["lock", "postgres.log"] { #expect(try Self.mode("\(data)/\(name)") == 0o600) }
        }
    }

    @Test("writes no client value into its log, whatever fails")
    func silent() throws {
        try Self.withFolder { data, _ in
            let cluster = try EmbeddedCluster.start(dataDirectory: data)
            defer { cluster.stop() }
            let connection = try Self.connect(cluster)
            try connection.runScript(
                "CREATE TABLE one (name text UNIQUE CHECK (length(name) < 30)); INSERT INTO one VALUES ('secret-value')")
            for statement: SQL in [
                "INSERT INTO one VALUES ($1)", "SELECT $1::uuid", "SELECT $1::timestamptz", "SELECT ($1 || '9999')::int",
            ] {
                #expect(throws: BlockingConnection.Failure.self) { try connection.run(statement, [.text("secret-value")]) }
            }
            #expect(throws: BlockingConnection.Failure.self) {
                try connection.run("INSERT INTO one VALUES ($1)", [.text("secret-value-that-is-much-too-long")])
            }
            let log = try String(contentsOfFile: data + "/postgres.log", encoding: .utf8)
            #expect(log.contains("LOG:") && !log.contains("secret"))
        }
    }

    @Test("rotates its log at the limit, and keeps the previous lines")
    func rotated() throws {
        try Self.withFolder { data, _ in
            let limit = 4096
            try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
            let log = ClusterLog(path: data + "/postgres.log", limit: limit)
            for (size, rotates) in [(limit - 1, false), (limit, true), (limit + 1, true)] {
                unlink(log.path + ".1")
                try Data(repeating: 0x61, count: size).write(to: URL(filePath: log.path))
                log.rotate()
                #expect(log.size == (rotates ? 0 : size))
                #expect(FileManager.default.fileExists(atPath: log.path + ".1") == rotates)
            }
            #expect(try Data(contentsOf: URL(filePath: log.path + ".1")).count == limit + 1)
            #expect(try Self.mode(log.path + ".1") == 0o600)

            // The server goes on writing to the truncated file.
            let cluster = try EmbeddedCluster.start(dataDirectory: data, logLimit: limit)
            defer { cluster.stop() }
            cluster.supervise(limit: .seconds(60)) { _ in }
            let connection = try Self.connect(cluster)
            let isFull = {
                log.size < limit && (try? Data(contentsOf: URL(filePath: log.path + ".1")))?.starts(with: Data("a".utf8)) == false
            }
            for _ in 0..<1200 where !isFull() {
                try connection.runScript("DO $$ BEGIN RAISE LOG 'line %', repeat('x', 100); END $$")
                usleep(10_000)
            }
            #expect(isFull())
            try connection.runScript("DO $$ BEGIN RAISE LOG 'after it'; END $$")
            for _ in 0..<100 where try !String(contentsOfFile: log.path, encoding: .utf8).contains("after it") { usleep(10_000) }
            #expect(try String(contentsOfFile: log.path, encoding: .utf8).contains("LOG:  after it"))
        }
    }
}
