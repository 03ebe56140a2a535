import EventLoop
import Foundation
import Postgres
import TestSupport
import Testing

/// Blocks `service=slow`: libpq opens the service file before it resolves the host, and a named pipe opens only once it
/// has a writer.
private struct SlowServices {
    private let file = NSTemporaryDirectory() + "/customeros-services-" + UUID().uuidString

    init() throws {
        try #require(mkfifo(file, 0o600) == 0)
        setenv("PGSERVICEFILE", file, 1)
    }

    /// Ends the waiting. False if nothing waits.
    @discardableResult
    func letGo() -> Bool {
        let writer = open(file, O_WRONLY | O_NONBLOCK)
        guard writer >= 0 else { return false }
        close(writer)
        return true
    }

    func remove() {
        letGo()
        unsetenv("PGSERVICEFILE")
        unlink(file)
    }
}

@Suite("The database", .serialized)
struct DatabaseTests {
    private static let echo = StatementText("echo", "SELECT $1::text")
    private static let broken = StatementText("broken", "SELECT 1 / $1::integer")
    private static let sleep = StatementText("sleep", "SELECT pg_sleep($1::double precision)")
    private static let session = StatementText("session", "SELECT pg_backend_pid()")

    @Test("rolls back work in progress when it is closed")
    func closing() async throws {
        let configuration = try TestCluster.shared.get().configuration
        let loop = EventLoop(name: "closing")
        let database = await Database(configuration, loops: [loop])
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let (held, release) = AsyncStream.makeStream(of: Void.self)
        let transaction = Task(executorPreference: loop) {
            try? await database.transaction { transaction in
                _ = try await transaction.run(Query(StatementText("lock", "SELECT pg_advisory_xact_lock(771)")))
                begin.finish()
                for await _ in held {}
            }
        }
        for await _ in begun {}
        await database.close()
        let other = try BlockingConnection(configuration)
        var isFree = false
        for _ in 0..<500 where !isFree {
            isFree = try other.run("SELECT pg_try_advisory_lock(771)").text(0, 0) == "t"
            if !isFree { usleep(10_000) }
        }
        #expect(isFree)
        release.finish()
        await transaction.value
        loop.stop()
        loop.join()
    }

    @Test("answers several queries in their order, with texts byte for byte")
    func order() async throws {
        let texts = ["a", "'; DROP TABLE x; --", "\\", "\"", "\u{1F600}", String(repeating: "long ", count: 100_000), ""]
        let answers = try await onDatabase { database in
            try await database.read(texts.map { Query(Self.echo, [.text($0)]) }).map { try $0.get().text(0, 0) }
        }
        #expect(answers == texts)
    }

    @Test("refuses U+0000 before it is sent, and the rest of the request goes on")
    func nullCharacter() async throws {
        let results = try await onDatabase { await $0.read([Query(Self.echo, [.text("a\u{0}b")]), Query(Self.echo, [.text("c")])]) }
        #expect(condition(results[0]) == .invalidValue)
        #expect(try results[1].get().text(0, 0) == "c")
    }

    @Test("isolates a failing statement from other requests' in the same turn")
    func aborted() async throws {
        let outcome = try await onDatabase { database -> (Int, Int) in
            await withTaskGroup(of: Bool?.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        if number % 4 == 0 {
                            return condition(await database.read([Query(Self.broken, [.text("0")])])[0]) == .invalidValue ? nil : false
                        }
                        return (try? await database.read([Query(Self.echo, [.text("\(number)")])])[0].get().text(0, 0)) == "\(number)"
                    }
                }
                return await group.reduce(into: (0, 0)) { counts, right in
                    if right == nil { counts.0 += 1 } else if right == true { counts.1 += 1 }
                }
            }
        }
        #expect(outcome == (10, 30))
    }

    @Test("reports a failure's SQLSTATE, constraint and statement, and nothing else")
    func errors() async throws {
        let error = try await onDatabase { database -> PostgresError? in
            do {
                try await database.transaction { transaction in
                    try await transaction.run(
                        Query(StatementText("make", "CREATE TEMP TABLE once (id integer CONSTRAINT once_key PRIMARY KEY)")))
                    try await transaction.run(Query(StatementText("fill", "INSERT INTO once VALUES (1), (1)")))
                }
                return nil
            } catch { return error as? PostgresError }
        }
        #expect(error == PostgresError(.uniqueViolation, sqlState: "23505", constraint: "once_key", statement: "fill"))
    }

    @Test("keeps no more prepared statements than its limit")
    func preparedLimit() async throws {
        let kept = try await onDatabase({
            $0.preparedStatementLimit = 5
            $0.sharedConnections = 1
        }) { database in
            for number in 1...20 {
                let statement = StatementText("s", "SELECT $1::text || \(SQL.parameter(1)) || \(number % 2 == 0 ? "''" : "'x'")")
                _ = try await database.read([Query(statement, [.text("a")]), Query(Self.echo, [.text("b")])]).map { try $0.get() }
                let other = StatementText("t", (1...number).reduce("SELECT 1") { sql, _ in "\(sql), 1" })
                _ = try await database.read([Query(other)]).map { try $0.get() }
            }
            return try await database.read([Query(StatementText("count", "SELECT count(*) FROM pg_prepared_statements"))])[0].get().text(
                0, 0)
        }
        #expect(Int(kept ?? "") ?? 99 <= 6)
    }

    @Test("works without prepared statements, as a pooler in transaction mode requires")
    func withoutNames() async throws {
        let answer = try await onDatabase({ $0.usesNamedStatements = false }) { database in
            try await database.read([Query(Self.echo, [.text("x")]), Query(Self.echo, [.text("y")])]).map { try $0.get().text(0, 0) }
        }
        #expect(answer == ["x", "y"])
    }

    @Test("rolls back a body that throws, and commits others")
    func transactions() async throws {
        struct Stop: Error {}
        let count = try await onDatabase { database in
            try await database.transaction {
                _ = try await $0.run(Query(StatementText("make", "CREATE TABLE IF NOT EXISTS kept (id integer)")))
            }
            do {
                try await database.transaction { transaction in
                    _ = try await transaction.run(Query(StatementText("add", "INSERT INTO kept VALUES (1)")))
                    throw Stop()
                }
            } catch is Stop {}
            try await database.transaction { _ = try await $0.run(Query(StatementText("add", "INSERT INTO kept VALUES (2)"))) }
            return try await database.read([Query(StatementText("sum", "SELECT sum(id) FROM kept"))])[0].get().text(0, 0)
        }
        #expect(count == "2")
    }

    @Test("waits for a group of statements if each keeps the time limit")
    func slowGroup() async throws {
        let failures = try await onDatabase({ $0.statementTimeout = .seconds(1) }) { database in
            await database.readExclusively([0.8, 0.8, 0.8].map { Query(Self.sleep, [.text(String($0))]) }).compactMap(condition)
        }
        #expect(failures == [])
    }

    @Test("commits nothing of a transaction in which a statement has failed, even if the caller goes on")
    func failedStatement() async throws {
        let (failure, count) = try await onDatabase { database in
            _ = try await database.transaction { try await $0.run(Query(StatementText("make", "CREATE TABLE failed (id integer)"))) }
            let add = Query(StatementText("add", "INSERT INTO failed VALUES (1)"))
            var failure: PostgresError.Condition?
            do {
                try await database.transaction { transaction in
                    _ = try await transaction.run(add)
                    _ = try? await transaction.run(Query(Self.broken, [.text("0")]))
                }
            } catch let error as PostgresError { failure = error.condition }
            return (failure, try await database.read([Query(StatementText("count", "SELECT count(*) FROM failed"))])[0].get().text(0, 0))
        }
        #expect(failure == .other && count == "0")
    }

    @Test("sends nothing of a transaction's round trip if one of its texts cannot be sent")
    func refusedStatement() async throws {
        let count = try await onDatabase { database in
            _ = try await database.transaction { try await $0.run(Query(StatementText("make", "CREATE TABLE refused (text text)"))) }
            let add = StatementText("add", "INSERT INTO refused VALUES ($1)")
            try await database.transaction { transaction in
                let texts = ["a", "b\u{0}", "c"].map { Query(add, [.text($0)]) }
                do {
                    _ = try await transaction.run(texts)
                    Issue.record("U+0000 was sent")
                } catch let error as PostgresError { #expect(error.condition == .invalidValue) }
            }
            return try await database.read([Query(StatementText("count", "SELECT count(*) FROM refused"))])[0].get().text(0, 0)
        }
        #expect(count == "0")
    }

    @Test("repeats a transaction that was the victim of a deadlock")
    func deadlock() async throws {
        let sum = try await onDatabase { database in
            try await database.transaction { transaction in
                _ = try await transaction.run(
                    Query(StatementText("make", "CREATE TABLE crossed AS SELECT n AS id, 0 AS value FROM generate_series(1, 2) n")))
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for order in [[1, 2], [2, 1]] {
                    group.addTask {
                        try await database.transaction { transaction in
                            for id in order {
                                let add = StatementText("add", "UPDATE crossed SET value = value + 1 WHERE id = $1::integer")
                                _ = try await transaction.run(Query(add, [.text(String(id))]))
                                _ = try await transaction.run(Query(Self.sleep, [.text("0.2")]))
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            return try await database.read([Query(StatementText("sum", "SELECT sum(value) FROM crossed"))])[0].get().text(0, 0)
        }
        #expect(sum == "4")
    }

    @Test("bounds how many wait for a connection, and for how long")
    func pool() async throws {
        let conditions = try await onDatabase({
            $0.poolSize = 1
            $0.queueLimit = 1
            $0.queueTimeout = .milliseconds(200)
        }) { database in
            await withTaskGroup(of: PostgresError.Condition?.self) { group in
                for _ in 0..<3 { group.addTask { condition(await database.readExclusively([Query(Self.sleep, [.text("0.6")])])[0]) } }
                return await group.reduce(into: [PostgresError.Condition?]()) { $0.append($1) }
            }
        }
        #expect(conditions.filter { $0 == .poolExhausted }.count == 2)
        #expect(conditions.filter { $0 == nil }.count == 1)
    }

    @Test("waits for a busy session if the server has no room for more")
    func fewSessions() async throws {
        let admin = try BlockingConnection(TestCluster.shared.get().configuration)
        try admin.runScript("CREATE ROLE few LOGIN CONNECTION LIMIT 2")
        let failures = try await onDatabase({
            $0.connectionString += " user=few"
            $0.poolSize = 6
        }) { database in
            await withTaskGroup(of: PostgresError.Condition?.self) { group in
                for _ in 0..<12 { group.addTask { condition(await database.readExclusively([Query(Self.sleep, [.text("0.05")])])[0]) } }
                return await group.reduce(into: [PostgresError.Condition]()) { found, one in
                    if let one { found.append(one) }
                }
            }
        }
        #expect(failures == [])
    }

    @Test("cancels the statement of a cancelled task", .timeLimit(.minutes(1)))
    func cancellation() async throws {
        let ended = try await onDatabase({ $0.statementTimeout = .seconds(3_600) }) { database in
            await withTaskGroup(of: PostgresError.Condition?.self) { group in
                group.addTask { condition(await database.readExclusively([Query(Self.sleep, [.text("3600")])])[0]) }
                try? await Task.sleep(for: .milliseconds(300))
                group.cancelAll()
                return await group.next() ?? nil
            }
        }
        #expect(ended == .timeout)
    }

    @Test("fails work in progress when its sessions end, and recovers")
    func terminated() async throws {
        let recovered = try await onDatabase { database in
            async let running = condition(database.readExclusively([Query(Self.sleep, [.text("20")])])[0])
            try await Task.sleep(for: .milliseconds(200))
            let admin = try BlockingConnection(TestCluster.shared.get().configuration)
            try admin.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = 'customeros'")
            let lost = await running
            for _ in 0..<100 {
                if case .success = await database.read([Query(Self.echo, [.text("x")])])[0] { return lost == .unavailable }
                try await Task.sleep(for: .milliseconds(50))
            }
            return false
        }
        #expect(recovered)
    }

    @Test("connects on separate threads: what blocks libpq, such as a name server, holds up no other request", .timeLimit(.minutes(1)))
    func slowLookUp() async throws {
        let services = try SlowServices()
        defer { services.remove() }
        let configuration = try TestCluster.shared.get().configuration
        let lost = try await onLoop { loop in
            var other = configuration
            other.connectionString = "service=slow"
            other.connectTimeout = .seconds(3_600)
            let (database, slow) = (await Database(configuration, loops: [loop]), await Database(other, loops: [loop]))
            async let waiting = condition(slow.read([Query(Self.echo, [.text("x")])])[0])
            for _ in 0..<10 { _ = try await database.read([Query(Self.echo, [.text("x")])])[0].get() }
            // The connection fails once it has read that there is no such service.
            while !services.letGo() { try await Task.sleep(for: .milliseconds(10)) }
            let lost = await waiting
            await database.close()
            await slow.close()
            return lost
        }
        #expect(lost == .unavailable)
    }

    @Test("stops trying to connect in time, whatever libpq waits for", .timeLimit(.minutes(1)))
    func slowConnection() async throws {
        let services = try SlowServices()
        defer { services.remove() }
        let given = try await onDatabase({
            $0.connectionString = "service=slow"
            $0.connectTimeout = .milliseconds(100)
        }) {
            condition(await $0.read([Query(Self.echo, [.text("x")])])[0])
        }
        #expect(given == .unavailable)
    }

    @Test("fails the next statement of a transaction whose session has ended meanwhile, and recovers")
    func endedBetweenStatements() async throws {
        let (failure, found) = try await onDatabase { database in
            var failure: PostgresError.Condition?
            do {
                try await database.transaction { transaction in
                    let session = try await transaction.run(Query(Self.session))
                    let admin = try BlockingConnection(TestCluster.shared.get().configuration)
                    try admin.run("SELECT pg_terminate_backend($1::integer)", [.text(session.text(0, 0) ?? "")])
                    // The loop notices that it ended.
                    try await Task.sleep(for: .milliseconds(100))
                    _ = try await transaction.run(Query(Self.session))
                }
            } catch let error as PostgresError {
                failure = error.condition
            }
            return (failure, try await database.transaction { try await $0.run(Query(Self.session)).text(0, 0) })
        }
        #expect(failure == .unavailable && found != nil)
    }

    @Test("reports that a server is down, and does not wait for it", .timeLimit(.minutes(1)))
    func absent() async throws {
        let found = try await onDatabase({
            $0.connectionString = "host=/nowhere dbname=none"
            $0.connectTimeout = .seconds(3_600)
        }) {
            condition(await $0.read([Query(Self.echo, [.text("x")])])[0])
        }
        #expect(found == .unavailable)
    }
}

@Suite("Copying", .serialized)
struct CopyTests {
    private static let texts: [String?] = [
        nil, "", "\\N", "\\.", "\\", "a\tb\nc\rd\u{8}e\u{B}f\u{C}g", "\u{1}", "\u{1F600}é", "\"quoted\",'x'",
        String(repeating: "long\t", count: 60_000),
    ]

    private func connection() throws -> BlockingConnection {
        let connection = try BlockingConnection(TestCluster.shared.get().configuration)
        try connection.runScript("CREATE TEMPORARY TABLE copied (n integer PRIMARY KEY, value text)")
        return connection
    }

    @Test("stores texts byte for byte, any number of them")
    func texts() throws {
        let connection = try connection()
        let count = try connection.copyIn("COPY copied FROM STDIN") { writer in
            for (index, text) in Self.texts.enumerated() { try writer.append(row: [String(index), text]) }
            for index in 1_000..<20_000 { try writer.append(row: [String(index), "row"]) }
            #expect(writer.rowCount == Self.texts.count + 19_000)
        }
        #expect(count == Self.texts.count + 19_000)
        let rows = try connection.run("SELECT value FROM copied WHERE n < 1000 ORDER BY n")
        #expect((0..<rows.rowCount).map { rows.text($0, 0) } == Self.texts)
    }

    @Test("stores nothing if the server refuses a row or the writer gives up, and stays usable")
    func failures() throws {
        struct Stop: Error {}
        let connection = try connection()
        let failure = #expect(throws: BlockingConnection.Failure.self) {
            try connection.copyIn("COPY copied FROM STDIN") { writer in
                for index in 0..<20_000 { try writer.append(row: [index == 7 ? "seven" : String(index), "row"]) }
            }
        }
        #expect(failure?.sqlState == "22P02")
        #expect(throws: Stop.self) {
            try connection.copyIn("COPY copied FROM STDIN") { writer in
                try writer.append(row: ["1", "row"])
                throw Stop()
            }
        }
        #expect(throws: BlockingConnection.Failure.self) { try connection.copyIn("SELECT 1") { _ in } }
        #expect(throws: BlockingConnection.Failure.self) { try connection.copyOut("COPY nowhere TO STDOUT") { _ in } }
        #expect(try connection.run("SELECT count(*) FROM copied").text(0, 0) == "0")
        #expect(try connection.copyIn("COPY copied FROM STDIN") { try $0.append(row: ["1", "row"]) } == 1)
    }

    @Test("returns rows one at a time, and stops when no more are wanted")
    func out() throws {
        struct Stop: Error {}
        let connection = try connection()
        var lines: [String] = []
        let count = try connection.copyOut("COPY (SELECT n, 'x' || n FROM generate_series(1, 3) n) TO STDOUT") {
            lines.append(String(decoding: $0, as: UTF8.self))
        }
        #expect(count == 3 && lines == ["1\tx1\n", "2\tx2\n", "3\tx3\n"])
        #expect(throws: Stop.self) {
            try connection.copyOut("COPY (SELECT generate_series(1, 100000000)) TO STDOUT") { _ in throw Stop() }
        }
        #expect(throws: BlockingConnection.Failure.self) {
            try connection.copyOut("COPY (SELECT 1 / (3 - n) FROM generate_series(1, 5) n) TO STDOUT") { _ in }
        }
        #expect(try connection.run("SELECT 1").text(0, 0) == "1")
    }
}
