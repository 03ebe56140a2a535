import CustomerOS
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Service

extension ServiceSuite.OneByOne.Servers {
    @Suite("Health and readiness")
    struct ReadinessTests {
        private func check(_ port: UInt16) throws -> (status: Int, body: [String: Any], answer: HTTPAnswer) {
            let answer = try HTTPClient(port: port).send("GET", "/readiness")
            let body = try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any] ?? [:]
            #expect(try HTTPClient(port: port).send("GET", "/health").body == "{\"status\":\"ok\"}\n")
            return (answer.status, body, answer)
        }

        @Test("say that all is well")
        func ready() async throws {
            let server = try await TestServer.shared.value
            let (status, body, answer) = try check(server.port)
            #expect(status == 200 && body.text("status") == "ready" && body["reason"] == nil && answer.headers["retry-after"] == nil)
            #expect(body.object("checks").text("database") == "ok" && body.object("checks").text("migrations") == "ok")
            #expect(answer.headers["cache-control"] == "no-store")
            for path in ["/readyz", "/livez"] { #expect(try HTTPClient(port: server.port).send("GET", path).status == 200) }
        }

        @Test("say that the database cannot be reached, while the process lives")
        func unreachable() async throws {
            let server = try await TestServer.shared.value
            try await server.withServer {
                $0.database.connectionString = "host=127.0.0.1 port=1 user=x dbname=x"
                $0.jobs = []
            } _: { port in
                let (status, body, answer) = try check(port)
                #expect(status == 503 && body.text("status") == "unavailable" && body.object("checks").text("database") == "unreachable")
                #expect(body.text("reason") == "The database cannot be reached." && answer.headers["retry-after"] == "1")
            }
        }

        @Test("say that the database does not answer, and do not wait until it does", .timeLimit(.minutes(1)))
        func silent() async throws {
            let server = try await TestServer.shared.value
            // Accepts connections and says nothing.
            let silent = try FakeCollector([])
            defer { silent.stop() }
            try await server.withServer {
                $0.database.connectionString = "host=127.0.0.1 port=\(silent.port) user=x dbname=x"
                $0.database.connectTimeout = .seconds(3_600)
                $0.jobs = []
            } _: { port in
                let (status, body, _) = try check(port)
                #expect(status == 503 && body.object("checks").text("database") == "slow")
            }
        }

        @Test("say which migrations the database lacks, and accept those of a newer server")
        func migrations() async throws {
            let server = try await TestServer.shared.value
            let connection = try BlockingConnection(DatabaseConfiguration(connectionString: server.connectionString))
            try connection.runScript("CREATE DATABASE readiness_test")
            let other = server.connectionString.replacingOccurrences(of: "dbname=customeros", with: "dbname=readiness_test")
            try await server.withServer {
                $0.database.connectionString = other
                $0.jobs = []
                $0.foldingInterval = .seconds(3_600)
            } _: { port in
                let count = API.migrations.count
                let empty = try check(port)
                #expect(empty.status == 503 && empty.body.object("checks").text("migrations") == "missing")
                #expect(
                    empty.body.text("reason")
                        == "The database lacks \(count) migrations, 0001_shared first. Run: customeros-api migrate")
                let migrating = try BlockingConnection(DatabaseConfiguration(connectionString: other))
                _ = try API.migrator(on: migrating).apply()
                // The result is cached for a moment.
                usleep(60_000)
                #expect(try check(port).status == 200)
                try migrating.run("INSERT INTO schema_migration (number, name, checksum) VALUES (9999, '9999_newer', '')")
                #expect(try check(port).status == 200)
                let last = try #require(API.migrations.map(\.number).max())
                try migrating.run("DELETE FROM schema_migration WHERE number = $1::integer", [.text(String(last))])
                usleep(60_000)
                let behind = try check(port)
                #expect(behind.status == 503 && behind.body.text("reason").hasPrefix("The database lacks 1 migrations, "))
            }
        }

        @Test("say that changes fail while reads are answered: a failing routine, and a read-only database")
        func failingChanges() async throws {
            let server = try await TestServer.shared.value
            let connection = try BlockingConnection(DatabaseConfiguration(connectionString: server.connectionString))
            try connection.runScript("CREATE DATABASE readiness_changes")
            let other = server.connectionString.replacingOccurrences(of: "dbname=customeros", with: "dbname=readiness_changes")
            let inside = try BlockingConnection(DatabaseConfiguration(connectionString: other))
            _ = try API.migrator(on: inside).apply()
            try Administration(inside).createTenant("readers")
            let key = try Administration(inside).createKey(tenant: "readers", roles: [.user]).key.secret
            try WritableDatabase.check(inside)
            try await server.withServer {
                $0.database.connectionString = other
                $0.jobs = []
                $0.foldingInterval = .seconds(3_600)
            } _: { port in
                #expect(try check(port).status == 200)
                // As with a PL/pgSQL library that does not match the server: every call fails, and reads go on.
                try inside.runScript("ALTER FUNCTION next_renewal(timestamptz, int, boolean, timestamptz) RENAME TO next_renewal_away")
                usleep(60_000)
                let failing = try check(port)
                #expect(failing.status == 503 && failing.body.object("checks").text("database") == "failing")
                #expect(failing.body.text("reason").contains("SQLSTATE 42883") && failing.body.text("reason").contains("doctor"))
                try inside.runScript("ALTER FUNCTION next_renewal_away(timestamptz, int, boolean, timestamptz) RENAME TO next_renewal")
                usleep(60_000)
                #expect(try check(port).status == 200)
                try inside.runScript("ALTER DATABASE readiness_changes SET default_transaction_read_only = on")
                try inside.runScript(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'readiness_changes' AND pid <> pg_backend_pid()"
                )
                var reading = try check(port)
                for _ in 0..<200 where reading.body.object("checks").text("database") != "read-only" {
                    usleep(60_000)
                    reading = try check(port)
                }
                #expect(reading.status == 503 && reading.body.object("checks").text("database") == "read-only")
                func send(_ query: String) throws -> Answer {
                    try Answer(
                        HTTPClient(port: port).send(
                            "POST", "/query", headers: ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": key],
                            body: "{\"query\":\(try jsonText(query))}"))
                }
                #expect(try send("{ organizations { totalElements } }").codes == [])
                let change = try send("mutation { organization_Save(input: { name: \"Read\" }) { name } }")
                #expect(change.codes == ["DATABASE_UNAVAILABLE"] && change.body.contains("\"reason\":\"read-only\""), "\(change.body)")
                // A server started now says so and exits.
                let late = try BlockingConnection(DatabaseConfiguration(connectionString: other))
                #expect(throws: WritableDatabase.Refusal.self) { try WritableDatabase.check(late) }
            }
        }

        @Test("query the database once for many concurrent requests")
        func polled() async throws {
            let server = try await TestServer.shared.value
            try await server.withServer {
                $0.databaseCheckInterval = .seconds(3_600)
            } _: { port in
                let client = try HTTPClient(port: port)
                let asks = 200
                let requests = String(repeating: "GET /readiness HTTP/1.1\r\nHost: a\r\n\r\n", count: asks)
                #expect(try client.exchange(requests).status == 200)
                for _ in 1..<asks { #expect(try client.exchange("").status == 200) }
                let page = try HTTPClient(port: port).send("GET", "/metrics").body
                let line = page.split(separator: "\n").first {
                    $0.hasPrefix("db_statement_duration_seconds_count{statement=\"readiness.change\"}")
                }
                let count = try #require(line?.split(separator: " ").last.flatMap { Int($0) })
                #expect((1..<asks).contains(count))
            }
        }

        @Test("come with one log line when the database is lost, and one when it is back")
        func watched() async throws {
            let server = try await TestServer.shared.value
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let cluster = try EmbeddedCluster.start(dataDirectory: folder.path + "/data")
            _ = try API.migrator(on: BlockingConnection(DatabaseConfiguration(connectionString: cluster.connectionString)))
                .apply()
            let path = folder.path + "/log"
            let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
            defer { close(descriptor) }
            func lines(_ message: String) -> [Substring] {
                ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").split(separator: "\n").filter {
                    $0.contains("message=\"\(message)\"")
                }
            }
            try await server.withServer {
                $0.database.connectionString = cluster.connectionString
                $0.databaseCheckInterval = .milliseconds(20)
                $0.logDescriptor = descriptor
                $0.jobs = []
            } _: { _ in
                try await Task.sleep(for: .milliseconds(200))
                #expect(lines("database lost").isEmpty)
                cluster.stop()
                for _ in 0..<600 where lines("database lost").isEmpty { try await Task.sleep(for: .milliseconds(50)) }
                try await Task.sleep(for: .milliseconds(300))
                #expect(lines("database lost").count == 1 && lines("database lost")[0].contains("reason=unreachable"))
                let again = try EmbeddedCluster.start(dataDirectory: folder.path + "/data")
                defer { again.stop() }
                for _ in 0..<600 where lines("database back").isEmpty { try await Task.sleep(for: .milliseconds(50)) }
                try await Task.sleep(for: .milliseconds(300))
                #expect(lines("database lost").count == 1 && lines("database back").count == 1)
                #expect(lines("database back")[0].contains("duration_ms="))
            }
        }

        @Test("say that the server drains: on the main port during the grace, on that of the metrics to the end")
        func draining() async throws {
            let server = try await TestServer.shared.value
            let running = try await server.start {
                $0.metricsPort = 0
                $0.drainGrace = .seconds(1)
                $0.drainLimit = .seconds(2)
            }
            let port = try #require(running.metricsPort)
            #expect(try check(port).status == 200)
            // A request in progress keeps the server for two seconds.
            let busy = try HTTPClient(port: running.port)
            try busy.write("POST /query HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{")
            try await Task.sleep(for: .milliseconds(100))
            let stopping = Task { await running.stop() }
            try await Task.sleep(for: .milliseconds(300))
            let (status, body, _) = try check(port)
            #expect(status == 503 && body.text("status") == "draining")
            #expect(body.text("reason").hasPrefix("The server is shutting down"))
            // Clients that do not know yet are served.
            #expect(try check(running.port).status == 503)
            let served = try HTTPClient(port: running.port).send(
                "POST", "/query", headers: ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": server.key],
                body: "{\"query\":\"{ tenant }\"}")
            #expect(served.status == 200 && served.headers["connection"] == "close")
            try await Task.sleep(for: .seconds(1))
            #expect(try check(port).status == 503)
            await stopping.value
        }
    }
}
