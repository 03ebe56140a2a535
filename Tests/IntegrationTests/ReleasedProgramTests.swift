import Foundation
import TestSupport
import Testing

@Suite("The released program", .serialized)
struct ReleasedProgramTests {
    /// The six operations of the original's documentation, verbatim, and what the answer must contain.
    static let examples: [(query: String, parts: [String])] = [
        (
            "query { organization(id: \"org-123\") { metadata { id created lastUpdated source } name website domains stage opportunities { metadata { id } name amount internalStage renewalLikelihood } } }",
            ["{\"data\":{\"organization\":null}}"]
        ),
        (
            "query { contacts(pagination: { page: 0, limit: 50 }, sort: [{ by: \"LAST_NAME\", direction: ASC }]) { totalElements content { metadata { id } name prefix primaryEmail { email } } } }",
            ["\"totalElements\":30", "\"name\":\"Reto Amrein\",\"prefix\":\"Mr\"", "\"primaryEmail\":{\"email\":\"buyer@example.com\"}"]
        ),
        (
            "query { contact_ByEmail(email: \"buyer@example.com\") { metadata { id } name jobRoles { jobTitle } } }",
            ["\"name\":\"Nora Castellan\"", "{\"jobTitle\":\"Head of Procurement\"}"]
        ),
        (
            "mutation { organization_Save(input: { name: \"Acme Inc\", website: \"https://acme.com\" }) { metadata { id } name website } }",
            ["\"name\":\"Acme Inc\",\"website\":\"https://acme.com\""]
        ),
        (
            "mutation { contact_CreateForOrganization( organizationId: \"org-123\" input: { name: \"Dana Buyer\", prefix: \"Ms\" } ) { metadata { id } name } }",
            ["Organization with id org-123 not found", "\"code\":\"NOT_FOUND\"", "\"data\":null"]
        ),
        (
            "mutation { opportunity_Save(input: { opportunityId: null name: \"Acme Expansion\" amount: 50000 internalType: UPSELL }) { metadata { id } name amount internalStage } }",
            ["\"name\":\"Acme Expansion\",\"amount\":50000,\"internalStage\":\"OPEN\""]
        ),
    ]

    @Test("starts on its own, answers the six examples, refuses a second server on its data, and exits with 0 on SIGTERM")
    func examples() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let data = folder.path + "/data"
        let server = try RunningServer(dataDirectory: data)
        #expect(server.output.contains("curl -s http://127.0.0.1:\(server.port)/query -H 'X-CUSTOMER-OS-API-KEY: \(RunningServer.key)'"))
        for example in Self.examples {
            let answer = try server.query(example.query)
            for part in example.parts { #expect(answer.contains(part), "\(answer)") }
        }
        #expect(try Program.run(["probe", "--port", String(server.port)]).output == "The server is ready.\n")
        // A server that listens on all addresses is reached on loopback; the address may come from the environment or a
        // file.
        #expect(try Program.run(["probe"], environment: ["HOST": "0.0.0.0", "PORT": String(server.port)]).status == 0)
        let settings = folder.path + "/settings"
        try "host = 0.0.0.0\nport = \(server.port)\n".write(toFile: settings, atomically: true, encoding: .utf8)
        #expect(
            try Program.run(["probe", "--config", settings, "--json"]).output
                == "{\"ready\":true,\"status\":200,\"answer\":{\"status\":\"ready\",\"checks\":{\"database\":\"ok\",\"migrations\":\"ok\"}}}\n"
        )
        let second = try Program.run(["serve", "--port", "0", "--data-dir", data])
        #expect(second.status == 1)
        #expect(second.output.contains("Another server uses the data directory"))
        // Commands work alongside it, on the same database.
        #expect(try Program.run(["tenant", "create", "beside", "--data-dir", data]).status == 0)
        let key = try Program.run(["key", "create", "--tenant", "beside", "--data-dir", data]).output.prefix { $0 != "\n" }
        #expect(try server.query("{ tenant }", key: String(key)) == "{\"data\":{\"tenant\":\"beside\"}}")
        // But they do not migrate its schema: the server may have another version.
        let database = "host='\(data)/postgres.socket' port=5432 user=customeros dbname=customeros"
        let forget = "DELETE FROM schema_migration WHERE number = (SELECT max(number) FROM schema_migration)"
        _ = try Tool.run("psql", [database, "-c", forget]).output
        let refused = try Program.run(["tenant", "list", "--data-dir", data])
        #expect(refused.status == 1 && refused.output.contains("The database lacks 1 migrations"), "\(refused.output)")
        #expect(server.stop() == 0)
        #expect(try Program.run(["probe", "--port", String(server.port)]).status == 1)
    }

    @Test("reports its addresses in JSON, and prints the schema as the answer to an introspection query")
    func json() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let data = folder.path + "/data"
        let printed = try Program.run(["schema", "print", "--json"]).output
        let answer = try #require(try JSONSerialization.jsonObject(with: Data(printed.utf8)) as? [String: [String: [String: Any]]])
        #expect((answer["data"]?["__schema"]?["types"] as? [Any])?.count ?? 0 > 100)
        let process = try Tool.process(Program.path, ["serve", "--json", "--port", "0", "--drain-grace", "0", "--data-dir", data])
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let line = pipe.fileHandleForReading.availableData
        let told = try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
        #expect(told["processId"] as? Int == Int(process.processIdentifier))
        let port = try #require(told["port"] as? Int)
        #expect(told["url"] as? String == "http://127.0.0.1:\(port)/query")
        #expect(try Program.run(["doctor", "--port", String(port), "--data-dir", data]).status == 0)
        process.terminate()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test("creates a tenant in a database that does not exist yet")
    func firstCommand() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let data = folder.path + "/data"
        let made = try Program.run(["tenant", "create", "first", "--data-dir", data])
        #expect(made.status == 0, "\(made.output)")
        #expect(try Program.run(["tenant", "list", "--data-dir", data]).output.contains("first"))
    }

    @Test("reports what schema changes mean to clients, and fails if one breaks them unannounced")
    func schemaDiff() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        func write(_ name: String, _ text: String) throws -> String {
            try text.write(toFile: "\(folder.path)/\(name)", atomically: true, encoding: .utf8)
            return "\(folder.path)/\(name)"
        }
        let old = try write("old", "type Query { a: ID b: ID c: ID }")
        let safe = try write("safe", "type Query { a: ID b: ID c: ID d: ID }")
        let broken = try write("broken", "type Query { a: ID! }")
        let both = try write("both", "`Query.b` and `Query.c` are gone.")
        let one = try write("one", "`Query.b` is gone, Query.c as well.")
        func diff(_ arguments: String...) throws -> (status: Int32, output: String) { try Program.run(["schema", "diff"] + arguments) }
        #expect(try diff(old, old) == (0, "The schemas are equivalent.\n"))
        #expect(try diff(old, safe) == (0, "safe (1):\n  Query.d was added\n"))
        let found = "breaking (2):\n  Query.b was removed\n  Query.c was removed\nsafe (1):\n  Query.a changed its type from ID to ID!\n"
        #expect(try diff(old, broken) == (1, found + "Breaking: Query.b, Query.c.\n"))
        #expect(try diff(old, broken, "--announced", one) == (1, found + "Breaking and not announced: Query.c.\n"))
        #expect(try diff(old, broken, "--announced", both) == (0, found))
        let served = try write("served", try Program.run(["schema", "print"]).output)
        #expect(try diff(served).output == "The schemas are equivalent.\n")
        let refused = try diff(one, old)
        #expect(refused.status == 1 && refused.output.contains("is not a valid schema:\n1:1: "))
        #expect(try diff().status == 64 && diff(old, old, old).status == 64)
    }

    @Test("speaks HTTPS, loads a new certificate on SIGHUP, keeps the old one if that is broken, and says so")
    func certificate() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let data = folder.path + "/data"
        let (certificate, key) = ("\(folder.path)/certificate.pem", "\(folder.path)/key.pem")
        func make(_ name: String) throws {
            let made = try Tool.run(
                "openssl",
                [
                    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-days", "90", "-subj",
                    "/CN=\(name)", "-nodes", "-addext", "subjectAltName=IP:127.0.0.1", "-out", certificate, "-keyout", key,
                ])
            try #require(made.status == 0, "\(made.output)")
        }
        func log() throws -> String { try TestLog.lines().joined(separator: "\n") }
        try make("first")
        chmod(key, 0o644)
        #expect(try Program.run(["serve", "--tls-certificate", certificate]).output.contains("TLS needs both files"))
        #expect(
            try Program.run(["serve", "--port", "0", "--data-dir", data, "--tls-certificate", key, "--tls-key", key]).output.contains(
                "holds no certificate in PEM"))
        let server = try RunningServer(dataDirectory: data, arguments: ["--tls-certificate", certificate, "--tls-key", key])
        #expect(server.output.contains("https://127.0.0.1:\(server.port)/query"))
        #expect(try log().contains("the key in \(key). Restrict it: chmod 600."))
        // In RFC 2253 form, which is the same in every version of openssl(1).
        func subject() throws -> String {
            let shown = try Tool.run("openssl", ["s_client", "-connect", "127.0.0.1:\(server.port)"]).output
            return try Tool.run("openssl", ["x509", "-noout", "-subject", "-nameopt", "RFC2253"], input: shown).output
        }
        #expect(
            try Tool.run("curl", ["--silent", "--cacert", certificate, "https://127.0.0.1:\(server.port)/readiness"]).output.contains(
                "ready"))
        #expect(try Tool.run("curl", ["--silent", "http://127.0.0.1:\(server.port)/readiness"]).output.contains("this port speaks HTTPS"))
        #expect(try subject() == "subject=CN=first\n")
        #expect(try Program.run(["probe", "--port", String(server.port), "--tls-certificate", certificate]).status == 0)
        #expect(try Program.run(["probe", "--port", String(server.port)]).output.contains("this port speaks HTTPS"))
        func wait(until condition: () throws -> Bool) throws {
            for _ in 0..<100 where try !condition() { usleep(50_000) }
        }
        try make("second")
        kill(server.process.processIdentifier, SIGHUP)
        try wait { try log().contains("certificate loaded") }
        #expect(try subject() == "subject=CN=second\n")
        try "broken".write(toFile: certificate, atomically: true, encoding: .utf8)
        kill(server.process.processIdentifier, SIGHUP)
        try wait { try log().contains("The old certificate stays in use.") }
        #expect(try subject() == "subject=CN=second\n")
        #expect(try log().contains("level=error"))
        #expect(server.stop() == 0)
    }

    @Test("binds neither port if one of them is taken")
    func takenPort() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let data = folder.path + "/data"
        let server = try RunningServer(dataDirectory: data)
        defer { _ = server.stop() }
        let other = try Program.run(["serve", "--port", "0", "--metrics-port", String(server.port), "--data-dir", data + "2"])
        #expect(other.status == 1 && other.output.contains("another program uses that port"))
        #expect(!other.output.contains("Stop with"))
    }

    @Test("leaves no database running when it is killed, and restarts on the same data")
    func killed() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let data = folder.path + "/data"
        let server = try RunningServer(dataDirectory: data)
        let saved = try server.query(
            "mutation { organization_Save(input: { name: \"Kept\", website: \"https://kept.com\" }) { metadata { id } } }")
        let postgres = try Self.databaseProcess(data)
        kill(server.process.processIdentifier, SIGKILL)
        server.process.waitUntilExit()
        for _ in 0..<200 where kill(postgres, 0) == 0 { usleep(50_000) }
        #expect(kill(postgres, 0) != 0)

        let again = try RunningServer(dataDirectory: data)
        let found = try again.query(
            "mutation { organization_Save(input: { name: \"Other\", website: \"https://kept.com\" }) { metadata { id } } }")
        #expect(found == saved)
        #expect(again.stop() == 0)
    }

    @Test("restarts its database when that was killed, and recovers")
    func databaseKilled() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let data = folder.path + "/data"
        let server = try RunningServer(dataDirectory: data)
        let first = try Self.databaseProcess(data)
        kill(first, SIGKILL)
        var answer = ""
        for _ in 0..<600 {
            answer = try server.query("{ organizations { totalElements } }")
            if answer.contains("\"totalElements\":14"), kill(first, 0) != 0 { break }
            #expect(answer.contains("\"totalElements\":14") || answer.contains("DATABASE_UNAVAILABLE"))
            usleep(50_000)
        }
        #expect(answer.contains("\"totalElements\":14"))
        let saved = try server.query(
            "mutation { organization_Save(input: { name: \"After\", website: \"https://after.com\" }) { name } }")
        #expect(saved.contains("After"))
        #expect(try Self.databaseProcess(data) != first)
        #expect(server.stop() == 0)
    }

    @Test("exits with 1 if its database cannot be restarted")
    func databaseGone() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let data = folder.path + "/data"
        let server = try RunningServer(dataDirectory: data, arguments: ["--restart-limit", "1"])
        try FileManager.default.moveItem(atPath: data + "/postgres/global/pg_control", toPath: data + "/pg_control")
        kill(try Self.databaseProcess(data), SIGKILL)
        let probe = { try Program.run(["probe", "--port", String(server.port)]) }
        for _ in 0..<100 where try probe().status == 0 { usleep(20_000) }
        for _ in 0..<600 where server.process.isRunning { usleep(50_000) }
        #expect(!server.process.isRunning)
        if server.process.isRunning { server.process.terminate() }
        server.process.waitUntilExit()
        #expect(server.process.terminationStatus == 1)
    }

    @Test("creates no database for a command that only reads, and says where it looked")
    func reading() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let data = folder.path + "/data"
        let reading = [
            ["tenant", "list"], ["user", "list"], ["key", "list"], ["jobs", "list"], ["migrate", "plan"], ["migrate", "status"],
            ["migrate", "--status"], ["export", "-", "--tenant", "acme"], ["timeline", "rebuild"], ["jobs", "run", "contracts"],
            ["tenant", "disable", "acme"], ["tenant", "delete", "acme", "--confirm", "acme"], ["user", "disable", "x"],
            ["key", "revoke", "x"],
            ["key", "rotate", "x"], ["key", "create", "--tenant", "acme"], ["user", "create", "a@b.example", "--tenant", "acme"],
            ["import", "/dev/null", "--tenant", "acme"], ["database", "upgrade"],
        ]
        for words in reading {
            let done = try Program.run(words + ["--data-dir", data])
            #expect(done.status == 1 && done.output.contains("There is no embedded database in \(data)."), "\(words) \(done.output)")
        }
        #expect(try Program.run(["doctor", "--port", "0", "--data-dir", data]).output.contains("There is no embedded database yet"))
        #expect(!FileManager.default.fileExists(atPath: data))
        // A relative folder is shown as given.
        let here = FileManager.default.currentDirectoryPath
        let relative = try Program.run(["tenant", "list", "--data-dir", "no-such-folder"])
        #expect(relative.output.contains("\(here)/no-such-folder"))
    }

    @Test("refuses invalid names in every command, and never repeats PostgreSQL's messages")
    func hostileArguments() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let data = folder.path + "/data"
        let server = try RunningServer(dataDirectory: data)
        defer { _ = server.stop() }
        func run(_ words: [String]) throws -> (status: Int32, output: String) { try Program.run(words + ["--data-dir", data]) }
        let before = try ["tenant", "user", "key"].map { try run([$0, "list", "--json"]).output }
        let long = String(repeating: "x", count: 101)
        for value in ["", " ", "a\nb", "a\tb", "a\u{2028}b", " a", "a ", long, String(repeating: "é", count: 300), "a\u{1B}[31mb"] {
            let storing = [
                ["tenant", "create", value], ["seed", "--tenant", value], ["user", "create", value + "@acme.example", "--tenant", "demo"],
                ["user", "create", "a@acme.example", "--tenant", "demo", "--first-name", value],
                ["user", "create", "a@acme.example", "--tenant", "demo", "--last-name", value],
                ["key", "create", "--tenant", "demo", "--name", value],
            ]
            for words in storing {
                // First names, last names and key names may be missing; and an address may have text before it.
                if value.isEmpty, words.count > 3 { continue }
                // Spaces around an address are trimmed.
                if value == " a", words[2] == " a@acme.example" { continue }
                let done = try run(words)
                #expect(done.status == 64, "\(words) \(done.output)")
                let reasons = ["The name of a", "of a user", "The argument NAME is empty", "must be an e-mail address"]
                #expect(reasons.contains { done.output.contains($0) }, "\(words) \(done.output)")
            }
        }
        let hostile = ["", "a\nb", long, "'; DROP TABLE tenant; --", "\u{FEFF}", "0", "99999999999999999999"]
        for value in hostile {
            let naming = [
                ["tenant", "disable", value], ["tenant", "enable", value], ["tenant", "delete", value, "--confirm", value],
                ["user", "disable", value], ["user", "list", "--tenant", value], ["key", "list", "--tenant", value],
                ["key", "revoke", value],
                ["key", "rotate", value], ["key", "create", "--tenant", value], ["jobs", "run", value],
                ["timeline", "rebuild", "--tenant", value],
                ["user", "create", "a@acme.example", "--tenant", value], ["export", "-", "--tenant", value],
                ["import", "/dev/null", "--tenant", value],
            ]
            for words in naming {
                let done = try run(words)
                #expect(done.status != 0, "\(words)")
                #expect(!done.output.contains("ERROR:") && !done.output.contains("SQLSTATE"), "\(words) \(done.output)")
            }
        }
        #expect(try ["tenant", "user", "key"].map { try run([$0, "list", "--json"]).output } == before)
    }

    @Test("formats times in JSON as the API does")
    func moments() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let data = folder.path + "/data"
        let server = try RunningServer(dataDirectory: data)
        defer { _ = server.stop() }
        func run(_ words: String...) throws -> String { try Program.run(words + ["--data-dir", data, "--json"]).output }
        _ = try run("jobs", "run", "contracts")
        let key = try #require(try run("key", "list").firstMatch(of: #/"id":"([^"]+)"/#)?.1)
        let outputs = try [
            run("tenant", "list"), run("key", "rotate", String(key)), run("key", "list"), run("jobs", "list"),
        ]
        for output in outputs {
            let moments = output.matches(of: #/"(?:\w+At)":"([^"]*)"/#).map(\.1)
            #expect(!moments.isEmpty, "\(output)")
            for moment in moments {
                #expect(moment.wholeMatch(of: #/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,5}[1-9])?Z/#) != nil, "\(moment)")
            }
        }
    }

    @Test("keeps its data where the database's account can reach it, if a parent folder is closed")
    func closedFolder() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let data = folder.path + "/data"
        chmod(folder.path, 0o700)
        let server = try RunningServer(dataDirectory: data)
        #expect(try server.query("{ organizations { totalElements } }").contains("\"totalElements\":14"))
        #expect(server.stop() == 0)
        if let place = try? String(contentsOfFile: data + "/cluster", encoding: .utf8).trimmingCharacters(in: .newlines) {
            try? FileManager.default.removeItem(atPath: place)
            try? FileManager.default.removeItem(atPath: place + ".socket")
        }
    }

    @Test("manages tenants and keys on the command line, with an exit status for each error")
    func commands() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let data = folder.path + "/data"
        func run(_ words: String...) throws -> (status: Int32, output: String) { try Program.run(words + ["--data-dir", data]) }
        #expect(try run("migrate").output.contains("0013_public_hosts"))
        #expect(try run("migrate").output.contains("there was nothing to do"))
        #expect(try run("migrate", "up").output.contains("there was nothing to do"))
        #expect(try run("migrate", "plan").output.contains("There is nothing to do"))
        #expect(try run("migrate", "status").output.contains("The database is current"))
        #expect(try run("tenant", "create", "acme").status == 0)
        #expect(try run("tenant", "create", "acme").status == 1)
        #expect(try run("jobs", "list").output.contains("never run"))
        #expect(try run("jobs", "run", "contracts").output.contains("is done: 0 changed"))
        #expect(try run("jobs", "list", "--json").output.contains("\"changed\":0,\"failed\":false"))
        #expect(try run("jobs", "run", "nothing").status == 64)
        #expect(try run("tenant", "list", "--json").output.contains("[{\"name\":\"acme\",\"state\":\"LIVE\""))
        let made = try run("key", "create", "--tenant", "acme", "--roles", "USER,ADMIN", "--json")
        let key = try #require(try JSONSerialization.jsonObject(with: Data(made.output.utf8)) as? [String: Any])
        let id = try #require(key["id"] as? String)
        let secret = try #require(key["secret"] as? String)
        #expect(secret.count >= 26)
        #expect(try run("key", "list").output.contains(id))
        #expect(try !run("key", "list").output.contains(secret))
        #expect(try run("key", "revoke", id).status == 0)
        #expect(try run("key", "list").output.contains("revoked"))
        #expect(try run("timeline", "rebuild").output.contains("0 organizations and 0 contacts; nothing was wrong."))
        #expect(
            try run("timeline", "rebuild", "--tenant", "acme", "--json").output == "{\"organizations\":0,\"contacts\":0,\"mended\":0}\n")
        #expect(try run("timeline", "rebuild", "--tenant", "nobody").status == 1)
        #expect(try run("key", "create", "--tenant", "nobody").output.contains("There is no tenant called nobody."))
        #expect(try run("key", "create", "--tenant", "acme", "--roles", "PLATFORM_OWNER").status == 64)
        #expect(try Program.run(["nothing"]).status == 64)
        #expect(try Program.run(["serve", "--prot", "1"]).output.contains("There is no option --prot."))
        for command in [["serve"], ["migrate"], ["tenant", "create"], ["key", "list"], ["schema", "print"], ["validate"], []] {
            let help = try Program.run(command + ["--help"])
            #expect(help.status == 0 && help.output.contains("Usage: customeros-api"))
        }
        #expect(try Program.run(["schema", "print"]).output.contains("type Query"))
    }

    @Test("disables, enables and deletes tenants, manages users, and rotates keys with an overlap")
    func tenancy() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let data = folder.path + "/data"
        func run(_ words: String...) throws -> (status: Int32, output: String) { try Program.run(words + ["--data-dir", data]) }
        func object(_ text: String) throws -> [String: Any] {
            try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        }
        _ = try run("migrate")
        _ = try run("tenant", "create", "acme")

        let made = try object(run("user", "create", "ada@acme.example", "--tenant", "acme", "--first-name", "Ada", "--json").output)
        let user = try #require(made["id"] as? String)
        #expect(try run("user", "create", "ADA@acme.example", "--tenant", "acme").output.contains("has a user with the address"))
        #expect(try run("user", "create", "bo@acme.example", "--tenant", "nobody").output.contains("There is no tenant called nobody."))
        #expect(try run("user", "create", "bo@acme.example").status == 64)
        #expect(try run("user", "create", "bo", "--tenant", "acme").status == 64)
        #expect(try run("user", "create", "bo@acme.example", "--tenant", "acme", "--roles", "KING").status == 64)
        let listed = try run("user", "list", "--tenant", "acme", "--json").output
        #expect(listed.contains("\"email\":\"ada@acme.example\",\"name\":\"Ada\",\"roles\":[\"USER\"],\"state\":\"LIVE\""))
        #expect(try run("user", "disable", user).status == 0)
        #expect(try run("user", "disable", "nobody").output.contains("There is no user nobody."))
        #expect(try run("user", "list").output.contains("ARCHIVED"))
        #expect(try run("user", "create", "ada@acme.example", "--tenant", "acme").status == 0)

        let key = try #require(try object(run("key", "create", "--tenant", "acme", "--roles", "ADMIN", "--json").output)["id"] as? String)
        let next = try object(run("key", "rotate", key, "--overlap", "2", "--json").output)
        #expect(next["replaces"] as? String == key)
        #expect((next["secret"] as? String)?.hasPrefix("cos_") == true)
        let keys = try run("key", "list").output.split(separator: "\n")
        #expect(keys.filter { $0.contains("ADMIN") }.count == 2)
        #expect(keys.filter { $0.contains("until") }.count == 1)
        #expect(try run("key", "rotate", key, "--overlap", "-1").status == 64)
        #expect(try run("key", "rotate", "nobody").output.contains("There is no key nobody."))
        #expect(try run("key", "revoke", key).status == 0)
        #expect(try run("key", "rotate", key).output.contains("is revoked or has expired"))

        #expect(try run("tenant", "disable", "acme").status == 0)
        #expect(try run("tenant", "list", "--json").output.contains("{\"name\":\"acme\",\"state\":\"ARCHIVED\""))
        #expect(try run("tenant", "enable", "acme", "--json").output == "{\"name\":\"acme\",\"state\":\"LIVE\"}\n")
        #expect(try run("tenant", "disable", "nobody").status == 1)
        #expect(try run("tenant", "delete", "acme").status == 64)
        #expect(try run("tenant", "delete", "acme", "--confirm", "acmf").status == 64)
        #expect(try run("tenant", "delete", "acme", "--confirm", "acme").status == 0)
        #expect(try run("tenant", "delete", "acme", "--confirm", "acme").status == 1)
        #expect(try run("tenant", "list", "--json").output == "[]\n")
        for words in [
            ["tenant", "delete"], ["user", "create"], ["user", "list"], ["user", "disable"], ["key", "rotate"], ["tenant", "disable"],
        ] {
            #expect(try Program.run(words + ["--help"]).output.contains("Usage: customeros-api \(words.joined(separator: " "))"))
        }
    }

    @Test("refuses to serve a database with an older schema, and says what to run")
    func olderSchema() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let data = folder.path + "/data"
        let server = try RunningServer(dataDirectory: data)
        defer { _ = server.stop() }
        let socket = data + "/postgres.socket"
        let url = "host='\(socket)' port=5432 user=customeros dbname=postgres"
        let refused = try Program.run(["serve", "--port", "0"], environment: ["DATABASE_URL": url])
        #expect(refused.status == 1)
        #expect(refused.output.contains("customeros-api migrate"))
        func run(_ words: String...) throws -> String { try Program.run(words, environment: ["DATABASE_URL": url]).output }
        #expect(try run("migrate", "--status").contains("Pending: 0001_shared"))
        #expect(try run("migrate", "plan").contains("0001_shared\t"))
        #expect(try run("migrate", "plan", "--sql").contains("-- 0001_shared\n"))
        #expect(try run("migrate", "status", "--json").hasPrefix("{\"current\":false,\"applied\":[],\"pending\":[\"0001_shared\""))
    }

    private static func databaseProcess(_ data: String) throws -> pid_t {
        let text = try String(contentsOfFile: data + "/postgres/postmaster.pid", encoding: .utf8)
        return try #require(pid_t(text.split(separator: "\n").first ?? ""))
    }

    @Test("checks a client's documents, valid, broken and deprecated, and a broken schema")
    func validate() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        func write(_ name: String, _ text: String) throws -> String {
            try text.write(toFile: "\(folder.path)/\(name)", atomically: true, encoding: .utf8)
            return "\(folder.path)/\(name)"
        }
        let schema = try write("schema.graphql", try Program.run(["schema", "print"]).output)
        let good = try write("good.graphql", "query Q($id: ID!) {\n  organization(id: $id) { metadata { id } name }\n}")
        let old = try write("old.graphql", "query Q($id: ID!) {\n  organization(id: $id) { id }\n}")
        let bad = try write("bad.graphql", "{\n  organisation { name }\n  contact(id: 1.5) { name }\n}")
        let broken = try write("broken.graphql", "query {")
        for arguments in [[good], [good, old], ["--schema", schema, good, old]] {
            let result = try Program.run(["validate"] + arguments)
            #expect(result.status == 0 && result.output.isEmpty, "\(result.output)")
        }
        let lint = try Program.run(["validate", "--lint", old])
        #expect(lint.status == 0)
        #expect(lint.output == "\(old):2:27: warning: Organization.id is deprecated: use metadata.id\n")
        let errors = try Program.run(["validate", "--schema", schema, bad, broken, good])
        #expect(errors.status == 1)
        #expect(errors.output.contains("\(bad):2:3: error: Cannot query field \"organisation\" on type \"Query\". Did you mean"))
        #expect(errors.output.contains("\(bad):3:15: error: ID cannot represent a non-string and non-integer value: 1.5\n"))
        #expect(errors.output.contains("\(broken):1:8: error: Syntax Error: Expected Name, found <EOF>.\n"))
        #expect(errors.output.hasSuffix("3 errors in 3 documents.\n"))
        let json = try Program.run(["validate", "--json", broken])
        #expect(
            json.output.hasPrefix(
                "{\"file\":\(String(reflecting: broken)),\"severity\":\"error\",\"message\":\"Syntax Error: Expected Name, found <EOF>.\",\"line\":1,\"column\":8}"
            ))
        let wrongSchema = try write("wrong.graphql", "type Query { a: Nothing }")
        let refused = try Program.run(["validate", "--schema", wrongSchema, good])
        #expect(refused.status == 1 && refused.output.contains("\(wrongSchema):1:17: error: Unknown type \"Nothing\"."))
        #expect(try Program.run(["validate", "\(folder.path)/nowhere"]).status == 1)
    }

    @Test("checks JSON lines against the served schema if they have none")
    func validateLines() throws {
        let noQuery = #"{"message":"The member \"query\" must be a string: the document to check.","locations":[]}"#
        let lines = [
            #"{"id":1,"schema":null,"query":"query($id: ID!) { organization(id: $id) { name } }"}"#, #"{"id":2,"query":"{ nothing }"}"#,
            #"{"id":3,"schema":"type Query { nothing: Boolean }","query":"{ nothing }"}"#, #"{"id":4,"schema":5,"query":"{ nothing }"}"#,
            #"{"id":123456789012345678901234567890}"#, #"{"id":5,"schema":"type Query { a: Int }"}"#,
            #"{"id":6,"schema":null,"document":"{ nothing }"}"#, #"{"id":6,"query":5}"#, #"{"schema":null,"query":"{a}","query":"{b}"}"#,
            #"{"id":7"#, "[]",
        ]
        let answers = try Tool.run(Program.path, ["validate"], input: lines.joined(separator: "\n")).output.split(separator: "\n")
        #expect(
            answers == [
                #"{"id":1,"errors":[]}"#,
                #"{"id":2,"errors":[{"message":"Cannot query field \"nothing\" on type \"Query\".","locations":[{"line":1,"column":3}]}]}"#,
                #"{"id":3,"errors":[]}"#,
                #"{"id":4,"errors":[{"message":"The member \"schema\" must be a string, or null for the schema that is served.","locations":[]}]}"#,
                #"{"id":123456789012345678901234567890,"errors":[\#(noQuery)]}"#,
                #"{"id":5,"errors":[]}"#, #"{"id":6,"errors":[\#(noQuery)]}"#, #"{"id":6,"errors":[\#(noQuery)]}"#,
                #"{"id":null,"errors":[{"message":"The line is ambiguous: the member \"query\" appears twice in an object at byte 43.","locations":[]}]}"#,
                #"{"id":null,"errors":[{"message":"The line is no JSON: unexpected end at byte 7.","locations":[]}]}"#,
                #"{"id":null,"errors":[{"message":"The line is not a JSON object.","locations":[]}]}"#,
            ])
    }
}
