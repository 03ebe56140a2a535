import EventLoop
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Postgres

/// A database whose sessions no other suite ends.
private enum SharesDatabase {
    static let configuration = Result {
        var configuration = try TestCluster.shared.get().configuration
        try BlockingConnection(configuration).runScript("CREATE DATABASE shares")
        choose(&configuration)
        return configuration
    }

    /// Whether a session whose statement matches the pattern waits for a lock.
    static func isAwaited(_ pattern: String) throws -> Bool {
        // An open transaction would always see the same sessions.
        try BlockingConnection(configuration.get()).run(
            "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = 'shares' AND wait_event_type = 'Lock' AND query LIKE $1",
            [.text(pattern)]
        ).text(0, 0) == "t"
    }

    static func choose(_ configuration: inout DatabaseConfiguration) {
        configuration.connectionString = configuration.connectionString.replacingOccurrences(of: "dbname=customeros", with: "dbname=shares")
    }
}

/// No owner keeps another waiting. Nothing times out here: what has to wait, waits for good.
@Suite("The shares of the connections", .serialized, .timeLimit(.minutes(5)))
struct SharesTests {
    private static let echo = StatementText("echo", "SELECT $1::text")
    private static let sleep = StatementText("sleep", "SELECT pg_sleep($1::double precision)")
    private static let (first, second) = (WorkOwner.tenant(1), WorkOwner.tenant(2))

    /// A table locked by another session until `unlock`.
    private final class LockedTable: @unchecked Sendable {
        let read: Query
        private let name: SQL
        private let session: BlockingConnection

        init(_ name: SQL) throws {
            self.name = name
            session = try BlockingConnection(SharesDatabase.configuration.get())
            try session.run("CREATE TABLE \(name) (id integer)")
            try session.run("BEGIN")
            try session.run("LOCK TABLE \(name)")
            read = Query(StatementText("locked", "SELECT count(*) FROM \(name)"))
        }

        /// A read of it with a text of its own.
        func read(number: Int) -> Query {
            let columns: SQL = (0..<number).reduce("count(*)") { columns, _ in "\(columns), 0" }
            return Query(StatementText("locked", "SELECT \(columns) FROM \(name)"))
        }

        func unlock() throws { try session.run("COMMIT") }

        /// Whether a session waits for it.
        func isAwaited() throws -> Bool { try SharesDatabase.isAwaited("%\(read.statement.sql.text)%") }
    }

    private static func endless(_ configuration: inout DatabaseConfiguration) {
        SharesDatabase.choose(&configuration)
        configuration.statementTimeout = .seconds(3_600)
        configuration.sharedStatementTimeout = .seconds(3_600)
        configuration.queueTimeout = .seconds(3_600)
    }

    private static func text(_ results: [Result<QueryResult, PostgresError>]) -> String? { (try? results[0].get())?.text(0, 0) }

    @Test("of a shared connection: reads go on alongside reads of a locked table, of any owner", .timeLimit(.minutes(1)))
    func lockedTable() async throws {
        let table = try LockedTable("locked_reads")
        let answered = try await onDatabase(Self.endless) { database in
            await withTaskGroup(of: String?.self) { group in
                for _ in 0..<20 { group.addTask { Self.text(await database.read([table.read], for: Self.first)) } }
                while (try? table.isAwaited()) == false { try? await Task.sleep(for: .milliseconds(5)) }
                var answers: [String?] = []
                for number in 0..<50 {
                    for owner in [Self.first, Self.second, .platform] {
                        answers.append(Self.text(await database.read([Query(Self.echo, [.text(String(number))])], for: owner)))
                    }
                }
                try? table.unlock()
                let late = await group.reduce(into: []) { $0.append($1) }
                return (answers, late)
            }
        }
        let expected = (0..<150).map { String($0 / 3) }
        #expect(answered.0 == expected)
        #expect(answered.1.filter { $0 == "0" }.count == 20)
    }

    @Test("of shared connections: an owner whose every read stalls one keeps no other waiting", .timeLimit(.minutes(1)))
    func stallingOwner() async throws {
        let table = try LockedTable("stalling_reads")
        let answered = try await onDatabase({
            Self.endless(&$0)
            $0.headPatience = .milliseconds(5)
        }) { database in
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<10 {
                    group.addTask { _ = await database.read([table.read(number: number)], for: Self.first) }
                    try? await Task.sleep(for: .milliseconds(20))
                }
                let answer = Self.text(await database.read([Query(Self.echo, [.text("others")])], for: Self.second))
                try? table.unlock()
                return answer
            }
        }
        #expect(answered == "others")
    }

    @Test(
        "of exclusive connections: one owner may have the whole pool but for heavy reads; others have a reserve",
        .timeLimit(.minutes(1)))
    func heavyReads() async throws {
        _ = try SharesDatabase.configuration.get()
        let (changed, read, running) = try await onDatabase({
            Self.endless(&$0)
            $0.poolSize = 4
        }) { database in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for isHeavy in [true, false, true, false, true, false, true, false] {
                    group.addTask {
                        _ = await database.readExclusively(
                            [Query(Self.sleep, [.text("3600")])], for: Self.first, isHeavy: isHeavy)
                    }
                }
                while await database.statistics().busy < 4 { try await Task.sleep(for: .milliseconds(5)) }
                let changed = try await database.transaction(for: Self.second) {
                    try await $0.run(Query(Self.echo, [.text("changed")])).text(0, 0)
                }
                let running = await database.statistics()
                group.cancelAll()
                try await group.waitForAll()
                // A caller that left has nothing running, and has returned its connections.
                while await database.statistics().busy > 0 { try await Task.sleep(for: .milliseconds(5)) }
                let read = Self.text(await database.readExclusively([Query(Self.echo, [.text("read")])], for: Self.second, isHeavy: true))
                return (changed, read, running)
            }
        }
        #expect(changed == "changed" && read == "read")
        #expect(running.busy == 4 && running.heavy == 1 && running.waiting == 4)
        let admin = try BlockingConnection(SharesDatabase.configuration.get())
        let sleeping = try admin.run(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = 'shares' AND wait_event = 'PgSleep' AND state = 'active'")
        #expect(sleeping.text(0, 0) == "0")
    }

    @Test("are within their limits after stalled connections have come back")
    func comingBack() async throws {
        _ = try SharesDatabase.configuration.get()
        let shared = try await onDatabase({
            SharesDatabase.choose(&$0)
            $0.sharedConnections = 1
            $0.headPatience = .milliseconds(20)
        }) { database in
            // Each about as long as a connection may stall, and another takes to be opened. The quick ones say what is usual.
            for number in 0..<500 where await database.statistics().setAside < 20 {
                for _ in 0..<8 { _ = await database.read([Query(Self.echo, [.text("quick")])], for: Self.first) }
                _ = await database.read([Query(Self.sleep, [.text(String(0.03 + Double(number % 30) / 1_000))])], for: Self.first)
            }
            while await database.statistics().aside > 0 { try await Task.sleep(for: .milliseconds(5)) }
            return (await database.statistics().shared, await database.statistics().setAside)
        }
        // One, and another for owners that have stalled one.
        #expect(shared.0 == 2 && shared.1 == 20, "\(shared)")
    }

    @Test("take turns: an owner that queues behind many of another is served after one of them")
    func turns() async throws {
        _ = try SharesDatabase.configuration.get()
        let order = try await onDatabase({
            Self.endless(&$0)
            $0.poolSize = 1
            $0.tenantShare = 100
        }) { database in
            let served = Lock<[String]>([])
            let loop = database.currentLoop
            try await database.transaction(for: Self.first) { transaction in
                try await transaction.run(Query(Self.echo, [.text("x")]))
                // They ask in this order: a task starts when created.
                for (number, name) in [(1, "a"), (1, "b"), (1, "c"), (2, "d"), (2, "e"), (3, "f")] {
                    Task.immediate(executorPreference: loop) {
                        _ = await database.readExclusively([Query(Self.echo, [.text(name)])], for: .tenant(Int32(number)))
                        served.withLock { $0.append(name) }
                    }
                }
            }
            while served.withLock({ $0.count }) < 6 { try await Task.sleep(for: .milliseconds(1)) }
            return served.withLock { $0 }
        }
        #expect(order == ["a", "d", "f", "b", "e", "c"])
    }

    @Test("queue by owner, and skip those that may not go on")
    func queue() {
        var queue = FairQueue<String>()
        for (number, name) in [(1, "a"), (1, "b"), (2, "c"), (3, "d"), (1, "e")] { queue.append(name, of: .tenant(Int32(number))) }
        #expect(queue.count == 5 && queue.count(of: .tenant(1)) == 3)
        #expect(queue.popFirst { $0 != .tenant(1) } == "c")
        queue.removeAll(of: .tenant(1)) { $0 == "b" }
        #expect(queue.popFirst() == "a" && queue.popFirst() == "d")
        #expect(queue.popFirst { $0 == .tenant(2) } == nil)
        #expect(queue.popFirst() == "e" && queue.popFirst() == nil && queue.isEmpty)
    }

    @Test("are bounded in the queue, too: one owner cannot fill it", arguments: [2, 3, 4])
    func queueShare(waiting: Int) async throws {
        _ = try SharesDatabase.configuration.get()
        let conditions = try await onDatabase({
            Self.endless(&$0)
            $0.poolSize = 1
            $0.queueLimit = 4
        }) { database in
            await withTaskGroup(of: PostgresError.Condition?.self) { group in
                try? await database.transaction(for: Self.second) { transaction in
                    try await transaction.run(Query(Self.echo, [.text("x")]))
                    // Heavy reads have no part in the reserve.
                    for _ in 0..<waiting {
                        group.addTask {
                            condition(await database.readExclusively([Query(Self.echo, [.text("w")])], for: Self.first, isHeavy: true)[0])
                        }
                    }
                    while await database.statistics().waiting < min(waiting, 3) { try await Task.sleep(for: .milliseconds(1)) }
                    group.addTask {
                        condition(await database.readExclusively([Query(Self.echo, [.text("o")])], for: .tenant(3), isHeavy: true)[0])
                    }
                    while await database.statistics().waiting < min(waiting, 3) + 1 { try await Task.sleep(for: .milliseconds(1)) }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(conditions.filter { $0 == .poolExhausted }.count == max(0, waiting - 3))
        #expect(conditions.filter { $0 == nil }.count == min(waiting, 3) + 1)
    }

    @Test("wait for a busy session if the server has no room for the first change", .timeLimit(.minutes(1)))
    func noRoom() async throws {
        let admin = try BlockingConnection(SharesDatabase.configuration.get())
        try admin.runScript("CREATE ROLE single LOGIN CONNECTION LIMIT 1")
        let written = try await onDatabase({
            Self.endless(&$0)
            $0.connectionString += " user=single"
            $0.sharedConnections = 1
        }) { database in
            let read = Self.text(await database.read([Query(Self.echo, [.text("read")])], for: Self.first))
            async let written = database.transaction(for: Self.first) { try await $0.run(Query(Self.echo, [.text("written")])).text(0, 0) }
            while await database.statistics().waiting == 0 { try await Task.sleep(for: .milliseconds(5)) }
            try BlockingConnection(SharesDatabase.configuration.get()).runScript("ALTER ROLE single CONNECTION LIMIT 2")
            return [read, try await written]
        }
        #expect(written == ["read", "written"])
    }
}

/// A request gets its answer in time, whatever the database does.
@Suite("A caller out of time", .serialized, .timeLimit(.minutes(1)))
struct LateCallerTests {
    private static let echo = StatementText("echo", "SELECT $1::text")
    private static let owner = WorkOwner.tenant(1)

    /// Runs `work` in a task that is cancelled once `isUnderWay` returns true.
    private static func cancelled<Value: Sendable>(
        _ database: Database, when isUnderWay: @escaping @Sendable () async throws -> Bool, _ work: @escaping @Sendable () async -> Value
    ) async throws -> Value {
        let task = Task(executorPreference: database.currentLoop) { await work() }
        while try await !isUnderWay() { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        return await task.value
    }

    private static func waits(_ pattern: String) -> @Sendable () async throws -> Bool { { try SharesDatabase.isAwaited(pattern) } }

    private static func endless(_ configuration: inout DatabaseConfiguration) {
        SharesDatabase.choose(&configuration)
        configuration.statementTimeout = .seconds(3_600)
        configuration.sharedStatementTimeout = .seconds(3_600)
        configuration.headPatience = .seconds(3_600)
        configuration.sharedConnections = 1
        configuration.poolSize = 1
    }

    @Test("of a read on a shared connection gets its failure while the server still works on it; the late result is dropped")
    func sharedRead() async throws {
        nonisolated(unsafe) let other = try BlockingConnection(SharesDatabase.configuration.get())
        try other.runScript("CREATE TABLE late_reads (id integer)")
        try other.runScript("BEGIN; LOCK TABLE late_reads")
        let (ended, next) = try await onDatabase(Self.endless) { database in
            let ended = try await Self.cancelled(database, when: Self.waits("%late_reads%")) {
                condition(
                    await database.read(
                        [Query(StatementText("late", "SELECT count(*) FROM late_reads")), Query(Self.echo, [.text("late")])],
                        for: Self.owner)[
                            1])
            }
            // It is not cancelled in the database: others may share the connection.
            #expect(try SharesDatabase.isAwaited("%late_reads%"))
            async let next = database.read([Query(Self.echo, [.text("next")])], for: Self.owner)
            try other.run("COMMIT")
            return (ended, try await next[0].get().text(0, 0))
        }
        #expect(ended == .timeout && next == "next")
    }

    /// A cancel request is lost if it arrives before the server has read the statement.
    @Test("of a change gets its failure, nothing is changed, and the connection serves the next one", arguments: [0, 1, 2])
    func change(lostCancels: Int) async throws {
        let (proxied, proxy) = try SharesDatabase.configuration.get().behindProxy()
        defer { proxy.stop() }
        let other = try BlockingConnection(SharesDatabase.configuration.get())
        try other.runScript("DROP TABLE IF EXISTS late_changes; CREATE TABLE late_changes AS SELECT 1 AS id")
        try other.runScript("BEGIN; SELECT 1 FROM late_changes FOR UPDATE")
        let (ended, session) = try await onDatabase({
            $0 = proxied
            Self.endless(&$0)
        }) { database in
            let session = Query(StatementText("session", "SELECT pg_backend_pid()"))
            let first = try await database.transaction(for: Self.owner) { try await $0.run(session).text(0, 0) }
            proxy.refuseNext(lostCancels)
            let ended = try await Self.cancelled(database, when: Self.waits("%late_changes%")) {
                await Self.failure {
                    try await database.transaction(for: Self.owner) {
                        _ = try await $0.run(Query(StatementText("late", "UPDATE late_changes SET id = 2")))
                    }
                }
            }
            let next = try await database.transaction(for: Self.owner) { try await $0.run(session).text(0, 0) }
            return (ended, [first, next])
        }
        try other.run("COMMIT")
        #expect(ended == .timeout)
        #expect(session[0] == session[1])
        #expect(try other.run("SELECT id FROM late_changes").text(0, 0) == "1")
    }

    @Test("of a change that is being committed learns that the outcome is unknown")
    func commit() async throws {
        nonisolated(unsafe) let other = try BlockingConnection(SharesDatabase.configuration.get())
        try other.runScript(
            """
            CREATE TABLE late_commits (id integer);
            CREATE FUNCTION wait_in_commit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NULL; END';
            CREATE CONSTRAINT TRIGGER waits AFTER INSERT ON late_commits DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION wait_in_commit()
            """)
        try other.runScript("BEGIN; SELECT pg_advisory_xact_lock(4711)")
        let ended = try await onDatabase(Self.endless) { database in
            let ended = try await Self.cancelled(database, when: Self.waits("COMMIT%")) {
                await Self.failure {
                    try await database.transaction(for: Self.owner) {
                        _ = try await $0.run(Query(StatementText("late", "INSERT INTO late_commits VALUES (1)")))
                    }
                }
            }
            try other.run("COMMIT")
            // The connection is back once the commit is done.
            _ = try await database.transaction(for: Self.owner) { try await $0.run(Query(Self.echo, [.text("next")])) }
            return ended
        }
        #expect(ended == .timeoutInCommit)
        #expect(try other.run("SELECT count(*) FROM late_commits").text(0, 0) == "1")
    }

    @Test("waiting for a connection no longer takes one")
    func waiting() async throws {
        _ = try SharesDatabase.configuration.get()
        let (ended, waiting) = try await onDatabase(Self.endless) { database in
            try await database.transaction(for: Self.owner) { transaction in
                try await transaction.run(Query(Self.echo, [.text("x")]))
                let ended = try await Self.cancelled(database) {
                    await database.statistics().waiting > 0
                } _: {
                    condition(await database.readExclusively([Query(Self.echo, [.text("y")])], for: Self.owner)[0])
                }
                return (ended, await database.statistics().waiting)
            }
        }
        #expect(ended == .timeout && waiting == 0)
    }

    @Test("gets its failure when the network loses everything: a read, a heavy read and a change")
    func silence() async throws {
        let (proxied, proxy) = try SharesDatabase.configuration.get().behindProxy()
        defer { proxy.stop() }
        var configuration = proxied
        Self.endless(&configuration)
        let ended = try await onLoop { [configuration] loop in
            let database = await Database(configuration, loops: [loop])
            let query = Query(Self.echo, [.text("x")])
            _ = try await database.read([query], for: Self.owner)[0].get()
            _ = try await database.readExclusively([query], for: Self.owner)[0].get()
            proxy.fallSilent()
            let tasks = [
                Task(executorPreference: loop) { condition(await database.read([query], for: Self.owner)[0]) },
                Task(executorPreference: loop) {
                    await Self.failure { try await database.transaction(for: Self.owner) { _ = try await $0.run(query) } }
                },
                Task(executorPreference: loop) { condition(await database.readExclusively([query], for: Self.owner)[0]) },
            ]
            try await Task.sleep(for: .milliseconds(50))
            for task in tasks { task.cancel() }
            var ended: [PostgresError.Condition?] = []
            for task in tasks { ended.append(await task.value) }
            await database.close()
            return ended
        }
        #expect(ended == [.timeout, .timeout, .timeout])
    }

    @Test("of a short read has more time: a read too slow to share is repeated on an exclusive connection")
    func tooSlowToShare() async throws {
        _ = try SharesDatabase.configuration.get()
        let (answers, connections) = try await onDatabase({
            SharesDatabase.choose(&$0)
            $0.sharedStatementTimeout = .milliseconds(50)
        }) { database in
            let slow = Query(StatementText("slow", "SELECT 'slow' FROM pg_sleep(0.3)"))
            let answers = [await database.read([slow], for: Self.owner), await database.read([slow], for: Self.owner)]
            return (answers.map { (try? $0[0].get())?.text(0, 0) }, await database.statistics().idle)
        }
        #expect(answers == ["slow", "slow"] && connections == 1)
    }

    private static func failure(_ work: () async throws -> Void) async -> PostgresError.Condition? {
        do {
            try await work()
            return nil
        } catch { return (error as? PostgresError)?.condition }
    }
}
