import Foundation
import TestSupport
import Testing

@Suite("The progress of long work", .serialized)
struct ProgressTests {
    /// Runs a command in a terminal of its own, made by script(1).
    private static func inTerminal(_ words: [String], environment: [String: String] = [:]) throws -> String {
        let command = ([Program.path] + words).map { "'\($0)'" }.joined(separator: " ")
        let shown = try Tool.run(
            "script", ["--quiet", "--return", "--command", command, "/dev/null"],
            environment: ["TERM": "xterm"].merging(environment) { $1 })
        #expect(shown.status == 0, "\(words): \(shown.output)")
        return shown.output
    }

    /// The sequence that returns to the start of the line and clears it.
    private static let anew = "\r\u{1B}[K"

    @Test("shows on a terminal, for each command that takes long, and nowhere else")
    func terminal() throws {
        let temporary = try TemporaryFolder()
        defer { temporary.remove() }
        let folder = temporary.path
        let data = ["--data-dir", folder + "/data"]
        let server = try RunningServer(dataDirectory: folder + "/data")
        let url = "host='\(folder)/data/postgres.socket' port=5432 user=customeros dbname=fresh"
        let made = try Tool.run(
            "psql", ["--quiet", url.replacing("dbname=fresh", with: "dbname=customeros"), "-c", "CREATE DATABASE fresh"])
        try #require(made.status == 0, "\(made.output)")
        let own = ["DATABASE_URL": url]
        let export = folder + "/export"
        for (words, environment, part) in [
            (["migrate"], own, "0001_shared: 1 of"), (["seed", "--size", "small", "--tenant", "acme"] + data, [:], " of "),
            (["export", export, "--tenant", "acme"] + data, [:], "contact: "),
            (["import", export, "--tenant", "acme", "--without-owners"] + data, [:], " lines, "),
            (["timeline", "rebuild", "--tenant", "acme"] + data, [:], " organizations, "),
        ] {
            let shown = try Self.inTerminal(words, environment: environment)
            #expect(shown.contains(Self.anew) && shown.contains(part), "\(words): \(shown)")
            #expect(shown.contains(Self.anew + Self.anew) || shown.split(separator: Self.anew).count > 1)
        }
        let dumb = try Self.inTerminal(["migrate"], environment: own.merging(["TERM": "dumb"]) { $1 })
        #expect(!dumb.contains(Self.anew))
        for words in [["timeline", "rebuild"] + data, ["export", export, "--tenant", "acme"] + data] {
            let plain = try Program.run(words)
            #expect(plain.status == 0 && !plain.output.contains("\u{1B}"), "\(plain.output)")
        }
        #expect(server.stop() == 0)
    }
}
