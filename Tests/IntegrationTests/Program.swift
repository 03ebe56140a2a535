import Foundation

/// The released program, run as a user runs it.
struct Program {
    /// Built by `scripts/test` before the tests run.
    static let path =
        ProcessInfo.processInfo.environment["CUSTOMEROS_BINARY"]
        ?? (((#filePath as NSString).deletingLastPathComponent as NSString).deletingLastPathComponent as NSString).deletingLastPathComponent
        + "/.build/release/customeros-api"

    /// Runs a command to its end.
    static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> (status: Int32, output: String) {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
    }
}

/// `customeros-api serve`, as a process.
final class RunningServer {
    static let key = "integration-test-key-0123456789abcdef"

    let process = Process()
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
        process.executableURL = URL(fileURLWithPath: Program.path)
        process.arguments = ["serve", "--port", "0", "--data-dir", dataDirectory] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(["CUSTOMEROS_DEMO_API_KEY": Self.key]) { $1 }
        process.standardOutput = handle
        process.standardError = handle
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
        else { throw Failure(output: text) }
        self.port = port
    }

    /// Sends a query with curl, as the documents do.
    func query(_ text: String, key: String = RunningServer.key) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let body = String(decoding: try JSONEncoder().encode(["query": text]), as: UTF8.self)
        process.arguments = [
            "curl", "--silent", "http://127.0.0.1:\(port)/query", "-H", "X-CUSTOMER-OS-API-KEY: \(key)", "-H",
            "Content-Type: application/json", "--data", body,
        ]
        process.standardOutput = pipe
        try process.run()
        let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The status that it ends with after SIGTERM.
    func stop() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
