internal import EventLoop
internal import Glibc

/// Supervises a private server: restarts it when it has ended or its programs were updated, and keeps its log small.
final class ClusterSupervisor: @unchecked Sendable {
    private struct State {
        var keeper: ChildKeeper
        var isSupervising = false
        var isStopping = false
    }

    /// How often it checks.
    private static let interval = Duration.milliseconds(200)
    /// A server that ends sooner than this after its start counts as failed to start.
    private static let trial = Duration.seconds(5)
    private static let longestPause = Duration.seconds(5)

    private let server: ClusterServer
    private let programFolders: [String]?
    private let state: Lock<State>

    // Only touched on the supervisor's thread, once that has started.
    private var binaries: PostgresBinaries
    private var mark: PostgresBinaries.FileMark?
    private var newMark: PostgresBinaries.FileMark?
    private var update: PostgresBinaries?
    private var limit = Duration.seconds(30)
    private var report: @Sendable (EmbeddedCluster.Event) -> Void = { _ in }
    private var outageBegan: ContinuousClock.Instant?
    private var lastStart = ContinuousClock.now
    private var pause = Duration.zero
    private var failedLooks = 0

    /// - Parameter programFolders: As for `PostgresBinaries.find`.
    init(_ server: ClusterServer, _ binaries: PostgresBinaries, _ programFolders: [String]?, _ keeper: ChildKeeper) {
        self.server = server
        self.programFolders = programFolders
        self.binaries = binaries
        mark = PostgresBinaries.mark(folder: binaries.folder)
        state = Lock(State(keeper: keeper))
    }

    var processID: Int32 { state.withLock { $0.keeper.processID } }

    private var isStopping: Bool { state.withLock { $0.isStopping } }

    func begin(limit: Duration, report: @escaping @Sendable (EmbeddedCluster.Event) -> Void) {
        let isFirst = state.withLock { state in
            defer { state.isSupervising = true }
            return !state.isSupervising
        }
        guard isFirst else { return }
        self.limit = limit
        self.report = report
        let context = Unmanaged.passRetained(self).toOpaque()
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<ClusterSupervisor>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, context)
        pthread_detach(thread)
    }

    /// Ends supervision and server, and waits for both.
    func stop() {
        state.withLock { $0.isStopping = true }
        while state.withLock({ $0.isSupervising }) { usleep(5_000) }
        state.withLock { $0.keeper }.stop()
    }

    private func run() {
        var rounds = 0
        while !isStopping {
            if !state.withLock({ $0.keeper }).isRunning {
                guard restart() else { break }
            } else if outageBegan != nil, ContinuousClock.now - lastStart > Self.trial {
                outageBegan = nil
                pause = .zero
            }
            rounds += 1
            if rounds % 5 == 0 {
                server.log.rotate()
                lookForUpdate()
            }
            wait(Self.interval)
        }
        state.withLock { $0.isSupervising = false }
    }

    private func wait(_ duration: Duration) {
        let end = ContinuousClock.now + duration
        while !isStopping, ContinuousClock.now < end { usleep(50_000) }
    }

    // MARK: Starting again

    /// - Returns: false if it gave up.
    private func restart() -> Bool {
        let ended = ContinuousClock.now
        report(.ended)
        let began = outageBegan ?? ended
        outageBegan = began
        repeat {
            wait(pause)
            pause = min(Self.longestPause, max(.milliseconds(250), pause * 2))
            do {
                try start()
                report(.started(version: binaries.version, after: ContinuousClock.now - ended))
                return true
            } catch {
                if isStopping { return false }
                guard ContinuousClock.now - began < limit else {
                    report(.failed(EmbeddedCluster.Failure("The embedded PostgreSQL exited and cannot be restarted. \(error)")))
                    return false
                }
            }
        } while !isStopping
        return false
    }

    private func start() throws {
        binaries = try PostgresBinaries.find(for: binaries.major, among: programFolders)
        mark = PostgresBinaries.mark(folder: binaries.folder)
        let keeper = try server.launch(binaries) { [self] in !isStopping }
        update = nil
        lastStart = ContinuousClock.now
        state.withLock { $0.keeper = keeper }
    }

    // MARK: Updates

    /// A package replaces its files one by one: an update counts once the files have been stable for a second.
    private func lookForUpdate() {
        if let update { return startUpdated(update) }
        guard let found = PostgresBinaries.mark(folder: binaries.folder), found != mark else { return }
        guard found == newMark else {
            newMark = found
            return
        }
        guard let updated = PostgresBinaries(folder: binaries.folder), updated.major == binaries.major else { return }
        mark = found
        guard updated.version != binaries.version else { return }
        update = updated
        report(.updated(from: binaries.version, to: updated.version))
        startUpdated(updated)
    }

    private func startUpdated(_ updated: PostgresBinaries) {
        guard !hasOpenTransaction else { return }
        let stopped = ContinuousClock.now
        state.withLock { $0.keeper }.stop()
        do {
            try start()
            report(.started(version: binaries.version, after: ContinuousClock.now - stopped))
        } catch {
            // The server is down: the next round finds that.
        }
    }

    /// Whether a session other than our own is working or may still commit. If no session can begin for a while, there
    /// is no work to lose.
    private var hasOpenTransaction: Bool {
        var configuration = DatabaseConfiguration(connectionString: "\(server.connectionText) dbname=postgres")
        configuration.connectTimeout = .seconds(2)
        guard let connection = try? BlockingConnection(configuration),
            let count = try? connection.run(
                """
                SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND state <> 'idle'
                """)
        else {
            failedLooks += 1
            return failedLooks < 10
        }
        failedLooks = 0
        return count.text(0, 0) != "0"
    }
}
