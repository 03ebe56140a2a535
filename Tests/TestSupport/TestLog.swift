public import Foundation

/// The log of all servers of this test run, in one file, and what must not be in it.
///
/// The file is searched at the end of the run. Any find makes the run fail, in a line like those of the tests.
public enum TestLog {
    /// Values that tests send, and that no server may log, each with its sender.
    public enum Canary {
        /// Every request of `HTTPClient`, in a header and in a cookie.
        public static let header = "canary-of-headers-5f1c"
        /// Every request of `TestServer.query`, in `extensions`.
        public static let extensions = "canary-of-extensions-5f1c"
        /// The connection strings of the servers.
        public static let password = "canary-of-passwords-5f1c"
        /// `CanaryTests`: variables, literals, names, paths, broken requests.
        public static let variable = "canary-of-variables-5f1c"
        /// `InjectionTests`.
        public static let injection = "zq7x"
        /// The key of the embedded demo tenant in the service's tests, and a wrong one.
        public static let key = "test-key-of-the-demo-tenant-012345678"
        /// The key of the released program's tests.
        public static let programKey = "integration-test-key-0123456789abcdef"
        /// The key that the released program sends to collectors.
        public static let collectorKey = "canary-of-collectors-5f1c"
    }

    private static let forbidden = [
        Canary.header, Canary.extensions, Canary.password, Canary.variable, Canary.injection, Canary.key, Canary.programKey,
        Canary.collectorKey,
        // Keys that the program makes, ids of the demo data, and addresses of people.
        "cos_", "01900000-000", "@",
    ]

    /// The file. Servers append to it.
    public static let path: String = {
        atexit { TestLog.judge() }
        return NSTemporaryDirectory() + "/customeros-test-log-\(ProcessInfo.processInfo.processIdentifier)"
    }()

    /// For the servers in this process.
    public static let descriptor: Int32 = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o644)

    /// For servers that are processes of their own.
    public static func handle() throws -> FileHandle { FileHandle(fileDescriptor: dup(descriptor), closeOnDealloc: true) }

    /// Where the next line will stand, in bytes.
    public static func end() throws -> UInt64 { try reader().seekToEnd() }

    /// - Parameter start: What `end` gave earlier: the log of a whole run is long.
    public static func lines(from start: UInt64 = 0) throws -> [Substring] {
        let file = try reader()
        try file.seek(toOffset: start)
        return String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self).split(separator: "\n")
    }

    private static func reader() throws -> FileHandle { try FileHandle(forReadingFrom: URL(fileURLWithPath: path)) }

    /// The lines that hold what they must not.
    public static func findings(in lines: [Substring]) -> [Substring] {
        lines.filter { line in
            let folded = line.lowercased()
            return forbidden.contains { folded.contains($0.lowercased()) }
        }
    }

    private static func judge() {
        let name = "Test \"no server of this run has logged a key, a variable or a password\""
        guard let lines = try? lines() else { return }
        let found = findings(in: lines)
        guard !found.isEmpty else {
            write("✔ \(name) passed after 0.001 seconds: \(lines.count) lines.\n")
            unlink(path)
            return
        }
        write("✘ \(name) failed after 0.001 seconds with \(found.count) issues. The log is \(path).\n")
        for line in found.prefix(10) { write("  \(line)\n") }
        _exit(1)
    }

    private static func write(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }
}
