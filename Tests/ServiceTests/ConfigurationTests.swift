import Foundation
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

    @Test("takes flags before the environment, that before the file, and that before the default")
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

    @Test("reports everything that is wrong at once, each with its place")
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
        "takes secrets from files, and values at both ends of their range",
        arguments: [(0, true), (65_535, true), (65_536, false), (-1, false)])
    func ranges(port: Int, isGood: Bool) throws {
        let (path, folder) = try Self.file("postgresql:///x\n")
        defer { folder.remove() }
        let result = Result { try Arguments(["--port", String(port)], Self.options, environment: ["DATABASE_URL_FILE": path]) }
        #expect(((try? result.get()) != nil) == isGood)
        if isGood { #expect(try result.get().text("database-url") == "postgresql:///x") }
    }

    @Test("is written down as the settings are")
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
}
