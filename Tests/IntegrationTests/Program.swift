import Foundation
import TestSupport

/// The released program, run the way a user runs it.
struct Program {
    /// Built by `scripts/test` before the tests run.
    static let path =
        ProcessInfo.processInfo.environment["CUSTOMEROS_BINARY"]
        ?? (((#filePath as NSString).deletingLastPathComponent as NSString).deletingLastPathComponent as NSString).deletingLastPathComponent
        + "/.build/release/customeros-api"

    /// Runs a command to its end.
    static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> (status: Int32, output: String) {
        try Tool.run(path, arguments, environment: environment)
    }
}

/// `customeros-api serve`, as a process.
final class RunningServer {
    static let key = "integration-test-key-0123456789abcdef"

    let process: Process
    let port: UInt16
    let output: String

    struct Failure: Error {
        let output: String
    }

    /// Starts it on a data directory and waits until it says where it listens.
    init(dataDirectory: String, arguments: [String] = []) throws {
        let log = dataDirectory + "-output.log"
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
        process = try Tool.process(
            Program.path, ["serve", "--port", "0", "--data-dir", dataDirectory] + arguments,
            environment: ["CUSTOMEROS_DEMO_API_KEY": Self.key, "DRAIN_GRACE": "0"])
        process.standardOutput = handle
        // Its log is searched after the tests.
        process.standardError = try TestLog.handle()
        try process.run()
        var text = ""
        for _ in 0..<600 {
            text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
            if text.contains("Stop with Ctrl+C.") || !process.isRunning { break }
            usleep(50_000)
        }
        output = text
        guard let range = text.range(of: "https?://127.0.0.1:[0-9]+", options: .regularExpression),
            let port = UInt16(text[range].split(separator: ":").last ?? "")
        else { throw Failure(output: text + (try TestLog.lines().suffix(20).joined(separator: "\n"))) }
        self.port = port
    }

    /// Sends a query with curl, as the documents do.
    func query(_ text: String, key: String = RunningServer.key) throws -> String {
        let body = String(decoding: try JSONEncoder().encode(["query": text]), as: UTF8.self)
        return try Tool.run(
            "curl",
            [
                "--silent", "http://127.0.0.1:\(port)/query", "-H", "X-CUSTOMER-OS-API-KEY: \(key)", "-H",
                "Content-Type: application/json", "--data", body,
            ]
        ).output
    }

    /// The exit status after SIGTERM.
    func stop() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
