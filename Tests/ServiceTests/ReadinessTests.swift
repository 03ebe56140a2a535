import CustomerOS
import Foundation
import Postgres
import Testing

@testable import Service

extension ServiceSuite {
    @Suite("Health and readiness", .serialized)
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
            // Takes connections and says nothing.
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

        @Test("say which migrations the database lacks, and do not mind those of a newer server")
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
                _ = try Migrator(API.migrations, on: migrating).apply()
                #expect(try check(port).status == 200)
                try migrating.run("INSERT INTO schema_migration (number, name, checksum) VALUES (9999, '9999_newer', '')")
                #expect(try check(port).status == 200)
                let last = try #require(API.migrations.map(\.number).max())
                try migrating.run("DELETE FROM schema_migration WHERE number = $1::integer", [.text(String(last))])
                let behind = try check(port)
                #expect(behind.status == 503 && behind.body.text("reason").hasPrefix("The database lacks 1 migrations, "))
            }
        }

        @Test("say on the port of the metrics that the server drains")
        func draining() async throws {
            let server = try await TestServer.shared.value
            let running = try await server.start {
                $0.metricsPort = 0
                $0.drainLimit = .seconds(2)
            }
            let port = try #require(running.metricsPort)
            #expect(try check(port).status == 200)
            // A request that is under way keeps the server for two seconds.
            let busy = try HTTPClient(port: running.port)
            try busy.write("POST /query HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{")
            try await Task.sleep(for: .milliseconds(100))
            let stopping = Task { await running.stop() }
            try await Task.sleep(for: .milliseconds(300))
            let (status, body, _) = try check(port)
            #expect(status == 503 && body.text("status") == "draining")
            #expect(body.text("reason").hasPrefix("The server ends"))
            await stopping.value
        }
    }
}
