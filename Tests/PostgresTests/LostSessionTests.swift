import EventLoop
import Foundation
import Postgres
import Synchronization
import Testing
import TestSupport

/// Sessions end at every message of every exchange: each request is answered, and the pool is whole afterwards.
@Suite("A session that ends instead of a message", .serialized)
struct LostSessionTests {
    private static let echo = StatementText("echo", "SELECT $1::text")
    private static let broken = StatementText("broken", "SELECT 1 / $1::integer")
    private static let rows = StatementText("rows", "SELECT $1::text FROM generate_series(1, 6)")
    private static let insert = StatementText("insert", "INSERT INTO lost VALUES ($1::integer)")
    private static let count = StatementText("count", "SELECT count(*) FROM lost WHERE number = $1::integer")

    private struct Stop: Error {}

    /// An exchange with the database.
    struct Exchange: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Runs it with a new number, and returns what the caller must believe about rows with that number.
        let run: @Sendable (Database, Int) async -> Written
    }

    enum Written: Sendable { case nothing, committed, refused, unknown }

    static let exchanges = [
        Exchange(testDescription: "reads of one request") { database, number in
            let queries = [Query(echo, [.text("a")]), Query(rows, [.text("b")]), Query(echo, [.text("c")])]
            check(await database.read(queries), ["a", "b", "c"])
            return .nothing
        },
        Exchange(testDescription: "reads of many requests, of which some fail") { database, number in
            await withTaskGroup(of: Void.self) { group in
                for request in 0..<5 {
                    group.addTask {
                        if request == 2 {
                            let failure = condition(await database.read([Query(broken, [.text("0")])])[0])
                            #expect(failure == .invalidValue || failure == .unavailable)
                        } else {
                            let queries = [Query(echo, [.text("x\(request)")]), Query(echo, [.text("y")])]
                            check(await database.read(queries), ["x\(request)", "y"])
                        }
                    }
                }
            }
            return .nothing
        },
        Exchange(testDescription: "statements that are new and push others out") { database, number in
            for turn in 0..<3 {
                let statement = StatementText("new", (0...turn).reduce("SELECT $1::text") { sql, _ in "\(sql), 1" })
                check(await database.read([Query(statement, [.text("n")])]), ["n"])
            }
            return .nothing
        },
        Exchange(testDescription: "slow reads of several requests for one connection") { database, number in
            await withTaskGroup(of: Void.self) { group in
                for request in 0..<3 {
                    group.addTask { check(await database.readExclusively([Query(echo, [.text("\(request)")])]), ["\(request)"]) }
                }
            }
            return .nothing
        },
        Exchange(testDescription: "a transaction of two round trips") { database, number in
            await write {
                try await database.transaction { transaction in
                    try await transaction.run(Query(count, [.text(String(number))]))
                    try await transaction.run([Query(insert, [.text(String(number))]), Query(count, [.text(String(number))])])
                }
            }
        },
        Exchange(testDescription: "a transaction, and another request that waits for its connection") { database, number in
            async let other: Void = {
                check(await database.readExclusively([Query(echo, [.text("z")])]), ["z"])
            }()
            let written = await write {
                try await database.transaction { transaction in
                    try await transaction.run(Query(insert, [.text(String(number))]))
                    try await transaction.run(Query(count, [.text(String(number))]))
                }
            }
            await other
            return written
        },
        Exchange(testDescription: "a transaction that is rolled back") { database, number in
            await write {
                try await database.transaction { transaction in
                    try await transaction.run(Query(insert, [.text(String(number))]))
                    throw Stop()
                }
            }
        },
    ]

    /// Every query has its value, or the caller knows that the database is unavailable.
    private static func check(_ results: [Result<QueryResult, PostgresError>], _ texts: [String]) {
        #expect(results.count == texts.count)
        for (result, text) in zip(results, texts) {
            switch result {
            case .success(let rows): #expect(rows.text(0, 0) == text)
            case .failure(let error): #expect(error.condition == .unavailable, "\(error)")
            }
        }
    }

    private static func write<Value>(_ body: () async throws -> Value) async -> Written {
        do {
            _ = try await body()
            return .committed
        } catch let error as PostgresError {
            #expect([.unavailable, .outcomeUnknown].contains(error.condition), "\(error)")
            return error.condition == .outcomeUnknown ? .unknown : .refused
        } catch { return .refused }
    }

    @Test("is answered, and reports correctly what was written", arguments: exchanges, BackendProxy.Ending.allCases)
    func everyMessage(_ exchange: Exchange, _ ending: BackendProxy.Ending) async throws {
        try await Self.throughProxy { proxy, loop, database in
            let admin = try BlockingConnection(Self.configuration())
            try admin.runScript("CREATE TABLE IF NOT EXISTS lost (number integer); TRUNCATE lost")
            var message = 0
            repeat {
                try await Self.expectWhole(database)
                proxy.end(after: message, ending)
                let answer = try await Self.answer(on: loop) { [message] in await exchange.run(database, message) }
                let written = try #require(answer, "message \(message)")
                // An ended session may still be working on its last change.
                try admin.runScript("BEGIN; LOCK TABLE lost IN ACCESS EXCLUSIVE MODE; COMMIT")
                let isThere = try admin.run(Self.count.sql, [.text(String(message))]).text(0, 0) == "1"
                switch written {
                case .nothing, .unknown: break
                case .committed: #expect(isThere, "message \(message)")
                case .refused: #expect(!isThere, "message \(message)")
                }
                message += 1
            } while proxy.passAll()
            #expect(message > 3)
        }
    }

    @Test("is answered while connecting, too", arguments: [BackendProxy.Ending.terminated, .ended, .reset])
    func everyMessageOfTheStart(_ ending: BackendProxy.Ending) async throws {
        var message = 0
        var wasEnded = true
        while wasEnded {
            wasEnded = try await Self.throughProxy { [message] proxy, loop, database in
                proxy.end(after: message, ending)
                let answer = try await Self.answer(on: loop) {
                    await Self.write { try await database.transaction { try await $0.run(Query(Self.echo, [.text("b")])) } }
                }
                _ = try #require(answer, "message \(message)")
                let wasEnded = proxy.passAll()
                try await Self.expectWhole(database)
                return wasEnded
            }
            message += 1
        }
        // The server's parameters, and that it is ready.
        #expect(message > 10)
    }

    /// A separate database: other tests end their sessions.
    private static func configuration() throws -> DatabaseConfiguration {
        var configuration = try TestCluster.shared.get().configuration
        let admin = try BlockingConnection(configuration)
        if try admin.run("SELECT FROM pg_database WHERE datname = 'lost'").rowCount == 0 { try admin.runScript("CREATE DATABASE lost") }
        configuration.connectionString += " dbname=lost"
        return configuration
    }

    /// A database behind a proxy, with as few connections as possible.
    @discardableResult
    private static func throughProxy<Value: Sendable>(
        _ body: @escaping @Sendable (BackendProxy, EventLoop, Database) async throws -> Value
    ) async throws -> Value {
        let (proxied, proxy) = try Self.configuration().behindProxy()
        defer { proxy.stop() }
        var configuration = proxied
        configuration.sharedConnections = 1
        configuration.poolSize = 1
        configuration.preparedStatementLimit = 3
        // The machine's disk may be busy; a hang is found by the time limit of the answer.
        configuration.queueTimeout = .seconds(120)
        return try await onLoop { [configuration] loop in
            let database = await Database(configuration, loops: [loop])
            let result: Result<Value, any Error>
            do { result = .success(try await body(proxy, loop, database)) } catch { result = .failure(error) }
            await database.close()
            return try result.get()
        }
    }

    /// The result of `body`, or nil if it takes far too long.
    private static func answer(on loop: EventLoop, _ body: @escaping @Sendable () async -> Written) async throws -> Written? {
        let answer = Lock<Written?>(nil)
        loop.spawn {
            let written = await body()
            answer.withLock { $0 = written }
        }
        for _ in 0..<60_000 {
            if let written = answer.withLock({ $0 }) { return written }
            try await Task.sleep(for: .milliseconds(1))
        }
        return nil
    }

    /// Reads and writes succeed again, and no connection counts as busy.
    private static func expectWhole(_ database: Database) async throws {
        for isLast in (0..<2_000).map({ $0 == 1_999 }) {
            let read = await database.read([Query(echo, [.text("r")])])[0]
            let written = await write { try await database.transaction { try await $0.run(Query(echo, [.text("w")])) } }
            if case .success = read, written == .committed { break }
            try #require(!isLast, "the pool does not recover")
            try await Task.sleep(for: .milliseconds(2))
        }
        // One that was slow on a busy machine may still be set aside, and the next reads go over another.
        for isLast in (0..<20_000).map({ $0 == 19_999 }) {
            let statistics = await database.statistics()
            if statistics.busy == 0, statistics.idle == 1, statistics.waiting == 0, (1...2).contains(statistics.shared),
                statistics.aside == 0
            {
                return
            }
            try #require(!isLast, "\(statistics)")
            try await Task.sleep(for: .milliseconds(1))
        }
    }
}
