public import Foundation

/// Programs that tests run: ours as released, and the system's that check our output.
public enum Tool {
    public struct Missing: Error, CustomStringConvertible {
        public let name: String
        public var description: String { "\(name) is missing: scripts/setup --tests" }
    }

    /// Where a program is, or nil.
    public static func path(_ name: String) -> String? {
        if name.contains("/") { return name }
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":") + ["/usr/bin", "/bin", "/usr/sbin"]
        return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// A program with its arguments, `environment` in addition to the tests', and no input.
    public static func process(_ name: String, _ arguments: [String], environment: [String: String] = [:]) throws -> Process {
        guard let path = path(name) else { throw Missing(name: name) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        return process
    }

    /// Runs a program to its end, and returns its output and error output. Blocks the thread.
    ///
    /// - Parameter input: Its input, no more than a pipe holds.
    public static func run(
        _ name: String, _ arguments: [String], environment: [String: String] = [:], input: String? = nil
    ) throws -> (status: Int32, output: String) {
        let process = try process(name, arguments, environment: environment)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        if let input {
            let pipe = Pipe()
            process.standardInput = pipe
            try pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
            try pipe.fileHandleForWriting.close()
        }
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
    }
}
