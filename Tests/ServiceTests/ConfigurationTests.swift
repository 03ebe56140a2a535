import Foundation
import TestSupport
import Testing

@testable import Service

@Suite("The configuration")
struct ConfigurationTests {
    private static let options = ServeSettings.all

    private static func file(_ text: String) throws -> (path: String, folder: TemporaryFolder) {
        let folder = try TemporaryFolder()
        let path = folder.path + "/settings"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return (path, folder)
    }

    @Test("prefers flags to the environment, that to the file, and that to the default")
    func precedence() throws {
        let (path, folder) = try Self.file("# settings\nport = 1\nhost = \"0.0.0.0\"\nLOOPS = 3\n\npool-size=4\n")
        defer { folder.remove() }
        let arguments = try Arguments(
            ["--config", path, "--port", "3"], Self.options, environment: ["PORT": "2", "LOOPS": "2", "HOST": ""])
        #expect(arguments.text("port") == "3" && arguments.origin("port") == .flag)
        #expect(arguments.text("loops") == "2" && arguments.origin("loops") == .environment)
        #expect(arguments.text("host") == "0.0.0.0" && arguments.origin("host") == .file)
        #expect(arguments.number("pool-size") == 4)
        #expect(arguments.text("drain-limit") == nil && arguments.origin("drain-limit") == nil)
        let named = try Arguments([], Self.options, environment: ["CONFIG_FILE": path])
        #expect(named.text("port") == "1")
    }

    @Test("reports all errors at once, each with its source")
    func problems() throws {
        let (path, folder) = try Self.file("port = many\nnothing = 1\nhost\n")
        defer { folder.remove() }
        let error = #expect(throws: UsageError.self) {
            try Arguments(
                ["--config=\(path)", "--loops", "0", "--colour", "--pool-size"], Self.options,
                environment: ["GRAPHQL_PLAYGROUND_ENABLED": "maybe", "DATABASE_URL_FILE": folder.path + "/missing"])
        }
        let lines = (error?.description ?? "").split(separator: "\n").map(String.init)
        #expect(lines.count == 8)
        for part in [
            "There is no option --colour.", "The option --pool-size needs a value.", "line 2: there is no setting nothing.",
            "line 3: write `name = value`.", "port in the file of settings must be a number from 0 to 65535, not many.",
            "--loops must be a number from 1 to 64, not 0.", "GRAPHQL_PLAYGROUND_ENABLED must be true or false, not maybe.",
            "DATABASE_URL_FILE names",
        ] { #expect(lines.contains { $0.contains(part) }, "\(part)") }
        #expect(throws: UsageError.self) { try Arguments(["--config", "/nowhere"], Self.options, environment: [:]) }
    }

    @Test(
        "reads secrets from files, and accepts values at both ends of their range",
        arguments: [(0, true), (65_535, true), (65_536, false), (-1, false)])
    func ranges(port: Int, isGood: Bool) throws {
        let (path, folder) = try Self.file("postgresql:///x\n")
        defer { folder.remove() }
        let result = Result { try Arguments(["--port", String(port)], Self.options, environment: ["DATABASE_URL_FILE": path]) }
        #expect(((try? result.get()) != nil) == isGood)
        if isGood { #expect(try result.get().text("database-url") == "postgresql:///x") }
    }

    @Test("is documented as it is")
    func reference() throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let text = try String(contentsOf: tests.appending(path: "../../docs/configuration.md"), encoding: .utf8)
        #expect(text == ConfigCommands.reference, "run: customeros-api config reference > docs/configuration.md")
    }

    @Test("has each name and each variable once")
    func names() {
        #expect(Set(Self.options.map(\.name)).count == Self.options.count)
        let variables = Self.options.compactMap(\.environment)
        #expect(Set(variables).count == variables.count)
    }

    @Test("accepts the original's variable names")
    func namesOfTheOriginal() throws {
        let variables = [
            "PORT": "10118", "PORT_METRICS": "10119", "GRAPHQL_PLAYGROUND_ENABLED": "true", "GRAPHQL_FIXED_COMPLEXITY_LIMIT": "200",
            "ALLOW_ORIGINS": "https://a.example, https://b.example",
        ]
        let arguments = try Arguments([], Self.options, environment: variables)
        let server = try ServeCommand.configuration(arguments, connectionString: "postgresql:///x", isEmbedded: false)
        #expect(server.port == 10_118 && server.metricsPort == 10_119)
        #expect(server.servesPlayground)
        #expect(server.limits.complexity == 200)
        #expect(server.allowedOrigins == "https://a.example, https://b.example")
        let standard = try ServeCommand.configuration(
            Arguments([], Self.options, environment: [:]), connectionString: "postgresql:///x", isEmbedded: false)
        #expect(standard.port == 10_000 && standard.metricsPort == nil && !standard.servesPlayground)
        #expect(standard.limits.complexity == 0 && standard.allowedOrigins.isEmpty)
    }

    @Test(
        "masks passwords wherever libpq accepts them",
        arguments: [
            ("postgresql://ada:s3cret@db.internal:5433/crm", ["host=db.internal", "user=ada", "port=5433", "dbname=crm"]),
            ("postgres://ada:s3c%72et@db/crm?sslmode=require", ["user=ada", "sslmode=require"]),
            ("postgresql://db/crm?user=ada&password=s3cret", ["user=ada"]), ("postgresql:///crm?sslpassword=s3cret", ["dbname=crm"]),
            ("host=db user=ada password=s3cret dbname=crm", ["host=db", "dbname=crm"]),
            ("host = db password = 's3cret' application_name='two words'", ["application_name='two words'"]),
            ("password='s3c\\'ret' host=db", ["host=db"]), ("crm", ["dbname=crm"]), ("s3cret with spaces", ["********"]),
            ("host=db s3cret", ["********"]), ("postgresql://ada:s3cret@[::1", ["********"]),
        ])
    func masks(url: String, parts: [String]) {
        let shown = DatabaseCommands.databaseURL.shown(url)
        for part in parts { #expect(shown.contains(part), "\(shown)") }
        #expect(!shown.contains("s3c") && !shown.contains("ret"), "\(shown)")
        if shown.contains("password") { #expect(shown.contains("password=********")) }
    }

    @Test("never shows an invalid secret in an error")
    func hiddenProblems() {
        for url in ["postgresql://ada:s3cret@[::1", "host=db s3cret"] {
            let error = #expect(throws: UsageError.self) { try Arguments([], Self.options, environment: ["DATABASE_URL": url]) }
            #expect(error?.description.contains("DATABASE_URL cannot be read by libpq") == true)
            #expect(error?.description.contains("s3cret") == false)
        }
        #expect(DatabaseCommands.databaseURL.isSecret)
    }

    @Test("prefers the service manager's credentials to the settings file, and refuses them together with a variable")
    func credentials() throws {
        let (path, folder) = try Self.file("database-url = postgresql:///of-the-file\n")
        defer { folder.remove() }
        let credentials = folder.path + "/credentials"
        try FileManager.default.createDirectory(atPath: credentials, withIntermediateDirectories: false)
        try "postgresql:///of-the-credential\n".write(toFile: credentials + "/database-url", atomically: true, encoding: .utf8)
        try "key-of-the-credential".write(toFile: credentials + "/demo-api-key", atomically: true, encoding: .utf8)
        // Only secrets can be credentials.
        try "1".write(toFile: credentials + "/port", atomically: true, encoding: .utf8)
        let environment = ["CREDENTIALS_DIRECTORY": credentials, "CONFIG_FILE": path]
        let arguments = try Arguments([], Self.options, environment: environment)
        #expect(arguments.text("database-url") == "postgresql:///of-the-credential")
        #expect(arguments.origin("database-url") == .credential)
        #expect(arguments.text("demo-api-key") == "key-of-the-credential")
        #expect(arguments.text("port") == nil)
        let twice = #expect(throws: UsageError.self) {
            try Arguments([], Self.options, environment: environment.merging(["DATABASE_URL": "postgresql:///given"]) { $1 })
        }
        #expect(twice?.description == "DATABASE_URL and the credential database-url are both given. Keep one of them.")
        try "\n".write(toFile: credentials + "/database-url", atomically: true, encoding: .utf8)
        #expect(throws: UsageError.self) { try Arguments([], Self.options, environment: environment) }
    }

    @Test("refuses a secret given twice, invalid origins, and missing folders")
    func contradictions() throws {
        let (path, folder) = try Self.file("postgresql:///x\n")
        defer { folder.remove() }
        let error = #expect(throws: UsageError.self) {
            try Arguments(
                ["--trusted-documents", "/nowhere"], Self.options,
                environment: [
                    "DATABASE_URL": "postgresql:///y", "DATABASE_URL_FILE": path, "ALLOW_ORIGINS": "https://a.example,b.example/x",
                ])
        }
        let text = error?.description ?? ""
        #expect(text.contains("DATABASE_URL and DATABASE_URL_FILE are both given."))
        #expect(text.contains("ALLOW_ORIGINS must be origins like https://crm.example, separated by commas, or *; not b.example/x."))
        #expect(text.contains("--trusted-documents names /nowhere, which is not a folder."))
        #expect(text.split(separator: "\n").count == 3)
        let empty = try Arguments(["--trusted-documents", folder.path], Self.options, environment: [:])
        #expect(throws: UsageError.self) { try ServeSettings.check(empty) }
    }
}
