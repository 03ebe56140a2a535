import EventLoop
import Foundation
import Postgres
import TestSupport
import Testing

@testable import CustomerOS
@testable import Service

extension ServiceSuite.OneByOne.Servers {
    @Suite("The doctor")
    struct DoctorTests {
        private static func findings(_ words: [String] = [], _ environment: [String: String] = [:]) throws -> [Doctor.Finding] {
            var doctor = Doctor(try Arguments(words, DoctorCommand.command.options, environment: environment))
            doctor.examine()
            return doctor.findings
        }

        /// A database of its own on the cluster of the tests, and a connection string for a role of its own.
        private static func database(
            _ body: (_ administrator: BlockingConnection, _ url: String) async throws -> Void
        ) async throws {
            let server = try await TestServer.shared.value
            let name = "doctor_\(UUID().uuidString.prefix(8).lowercased())"
            let administrator = try BlockingConnection(DatabaseConfiguration(connectionString: server.connectionString))
            try administrator.runScript("CREATE ROLE \(name) LOGIN")
            try administrator.runScript("CREATE DATABASE \(name) OWNER \(name)")
            let host = try #require(ConnectionText.value(of: "host", in: server.connectionString))
            let common = "host='\(host)' port=5432 dbname=\(name)"
            let inside = try BlockingConnection(DatabaseConfiguration(connectionString: "\(common) user=customeros"))
            defer {
                _ = try? administrator.runScript("DROP DATABASE \(name) WITH (FORCE)")
                _ = try? administrator.runScript("DROP OWNED BY \(name)")
                _ = try? administrator.runScript("DROP ROLE \(name)")
            }
            try await body(inside, "\(common) user=\(name)")
        }

        private static func owner(_ url: String) throws -> BlockingConnection {
            try BlockingConnection(DatabaseConfiguration(connectionString: url))
        }

        @Test("finds nothing wrong with a good database")
        func good() async throws {
            try await Self.database { _, url in
                _ = try API.migrator(on: Self.owner(url)).apply()
                let findings = try Self.findings(["--port", "0"], ["DATABASE_URL": url])
                let found = findings.filter { $0.level == .problem }
                #expect(found.isEmpty, "\(found)")
                for check in [
                    "settings", "origins", "playground", "secrets", "port", "database", "version", "encoding", "writing", "durability",
                    "encryption", "connections", "session", "statement timeout", "prepared statements", "clock", "migrations", "rights",
                    "changes", "transport",
                ] {
                    #expect(findings.contains { $0.check == check && $0.level == .ok }, "\(check) \(findings.filter { $0.check == check })")
                }
                #expect(CommandLineInterface.run(["doctor", "--port", "0", "--json"], environment: ["DATABASE_URL": url]) == 0)
            }
        }

        @Test("tries a change, and says so if that fails")
        func changes() async throws {
            try await Self.database { _, url in
                let owner = try Self.owner(url)
                _ = try API.migrator(on: owner).apply()
                #expect(try Self.findings(["--port", "0"], ["DATABASE_URL": url]).contains { $0.check == "changes" && $0.level == .ok })
                try owner.runScript(
                    """
                    CREATE OR REPLACE FUNCTION next_renewal(p_start timestamptz, p_months integer, p_automatic boolean, p_now timestamptz) \
                    RETURNS timestamptz LANGUAGE plpgsql AS $$ BEGIN RETURN no_such_function(); END $$
                    """)
                let found = try #require(Self.findings(["--port", "0"], ["DATABASE_URL": url]).first { $0.check == "changes" })
                #expect(found.level == .problem && found.text.contains("42883") && found.advice.contains("restart PostgreSQL"))
            }
        }

        @Test("finds a routine that has gone or has an older text")
        func routines() async throws {
            try await Self.database { _, url in
                let owner = try Self.owner(url)
                _ = try API.migrator(on: owner).apply()
                try owner.runScript("DROP TRIGGER contact_counted ON contact; UPDATE schema_routine SET checksum = '' WHERE name = 'fold'")
                let found = try #require(Self.findings(["--port", "0"], ["DATABASE_URL": url]).first { $0.check == "migrations" })
                #expect(found.level == .problem && found.text == "2 routines lack their current text: contact_counted, fold.")
                #expect(found.advice.contains("customeros-api migrate"))
                #expect(try API.migrator(on: owner).apply().routines == ["contact_counted", "fold"])
            }
        }

        @Test("checks the certificate's expiry, who can read its key, and plain HTTP that others can reach")
        func transport() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let (certificate, key) = (folder.path + "/certificate.pem", folder.path + "/key.pem")
            func findings(days: Int, mode: mode_t, host: String = "0.0.0.0") throws -> [Doctor.Finding] {
                let made = try Tool.run(
                    "openssl",
                    [
                        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", String(days),
                        "-subj",
                        "/CN=localhost", "-out", certificate, "-keyout", key,
                    ])
                try #require(made.status == 0)
                chmod(key, mode)
                return try Self.findings(
                    [
                        "--port", "0", "--host", host, "--tls-certificate", certificate, "--tls-key", key, "--data-dir",
                        folder.path + "/none",
                    ])
            }
            for (days, level) in [(90, Doctor.Finding.Level.ok), (15, .ok), (13, .warning), (1, .warning)] {
                let found = try #require(try findings(days: days, mode: 0o600).first { $0.check == "certificate" })
                #expect(found.level == level && [days - 1, days].contains { found.text.contains(" \($0) days left") }, "\(found)")
            }
            for (mode, level) in [(mode_t(0o600), Doctor.Finding.Level.ok), (0o640, .ok), (0o644, .warning), (0o602, .warning)] {
                let found = try #require(try findings(days: 90, mode: mode).first { $0.check == "key" })
                #expect(found.level == level, "\(String(mode, radix: 8)) \(found)")
            }
            for (host, level) in [
                ("127.0.0.1", Doctor.Finding.Level.ok), ("127.0.0.53", .ok), ("::1", .ok), ("localhost", .ok), ("0.0.0.0", .warning),
                ("::", .warning), ("127.example.com", .warning), ("192.168.1.5", .warning),
            ] {
                let plain = try Self.findings(["--port", "0", "--host", host, "--data-dir", folder.path + "/none"])
                #expect(plain.contains { $0.check == "transport" && $0.level == level }, "\(host)")
            }
            #expect(try !findings(days: 90, mode: 0o600).contains { $0.check == "transport" })
        }

        @Test("has its warning of plain HTTP in the log of a server that others can reach, once, and of no other")
        func plainLog() async throws {
            let server = try await TestServer.shared.value
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            for (host, count) in [("0.0.0.0", 1), ("127.0.0.1", 0)] {
                let path = folder.path + "/log-\(host)"
                let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
                defer { close(descriptor) }
                try await server.withServer {
                    $0.host = host
                    $0.logDescriptor = descriptor
                } _: { _ in
                }
                let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
                #expect(lines.count { $0.contains("level=warning") && $0.contains("plain HTTP on \(host)") } == count)
            }
        }

        @Test("finds a database that cannot be reached, without its password")
        func unreachable() throws {
            let url = "postgresql://ada:s3cret@127.0.0.1:1/crm"
            let findings = try Self.findings(["--port", "0"], ["DATABASE_URL": url])
            let found = try #require(findings.first { $0.check == "database" })
            #expect(found.level == .problem && found.text.contains("host=127.0.0.1") && !found.advice.isEmpty)
            #expect(findings.allSatisfy { !$0.text.contains("s3cret") })
            #expect(CommandLineInterface.run(["doctor", "--port", "0"], environment: ["DATABASE_URL": url]) == 1)
            #expect(CommandLineInterface.run(["tenant", "list"], environment: ["DATABASE_URL": url]) == 1)
        }

        @Test("finds pending migrations, and those that another version has applied")
        func oldMigrations() async throws {
            try await Self.database { administrator, url in
                _ = try Migrator(Array(API.migrations.prefix(5)), on: Self.owner(url)).apply()
                let old = try #require(Self.findings(["--port", "0"], ["DATABASE_URL": url]).first { $0.check == "migrations" })
                #expect(old.level == .problem && old.advice.contains("customeros-api migrate"))
                #expect(old.text.contains("\(API.migrations.count - 5) of \(API.migrations.count) are pending"))
                let serving = try Self.findings(["--port", "0", "--migrate"], ["DATABASE_URL": url])
                #expect(serving.contains { $0.check == "migrations" && $0.level == .ok })
                _ = try API.migrator(on: Self.owner(url)).apply()
                try administrator.runScript("INSERT INTO schema_migration (number, name, checksum) VALUES (9999, '9999_later', 'x')")
                let later = try #require(Self.findings(["--port", "0"], ["DATABASE_URL": url]).first { $0.check == "migrations" })
                #expect(later.level == .problem && later.text.contains("9999_later"))
            }
        }

        @Test("finds a role with too few rights, one without any, and one with all of them")
        func rights() async throws {
            try await Self.database { administrator, url in
                _ = try API.migrator(on: Self.owner(url)).apply()
                let reader = "doctor_reader_\(UUID().uuidString.prefix(8).lowercased())"
                try administrator.runScript("CREATE ROLE \(reader) LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO \(reader)")
                let readerURL = url.replacing(/user=\S+/, with: "user=\(reader)")
                let few = try Self.findings(["--port", "0"], ["DATABASE_URL": readerURL])
                let found = try #require(few.first { $0.check == "rights" })
                #expect(found.level == .problem && found.text.contains(": DELETE") && found.advice.contains("GRANT"))
                try administrator.runScript("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM \(reader)")
                let none = try Self.findings(["--port", "0"], ["DATABASE_URL": readerURL])
                #expect(none.contains { $0.check == "migrations" && $0.level == .problem && $0.advice.contains("GRANT SELECT") })
                #expect(CommandLineInterface.run(["tenant", "list"], environment: ["DATABASE_URL": readerURL]) == 1)
                try administrator.runScript("REVOKE USAGE ON SCHEMA public FROM PUBLIC")
                let shut = try Self.findings(["--port", "0"], ["DATABASE_URL": readerURL])
                #expect(shut.contains { $0.check == "rights" && $0.level == .problem && $0.text.contains("no schema") })
                let all = try Self.findings(["--port", "0"], ["DATABASE_URL": url.replacing(/user=\S+/, with: "user=customeros")])
                #expect(all.contains { $0.check == "rights" && $0.level == .warning && $0.text.contains("superuser") })
                try administrator.runScript("DROP OWNED BY \(reader)")
                try administrator.runScript("DROP ROLE \(reader)")
            }
        }

        @Test("finds too few connections, a read-only database, and another encoding")
        func settings() async throws {
            try await Self.database { administrator, url in
                let name = try #require(ConnectionText.value(of: "dbname", in: url))
                _ = try API.migrator(on: Self.owner(url)).apply()
                let many = try Self.findings(["--port", "0", "--pool-size", "900"], ["DATABASE_URL": url])
                #expect(many.contains { $0.check == "connections" && $0.level == .problem && $0.text.contains("max_connections") })
                try administrator.runScript("ALTER ROLE \(name) CONNECTION LIMIT 3")
                let limited = try Self.findings(["--port", "0"], ["DATABASE_URL": url])
                #expect(limited.contains { $0.check == "connections" && $0.level == .problem && $0.text.contains("role's") })
                try administrator.runScript("ALTER ROLE \(name) SET default_transaction_read_only = on")
                let reading = try Self.findings(["--port", "0"], ["DATABASE_URL": url])
                #expect(reading.contains { $0.check == "writing" && $0.level == .problem })
                let latin = "\(name)_latin"
                try administrator.runScript("CREATE DATABASE \(latin) ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
                let other = try Self.findings(["--port", "0"], ["DATABASE_URL": url.replacing("dbname=\(name)", with: "dbname=\(latin)")])
                #expect(other.contains { $0.check == "encoding" && $0.level == .problem && $0.text.contains("LATIN1") })
                try administrator.runScript("DROP DATABASE \(latin)")
            }
        }

        @Test("finds a session whose settings a pooler drops")
        func pooler() async throws {
            try await Self.database { administrator, url in
                _ = try API.migrator(on: Self.owner(url)).apply()
                // As behind a pooler in transaction mode: session settings do not last.
                var doctor = Doctor(try Arguments([], DoctorCommand.command.options, environment: ["DATABASE_URL": url]))
                try administrator.runScript("SET timezone = 'Asia/Tokyo'")
                try administrator.runScript("SET statement_timeout = 0")
                try doctor.examineSession(administrator)
                #expect(doctor.findings.map(\.level) == [.problem, .warning])
                #expect(doctor.findings.allSatisfy { $0.advice.contains("ALTER ROLE") })
            }
        }

        @Test("finds ports in use, and says if it is by a server of this kind")
        func ports() async throws {
            let server = try await TestServer.shared.value
            let mine = try Self.findings(["--port", String(server.port), "--data-dir", "/tmp/none-\(UUID().uuidString)"])
            #expect(mine.contains { $0.check == "port" && $0.level == .ok && $0.text.contains("by a server that answers") })
            let other = try LocalListener()
            other.serve { close($0) }
            defer { other.stop() }
            let words = ["--port", "0", "--metrics-port", String(other.port), "--data-dir", "/tmp/none-\(UUID().uuidString)"]
            let used = try Self.findings(words)
            #expect(used.contains { $0.check == "metrics port" && $0.level == .problem && $0.advice.contains("--metrics-port") })
            let nowhere = try Self.findings(["--host", "192.0.2.1", "--data-dir", "/tmp/none-\(UUID().uuidString)"])
            #expect(nowhere.contains { $0.check == "port" && $0.level == .problem && $0.advice.contains("--host") })
        }

        @Test("finds an unusable data directory, and creates none")
        func dataDirectory() throws {
            let folder = "/tmp/none-\(UUID().uuidString)"
            let fresh = try Self.findings(["--port", "0", "--data-dir", folder])
            #expect(fresh.contains { $0.check == "data directory" && $0.level == .ok })
            #expect(fresh.contains { $0.check == "PostgreSQL" && $0.level == .ok })
            #expect(fresh.contains { $0.check == "database" && $0.text.contains("created at the first start") })
            #expect(!FileManager.default.fileExists(atPath: folder))
            let wrong = try Self.findings(["--port", "0", "--data-dir", "/proc/nothing"])
            #expect(wrong.contains { $0.check == "data directory" && $0.level == .problem })
        }

        @Test("warns of what exposes the server more than intended")
        func risks() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let path = folder.path + "/settings"
            try "demo-api-key = secret\n".write(toFile: path, atomically: true, encoding: .utf8)
            chmod(path, 0o644)
            let findings = try Self.findings([
                "--host", "0.0.0.0", "--port", "0", "--allow-origins", "*", "--config", path, "--data-dir", folder.path + "/data",
            ])
            for check in ["origins", "playground", "demo data", "secrets"] {
                #expect(findings.contains { $0.check == check && $0.level == .warning && !$0.advice.isEmpty }, "\(check)")
            }
            let shown = try Self.findings(["--port", "0", "--database-url", "postgresql://ada:s3cret@127.0.0.1:1/crm"])
            #expect(shown.contains { $0.check == "secrets" && $0.level == .warning && $0.text.contains("command line") })
        }
    }
}
