import Foundation
import TestSupport
import Testing

@Suite("Import by the released program", .serialized)
struct ImportMemoryTests {
    /// Writes contacts with an address and a number each.
    private static func write(_ count: Int, _ path: String) throws {
        var text = ""
        for number in 1...count {
            text += """
                {"type":"contact","externalId":"\(number)","name":"Person Number\(number)","emails":["person\(number)@memory.example"],\
                "description":"\(String(repeating: "A longer text for this person. ", count: 4))","tags":["Imported"]}

                """
        }
        try text.write(toFile: path, atomically: false, encoding: .utf8)
    }

    /// Runs an import and returns its output and its peak memory, in kilobytes.
    private static func run(_ arguments: [String]) throws -> (output: String, peak: Int) {
        let process = try Tool.process(Program.path, arguments)
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let status = "/proc/\(process.processIdentifier)/status"
        var peak = 0
        while process.isRunning {
            if let text = try? String(contentsOfFile: status, encoding: .utf8),
                let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
            {
                peak = max(peak, Int(line.split(whereSeparator: { !$0.isNumber }).first ?? "") ?? 0)
            }
            usleep(20_000)
        }
        return (String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self), peak)
    }

    @Test("takes a hundred times as many lines without taking more memory")
    func memory() throws {
        let temporary = try TemporaryFolder()
        defer { temporary.remove() }
        let folder = temporary.path
        let database = ["--data-dir", folder + "/data"]
        #expect(try Program.run(["migrate"] + database).status == 0)
        var peaks: [Int] = []
        for (tenant, count) in [("few", 1_000), ("many", 100_000)] {
            let file = "\(folder)/\(tenant).ndjson"
            try Self.write(count, file)
            #expect(try Program.run(["tenant", "create", tenant] + database).status == 0)
            let (output, peak) = try Self.run(["import", "--tenant", tenant, file, "--json"] + database)
            #expect(output.contains("\"created\":\(count),"), "\(output)")
            peaks.append(peak)
        }
        #expect(peaks[0] > 0 && peaks[1] - peaks[0] < 16 * 1024, "\(peaks)")
    }

    @Test("reads standard input, checks it in a dry run, and reports what it found")
    func standardInput() throws {
        let temporary = try TemporaryFolder()
        defer { temporary.remove() }
        let folder = temporary.path
        let database = ["--data-dir", folder + "/data"]
        #expect(try Program.run(["migrate"] + database).status == 0)
        #expect(try Program.run(["tenant", "create", "piped"] + database).status == 0)
        let file = folder + "/few.ndjson"
        try Self.write(10, file)
        for (options, text) in [("--dry-run", "\"dryRun\":true"), ("", "\"dryRun\":false")] {
            let command = "'\(Program.path)' import --tenant piped --json \(options) --data-dir '\(folder)/data' - <'\(file)'"
            let done = try Tool.run("sh", ["-c", command])
            #expect(done.status == 0 && done.output.contains("\"created\":10,") && done.output.contains(text), "\(done.output)")
        }
    }

    @Test("resumes where it was killed, and ends with each line once")
    func killed() throws {
        let temporary = try TemporaryFolder()
        defer { temporary.remove() }
        let folder = temporary.path
        let database = ["--data-dir", folder + "/data"]
        #expect(try Program.run(["migrate"] + database).status == 0)
        #expect(try Program.run(["tenant", "create", "cut"] + database).status == 0)
        let file = folder + "/cut.ndjson"
        try Self.write(60_000, file)
        let process = try Tool.process(Program.path, ["import", "--tenant", "cut", file] + database)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let url = "host='\(folder)/data/postgres.socket' port=5432 user=customeros dbname=customeros"
        while process.isRunning, try Tool.run("psql", ["-At", url, "-c", "SELECT 1 FROM import_progress LIMIT 1"]).output != "1\n" {}
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        // A batch that was not stored is read again; a stored one is not.
        let (output, _) = try Self.run(["import", "--tenant", "cut", file, "--json"] + database)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data((output.split(separator: "\n").last ?? "").utf8)) as? [String: Any])
        let resumed = try #require(object["resumedAfter"] as? Int)
        #expect(resumed > 0 && resumed < 60_000, "\(output)")
        #expect(object["created"] as? Int == 60_000 - resumed)
        let again = try Self.run(["import", "--tenant", "cut", file, "--json"] + database).output
        #expect(again.contains("\"created\":0,\"changed\":0,\"unchanged\":60000"), "\(again)")
    }
}
