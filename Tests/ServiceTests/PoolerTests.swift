import CustomerOS
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Service

extension ServiceSuite.OneByOne.Servers {
    /// PgBouncer in transaction mode, for a server and a doctor not configured for it.
    @Suite("Behind PgBouncer")
    struct PoolerTests {
        @Test("a server serves everyone, without prepared statements, and says once what to set")
        func unconfigured() async throws {
            let tenant = try await TestTenant.make()
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let log = folder.path + "/log"
            let descriptor = open(log, O_WRONLY | O_CREAT | O_APPEND, 0o644)
            defer { close(descriptor) }
            try await Self.withPooler(tenant.server) { pooled in
                try await tenant.server.withServer {
                    $0.database = DatabaseConfiguration(connectionString: pooled)
                    $0.loops = 2
                    $0.logDescriptor = descriptor
                } _: { port in
                    let answers = await Clients.run(8) { client in
                        try (0..<20).map { number in
                            let document =
                                number % 2 == 0
                                ? "mutation { contact_Create(input: { name: \"Pooled \(client)-\(number)\" }) }"
                                : "{ contacts(pagination: { page: 1, limit: 3 }) { totalElements content { name } } tenant }"
                            let headers = ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": tenant.key]
                            return try Answer(
                                HTTPClient(port: port).send(
                                    "POST", "/query", headers: headers, body: "{\"query\":\(try jsonText(document))}"))
                        }
                    }
                    #expect(answers.count == 8)
                    for answer in answers.joined() { #expect(answer.codes.isEmpty, "\(answer.body)") }
                }
            }
            // What was restarted was done once.
            #expect(try tenant.value("SELECT count(*) FROM contact WHERE tenant_id = $1 AND name LIKE 'Pooled %'") == "80")
            let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
            #expect(lines.filter { $0.contains("DATABASE_PREPARED_STATEMENTS=false") }.count == 1)
            #expect(!lines.contains { $0.contains("level=error") }, "\(lines.filter { $0.contains("level=error") })")
        }

        /// PgBouncer hands a session to the next client at the first answer to a Sync: the answer to a second one goes
        /// to that client.
        @Test("gives no client another's rows", arguments: ["true", "false"])
        func answersGoToTheirOwners(_ usesNames: String) async throws {
            let tenants = [try await TestTenant.make(), try await TestTenant.make()]
            for (number, tenant) in tenants.enumerated() {
                for contact in 0..<4 { _ = try tenant.contact("{ name: \"Of \(number), \(contact)\" }") }
            }
            let server = tenants[0].server
            try await Self.withPooler(server) { pooled in
                try await server.withServer {
                    $0.database = DatabaseConfiguration(connectionString: pooled)
                    $0.database.usesNamedStatements = usesNames == "true"
                    $0.loops = 2
                } _: { port in
                    let document =
                        "{ "
                        + ["a", "b", "c"].map { "\($0): contacts(pagination: { page: 1, limit: 4 }) { content { name } }" }
                        .joined(separator: " ") + " }"
                    let body = "{\"query\":\(try jsonText(document))}"
                    let answers = await Clients.run(16) { client in
                        let headers = ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": tenants[client % 2].key]
                        let client = client % 2
                        return try (0..<100).map { _ in
                            (client, try Answer(HTTPClient(port: port).send("POST", "/query", headers: headers, body: body)))
                        }
                    }
                    #expect(answers.count == 16)
                    for (client, answer) in answers.joined() {
                        #expect(answer.codes.isEmpty, "\(answer.body)")
                        #expect(answer.body.contains("Of \(client), 0") && !answer.body.contains("Of \(1 - client), "), "\(answer.body)")
                    }
                }
            }
        }

        @Test("the doctor finds that statements are not kept, and that they are without the pooler")
        func doctor() async throws {
            let server = try await TestServer.shared.value
            func finding(_ url: String, _ settings: [String: String] = [:]) throws -> Doctor.Finding? {
                let environment = settings.merging(["DATABASE_URL": url]) { $1 }
                var doctor = Doctor(try Arguments([], DoctorCommand.command.options, environment: environment))
                try doctor.examinePreparedStatements()
                return doctor.findings.first
            }
            try await Self.withPooler(server) { pooled in
                let unconfigured = try finding(pooled)
                let configured = try finding(pooled, ["DATABASE_PREPARED_STATEMENTS": "false"])
                #expect(unconfigured?.level == .warning && configured?.level == .ok)
                #expect(unconfigured?.advice.contains("DATABASE_PREPARED_STATEMENTS=false") == true)
            }
            let direct = try finding(server.connectionString)
            #expect(direct?.level == .ok)
        }

        /// The setting by which a pooler keeps no prepared statements: those since 1.21 know it, and since 1.24 keep some by
        /// default.
        private static func withoutStatements() throws -> String {
            let version = try Tool.run("pgbouncer", ["--version"]).output.firstMatch(of: /(\d+)\.(\d+)/)
            let parts = version.map { (Int($0.1) ?? 0, Int($0.2) ?? 0) } ?? (1, 0)
            return parts >= (1, 21) ? "max_prepared_statements = 0" : ""
        }

        /// Runs a pooler before the server's cluster with few sessions for many clients.
        private static func withPooler(_ server: TestServer, _ body: (_ connectionString: String) async throws -> Void) async throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let host = try #require(ConnectionText.value(of: "host", in: server.connectionString))
            // The pooler sets the session settings that it drops.
            let settings = "SET TimeZone TO UTC; SET DateStyle TO ISO; SET IntervalStyle TO iso_8601"
            try """
            [databases]
            pooled = host=\(host) port=5432 user=customeros dbname=customeros connect_query='\(settings)'
            [pgbouncer]
            listen_addr =
            unix_socket_dir = \(folder.path)
            listen_port = 6432
            auth_type = any
            pool_mode = transaction
            default_pool_size = 3
            max_client_conn = 100
            ignore_startup_parameters = options,extra_float_digits
            \(try Self.withoutStatements())
            """.write(toFile: folder.path + "/pgbouncer.ini", atomically: true, encoding: .utf8)
            // Root switches to the account that PostgreSQL runs under, which must own the folder.
            let isRoot = geteuid() == 0
            if isRoot { _ = try Tool.run("chown", ["-R", "postgres", folder.path]) }
            let pooler = try Tool.process("pgbouncer", (isRoot ? ["--user", "postgres"] : []) + [folder.path + "/pgbouncer.ini"])
            pooler.standardOutput = FileHandle.nullDevice
            pooler.standardError = FileHandle.nullDevice
            try pooler.run()
            defer {
                // A child started by a Dispatch thread inherits that thread's blocked signals, SIGTERM among them.
                kill(pooler.processIdentifier, SIGKILL)
                pooler.waitUntilExit()
            }
            let connectionString = "host=\(folder.path) port=6432 user=customeros dbname=pooled"
            for _ in 0..<500 {
                if (try? BlockingConnection(DatabaseConfiguration(connectionString: connectionString))) != nil { break }
                try #require(pooler.isRunning)
                try await Task.sleep(for: .milliseconds(10))
            }
            try await body(connectionString)
        }
    }
}
